"""The HTML that a browser gets before any script has run."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.conf import settings
from django.test import Client
from django.urls import resolve

from backend.config.routing import route
from backend.config.shell import first, views
from backend.config.shell.build import parts_of
from backend.core.embedded.places import PROJECT
from backend.core.graphql.documents import Document
from backend.core.graphql.joining import installed_schema
from backend.core.graphql.settings import limits

# The goal is 80,000 for each; what a page may weigh today is written down so that it only falls.
BUDGET_JS = {"HomePage": 79_300, "ProductPage": 80_700, "GroupPage": 80_900}
BUDGET_CSS = 5_600


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Path:
    """A small build of three faces."""
    settings.FRONTEND_DIST = tmp_path
    for face in ("shop", "moderation", "growth"):
        assets = tmp_path / face / "assets"
        assets.mkdir(parents=True)
        manifest = {
            f"apps/{face}/main.ts": {"file": "assets/main-1.js", "imports": ["_vue.js"], "css": ["assets/main-1.css"]},
            "_vue.js": {"file": "assets/vue-1.js", "imports": ["apps/shop/main.ts"] if face == "shop" else []},
            "shared/i18n/locales/en.json": {"file": "assets/en-1.js"},
            "apps/shop/routes/ProductPage.vue": {"file": "assets/product-1.js", "css": ["assets/product-1.css"]},
        }
        (tmp_path / face / "manifest.json").write_text(json.dumps(manifest))
        (assets / "main-1.css").write_text("b{color:red}")
        (assets / "product-1.css").write_text("i{color:blue}")
    (tmp_path / "operations.json").write_text(json.dumps({"ProductPage": "id-of-product", "GroupPage": "id-of-group"}))
    return tmp_path


def answering(monkeypatch: pytest.MonkeyPatch, answer: Any) -> list[tuple[Any, ...]]:
    """Let the API answer with this, and note what it was asked."""
    asked: list[tuple[Any, ...]] = []

    def run(document_id: str, variables: Any, viewer: Any) -> Any:
        asked.append((document_id, dict(variables), viewer.locale))
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(first, "run_trusted", run)
    return asked


def page(path: str, **headers: str) -> tuple[int, str]:
    response = Client(headers={"accept-language": "en", **headers}).get(path)
    return response.status_code, response.content.decode()


PRODUCT = {
    "data": {
        "product": {
            "title": "Eight succulents </script><b>",
            "subtitle": "Easy to keep",
            "pictures": [{"src": "/media/a.webp", "avif": "/media/a-640.avif 640w"}],
        }
    }
}


def test_a_product_page_carries_its_answer_its_picture_and_its_preview(built, monkeypatch):
    asked = answering(monkeypatch, PRODUCT)

    status, html = page("/p/succulents")

    assert (status, asked) == (200, [("id-of-product", {"slug": "succulents"}, "en")])
    inlined = re.search(r'<script type="application/json" id="tz-first">(.*?)</script>', html)
    assert inlined is not None
    assert json.loads(inlined[1]) == [
        {"documentId": "id-of-product", "variables": {"slug": "succulents"}, "data": PRODUCT["data"]}
    ]
    assert '<meta property="og:image" content="http://testserver/media/a.webp">' in html
    assert 'imagesrcset="/media/a-640.avif 640w"' in html
    assert '<link rel="modulepreload" href="/static/shop/assets/product-1.js">' in html
    assert "b{color:red}i{color:blue}" in html


def test_a_title_cannot_break_out_of_the_page(built, monkeypatch):
    answering(monkeypatch, PRODUCT)

    _, html = page("/p/succulents")

    assert "succulents </script><b>" not in html
    assert "Eight succulents &lt;/script&gt;&lt;b&gt;" in html


def test_an_address_without_a_product_is_404_and_still_a_page(built, monkeypatch):
    answering(monkeypatch, {"data": {"product": None}})

    status, html = page("/p/nothing")

    assert status == 404
    assert '<div id="app">' in html


@pytest.mark.parametrize(
    "answer", [RuntimeError("the database is away"), {"errors": [{"message": "no"}], "data": None}]
)
def test_the_page_comes_even_when_its_answer_does_not(built, monkeypatch, answer):
    answering(monkeypatch, answer)

    status, html = page("/p/succulents")

    assert status == 200
    assert "tz-first" not in html


def test_a_group_is_shared_with_its_free_seats(built, monkeypatch):
    group = {"seatsLeft": 2, "product": {"title": "Eight succulents", "picture": {"src": "/media/a.webp"}}}
    answering(monkeypatch, {"data": {"group": group}})

    _, html = page("/g/0190aaaa-0000-7000-8000-000000000000")

    assert '<meta property="og:description" content="2 more to fill the group. Take a seat.">' in html


def test_the_language_is_the_readers_choice_before_the_browsers(built, monkeypatch):
    client = Client(headers={"accept-language": "en"})
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-Hant"

    html = client.get("/groups").content.decode()

    assert '<html lang="zh-Hant"' in html
    assert "團子" in html


def test_scripts_run_only_with_the_nonce_and_the_token_cookie_is_set(built):
    response = Client().get("/me")

    policy = response.headers["Content-Security-Policy"]
    nonce = re.search(r"'nonce-([^']+)'", policy)
    assert nonce is not None
    assert f'<script nonce="{nonce[1]}">' in response.content.decode()
    script_source = next(part for part in policy.split(";") if part.strip().startswith("script-src"))
    assert "unsafe-inline" not in script_source
    assert settings.CSRF_COOKIE_NAME in response.cookies
    assert response.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("face", ["moderation", "growth"])
def test_the_consoles_are_not_for_search_engines(built, face):
    status, html = page(f"/{face}/queue/1")

    assert status == 200
    assert f'data-face="{face}"' in html
    assert '<meta name="robots" content="noindex">' in html


def test_an_unknown_address_is_404(built):
    assert page("/no/such/page")[0] == 404


def test_without_a_build_the_answer_says_how_to_make_it(settings, tmp_path):
    settings.FRONTEND_DIST = tmp_path / "nowhere"

    status, text = page("/groups")

    assert status == 503
    assert "make frontend" in text


def get(path: str, *, accept: str = "") -> tuple[int, dict[str, str], bytes]:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        # The browser sends nothing more and stays.
        await asyncio.Event().wait()
        raise AssertionError

    async def unused(scope: Any, receive: Any, send: Any) -> None:
        raise AssertionError("Django was asked")

    scope = {"type": "http", "path": path, "method": "GET", "headers": [(b"accept-encoding", accept.encode())]}
    async_to_sync(route(unused))(scope, receive, send)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(message.get("body", b"") for message in sent[1:])


def built_script() -> str:
    """A script of the real build, which `make test` makes first."""
    if not (settings.FRONTEND_DIST / "shop" / "manifest.json").exists():
        pytest.skip("the front end is not built; `make test` builds it")
    return parts_of("shop").entry


@pytest.mark.parametrize(("accept", "encoding"), [("gzip, br", "br"), ("gzip", "gzip"), ("", None)])
def test_a_built_file_comes_compressed_and_may_be_kept_for_ever(accept, encoding):
    status, headers, _ = get(built_script(), accept=accept)

    assert status == 200
    assert headers.get("content-encoding") == encoding
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize(
    "path", ["/static/shop/../documents.json", "/static/shop/assets/none.js", "/static/shop/%2e%2e/x"]
)
def test_there_is_no_way_out_of_the_built_files(path):
    assert get(path)[0] == 404


@pytest.mark.parametrize("shown", [views.HOME, views.PRODUCT, views.GROUP], ids=lambda shown: shown.source)
def test_what_the_first_screen_loads_stays_within_its_budget(shown):
    built_script()
    texts = [f"features/{name}/locales/zh-Hans.json" for name in shown.texts]
    parts = parts_of("shop", "shared/i18n/locales/zh-Hans.json", f"apps/shop/routes/{shown.source}.vue", *texts)

    files = [settings.FRONTEND_DIST / name.removeprefix("/static/") for name in (parts.entry, *parts.preloads)]

    assert sum(len(gzip.compress(file.read_bytes(), 9)) for file in files) <= BUDGET_JS[shown.source]
    assert len(gzip.compress(parts.style_text.encode(), 9)) <= BUDGET_CSS


def test_every_question_of_the_faces_passes_the_doors():
    built_script()
    texts = json.loads((settings.FRONTEND_DIST / "documents.json").read_text()).values()

    for text in texts:
        Document(text, installed_schema(), limits())


def pages_of_the_shop() -> list[str]:
    """Every address that the shop's router knows, with something in each of its places."""
    router = (PROJECT / "frontend" / "apps" / "shop" / "router.ts").read_text()
    known = re.findall(r"page\('(/[^']*)'", router)
    return [re.sub(r":\w+(\([^)]*\))?\??", "x", path) for path in known if path not in {"/kit", "/:rest(.*)*"}]


@pytest.mark.parametrize("path", pages_of_the_shop())
def test_the_server_answers_every_page_that_the_router_knows(path):
    assert resolve(path).func is not views.missing
