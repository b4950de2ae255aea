"""What Django's middleware would have done on this path, and what the door adds. Each duty has its test."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import Any

import orjson
import pytest
from django.db import connection

from backend.core.graphql import rates
from backend.core.graphql.documents import document_id, load_manifests
from backend.core.graphql.runners import ThreadRunner, TooBusy
from backend.core.graphql.settings import Limits
from backend.core.languages import LOCALES
from tests.core.graphql.conftest import MakeApi
from tests.core.graphql.shop import calls

BUY = 'mutation { buyOpenly(input: {goodId: "00000000-0000-0000-0000-000000000001"}) { name errors { code } } }'


def code_of(reply: Any) -> str:
    return str(reply.json["errors"][0]["extensions"]["code"])


@pytest.fixture
def bob(db, person):
    return person()


def test_only_post_is_served(shop: MakeApi, db) -> None:
    for method in ("GET", "PUT", "DELETE", "HEAD", "OPTIONS"):
        reply = shop().send(method, {"host": "testserver"}, b"")
        assert (reply.status, reply.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize(
    "content_type",
    ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", "application/graphql", None],
)
def test_only_json_is_read(shop: MakeApi, db, content_type: str | None) -> None:
    reply = shop().post({"query": BUY}, content_type=content_type)

    assert (reply.status, code_of(reply)) == (415, "JSON_ONLY")
    assert calls == []


def test_a_body_that_is_too_large_is_refused_by_its_header_and_by_its_bytes(shop: MakeApi, db) -> None:
    body = orjson.dumps({"query": "{ locale }", "variables": {"x": "y" * 70_000}})

    assert shop().post(body).status == 413
    assert shop().post(body, content_length="10").status == 413


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b'[{"query": "{ locale }"}]',
        b'{"query": 1}',
        b'{"query": "{ locale }", "documentId": "x"}',
        b'{"query": "{ locale }", "variables": []}',
        b'{"query": "{ locale }", "operationName": 1}',
    ],
)
def test_a_body_that_asks_nothing_or_a_batch_is_refused(shop: MakeApi, db, body: bytes) -> None:
    assert shop().post(body).status == 400


def test_an_unknown_host_is_refused(shop: MakeApi, db) -> None:
    assert shop().post({"query": "{ locale }"}, host="evil.example", origin=None).status == 403


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {"origin": "null"}, {"origin": "https://testserver"},
     {"origin": "http://testserver.evil.example"}, {"origin": None, "sec_fetch_site": "cross-site"},
     {"origin": None, "sec_fetch_site": "same-site"}],
)  # fmt: skip
def test_a_foreign_page_is_refused(shop: MakeApi, db, headers: dict[str, Any]) -> None:
    reply = shop().post({"query": BUY}, **headers)

    assert (reply.status, code_of(reply)) == (403, "FOREIGN_ORIGIN")
    assert calls == []


def test_our_own_page_on_a_trusted_origin_is_served(shop: MakeApi, db, settings) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["https://console.example"]
    from_console = {"origin": "https://console.example", "sec_fetch_site": "cross-site"}

    assert shop().post({"query": "{ locale }"}, **from_console).status == 200


@pytest.mark.parametrize("token", [None, "", "x" * 32, "x" * 64, "short"])
def test_a_mutation_without_the_token_is_refused(shop: MakeApi, db, token: str | None) -> None:
    reply = shop().post({"query": BUY}, x_csrftoken=token)

    assert (reply.status, code_of(reply)) == (403, "CSRF_FAILED")
    assert calls == []


def test_a_query_with_a_session_needs_the_token_and_one_without_does_not(shop: MakeApi, bob) -> None:
    assert shop(bob).post({"query": "{ mine }"}, x_csrftoken=None).status == 403
    assert shop().post({"query": "{ locale }"}, x_csrftoken=None).status == 200


@pytest.mark.parametrize(
    ("cookie", "accept", "locale"),
    [("zh-Hant", "en", "zh-Hant"), (None, "zh-TW,zh;q=0.9", "zh-Hant"), (None, "en-GB", "en"),
     (None, "zh-CN", "zh-Hans"), (None, "fr", "zh-Hans"), ("nonsense", "en", "en"), (None, "", "zh-Hans")],
)  # fmt: skip
def test_the_language_is_the_cookies_then_the_browsers(shop: MakeApi, db, cookie, accept: str, locale: str) -> None:
    api = shop()
    api.cookies["tz_locale"] = cookie or ""

    reply = api.post({"query": "{ locale }"}, accept_language=accept)

    assert reply.json == {"data": {"locale": locale}}


def test_a_request_keeps_its_id_and_a_strange_one_is_replaced(shop: MakeApi, db) -> None:
    assert shop().post({"query": "{ locale }"}, x_request_id="abcdefgh-1").headers["x-request-id"] == "abcdefgh-1"
    assert shop().post({"query": "{ locale }"}, x_request_id="a\tb<script>").headers["x-request-id"].isalnum()


def test_every_answer_is_marked_private(shop: MakeApi, db) -> None:
    headers = shop().post({"query": "{ locale }"}).headers

    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"


def test_a_request_leaves_one_line_without_its_secrets(shop: MakeApi, bob, caplog) -> None:
    caplog.set_level("INFO", "backend.graphql")
    shop(bob).ask("query Canary($name: String!) { good(name: $name) { id } }", name="canary-4711")

    line = orjson.loads(caplog.records[-1].message)
    assert (line["operation"], line["status"], line["viewer"]) == ("Canary", 200, str(bob.pk))
    assert "canary-4711" not in caplog.text


def test_a_stolen_session_that_was_ended_is_nobody(shop: MakeApi, bob) -> None:
    api = shop(bob)
    bob.set_password("another one")
    bob.save(update_fields=["password"])

    assert api.codes("{ mine }") == ["SIGN_IN_REQUIRED"]


TEXT = '{ good(name: "tea") { name } }'


def test_a_trusted_document_runs_by_its_hash(shop: MakeApi, db) -> None:
    api = shop(trusted={document_id(TEXT): TEXT}, allow_text=False)

    assert api.post({"documentId": document_id(TEXT)}).json == {"data": {"good": {"name": "tea"}}}


def test_the_public_may_not_send_text_where_only_trusted_documents_run(shop: MakeApi, bob) -> None:
    for api in (shop(allow_text=False), shop(bob, allow_text=False)):
        reply = api.post({"query": TEXT})
        assert (reply.status, code_of(reply)) == (403, "TRUSTED_DOCUMENTS_ONLY")


def test_staff_may_send_text(shop: MakeApi, bob, monkeypatch) -> None:
    monkeypatch.setattr("backend.core.graphql.requests._roles_of", lambda user_id: {"support"})

    assert shop(bob, allow_text=False).post({"query": TEXT}).status == 200


def test_an_unknown_hash_asks_for_a_reload(shop: MakeApi, db) -> None:
    reply = shop().post({"documentId": "0" * 64})

    assert (reply.status, code_of(reply)) == (400, "UNKNOWN_DOCUMENT")


def test_a_manifest_cannot_hide_a_document_under_another_name(tmp_path) -> None:
    manifest = tmp_path / "documents.json"
    manifest.write_bytes(orjson.dumps({document_id(TEXT): "{ locale }"}))

    with pytest.raises(ValueError, match="not the hash"):
        load_manifests([manifest, tmp_path / "missing.json"])


def test_whoever_spends_the_bucket_has_to_wait(shop: MakeApi, db, monkeypatch) -> None:
    small = Limits(bucket_size=3, bucket_refill=1)
    monkeypatch.setattr(rates, "limits", lambda: small)
    api, other = shop(), shop()

    statuses = [api.post({"query": "{ slow { id } }"}).status for _ in range(5)]

    assert statuses == [200, 200, 200, 429, 429]
    assert api.post({"query": "{ slow { id } }"}).headers["retry-after"] == "1"
    assert other.post({"query": "{ slow { id } }"}).status == 200


def test_without_redis_the_bucket_is_kept_in_the_process(shop: MakeApi, db, monkeypatch, dead_redis) -> None:
    small = Limits(bucket_size=3, bucket_refill=1)
    monkeypatch.setattr(rates, "limits", lambda: small)
    api = shop()

    assert [api.post({"query": "{ slow { id } }"}).status for _ in range(4)] == [200, 200, 200, 429]


def test_an_operation_that_takes_too_long_is_stopped(shop: MakeApi, db) -> None:
    assert shop(seconds=-1).codes("{ slow { id friends { id } } }") == ["TIMEOUT"]


def test_a_request_behind_too_many_others_is_turned_away() -> None:
    async def work() -> None:
        runner = ThreadRunner(threads=1, waiting=1)
        gate = threading.Event()
        waiting = [asyncio.create_task(runner.run(gate.wait, seconds=5)) for _ in range(2)]
        await asyncio.sleep(0.05)
        with pytest.raises(TooBusy):
            await runner.run(gate.wait, seconds=5)
        gate.set()
        await asyncio.gather(*waiting)
        assert await runner.run(lambda: 7, seconds=5) == 7

    asyncio.run(work())


def test_work_that_hangs_gives_its_caller_an_answer() -> None:
    async def work() -> None:
        with pytest.raises(TimeoutError):
            await ThreadRunner(threads=1, waiting=1).run(lambda: time.sleep(0.5), seconds=0.05)

    asyncio.run(work())


def sessions() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


async def ask_sixty_times(runner: ThreadRunner) -> None:
    await asyncio.gather(*(runner.run(sessions, seconds=5) for _ in range(60)))


def sessions_in_a_moment() -> int:
    time.sleep(0.3)
    return sessions()


@pytest.mark.usefixtures("fresh_database")
def test_threads_give_their_database_connections_back() -> None:
    asyncio.run(ask_sixty_times(ThreadRunner(threads=4, waiting=100)))

    assert sessions_in_a_moment() == 1


@pytest.mark.usefixtures("fresh_database")
def test_control_threads_that_do_not_give_back_hold_a_session_each(monkeypatch) -> None:
    runner = ThreadRunner(threads=4, waiting=100)
    monkeypatch.setattr("backend.core.graphql.runners.return_connections", lambda: None)

    asyncio.run(ask_sixty_times(runner))

    assert sessions_in_a_moment() > 1
    runner.close()


def test_a_refusal_at_the_door_speaks_the_readers_language(shop: MakeApi, db, monkeypatch) -> None:
    texts = {shop(locale=locale).post({"documentId": "0" * 64}).json["errors"][0]["message"] for locale in LOCALES}

    assert len(texts) == 3
