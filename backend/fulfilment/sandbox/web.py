# ruff: noqa: E501 - the lines of a page are as long as its elements.
"""The addresses of the sandbox: the API that the shop asks, and the knobs. Every value on the page is escaped."""

import hmac
import secrets
from html import escape
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from backend.fulfilment.carriers.signing import api_key
from backend.fulfilment.sandbox.configuration import Configuration
from backend.fulfilment.sandbox.store import ParcelRefused, Store

KNOB_TEXTS = {
    "late": ("Late", "Send every webhook this many seconds later (0 to 100)."),
    "duplicate": ("Duplicate", "Send this many extra copies of each webhook."),
    "shuffle": ("Out of order", "1: wait a random time of up to 20 seconds, so that webhooks overtake one another."),
    "lost": ("Lost", "Never send this many of 100 webhooks; the shop has to ask."),
    "exception": ("Exception", "This many of 100 parcels are held up, refused at the door, or come back."),
    "failure": ("Failure rate", "Refuse this many of 100 calls of the shop with status 503."),
}
STYLE = """body{font:14px/1.6 system-ui,sans-serif;background:#fffaf5;color:#1e1916;margin:0}main{max-width:960px;margin:32px auto;padding:0 20px}
h1{font-size:22px}h2{font-size:16px;margin-top:28px}label{display:grid;grid-template-columns:140px 1fr 90px;gap:12px;align-items:center;padding:8px 0;border-bottom:1px solid #efe6dd}
small{color:#675d56}input{font:inherit;padding:6px 8px;border:1px solid #dfd2c5;border-radius:8px}button{margin-top:12px;font:inherit;border:0;border-radius:999px;padding:10px 24px;background:#c93a17;color:#fff}
table{width:100%;border-collapse:collapse;background:#fff;border-radius:12px}th,td{text-align:left;padding:6px 10px;border-bottom:1px solid #efe6dd;font-size:12px}"""
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
}


class Sandbox:
    """Two carriers: their memory and how they answer."""

    def __init__(self, store: Store, configuration: Configuration) -> None:
        self.store = store
        self.configuration = configuration

    async def accept(self, request: Request) -> Response:
        """Take a parcel under the key of the shop."""
        if (refused := self._check_key(request)) is not None:
            return refused
        try:
            taken = self.store.accept(key=request.headers.get("Idempotency-Key", ""), wanted=await request.json())
        except (ValueError, KeyError, TypeError):
            return JSONResponse({"problem": "this cannot be read"}, 400)
        except ParcelRefused as problem:
            return JSONResponse({"problem": str(problem)}, 409)
        return JSONResponse({"tracking": taken["tracking"]})

    async def track(self, request: Request) -> Response:
        """Tell the shop what a parcel has done so far."""
        if (refused := self._check_key(request)) is not None:
            return refused
        found = self.store.events_so_far(**request.path_params)
        return JSONResponse({"problem": "unknown"}, 404) if found is None else JSONResponse({"events": found})

    async def knobs(self, request: Request) -> Response:
        """Show or turn the knobs."""
        if request.method == "POST":
            for name, value in parse_qsl((await request.body()).decode("utf-8", "replace")):
                if value.isascii() and value.isdigit():
                    self.store.turn(name, int(value))
            return RedirectResponse("/knobs", status_code=303, headers=HEADERS)
        return HTMLResponse(self._page(), headers=HEADERS)

    async def alive(self, request: Request) -> Response:
        """Say that the process runs."""
        return JSONResponse({"state": "alive"})

    def _page(self) -> str:
        knobs = self.store.knobs()
        turns = "".join(
            f'<label><b>{title}</b><small>{note}</small><input type="number" min="0" max="100" name="{name}" value="{knobs[name]}"></label>'
            for name, (title, note) in KNOB_TEXTS.items()
        )
        parcels = _table(self.store.recent("parcel"), ("tracking", "carrier", "order_number", "trouble"))
        sent = _table(self.store.recent("delivery", 24), ("event_id", "carrier", "attempts", "answer", "done"))
        return (
            '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="robots" content="noindex">'
            f"<title>Carriers to practise with</title><style>{STYLE}</style><main><h1>Carriers to practise with</h1>"
            f"<p><small>A day passes in {86_400 / self.configuration.speed:,.0f} seconds.</small></p>"
            f'<form method="post" action="/knobs">{turns}<button>Turn</button></form>'
            f"<h2>Parcels</h2>{parcels}<h2>Webhooks</h2>{sent}</main></html>"
        )

    def _check_key(self, request: Request) -> Response | None:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not any(
            hmac.compare_digest(given.encode(), api_key(secret).encode()) for secret in self.configuration.secrets
        ):
            return JSONResponse({"problem": "the key is wrong"}, 401)
        if secrets.randbelow(100) < self.store.knobs()["failure"]:
            return JSONResponse({"problem": "a failure of the knobs"}, 503)
        return None


def application(store: Store, configuration: Configuration) -> Starlette:
    """The sandbox as an ASGI application."""
    sandbox = Sandbox(store, configuration)
    return Starlette(
        routes=[
            Route("/parcels", sandbox.accept, methods=["POST"]),
            Route("/parcels/{carrier}/{tracking}", sandbox.track, methods=["GET"]),
            Route("/knobs", sandbox.knobs, methods=["GET", "POST"]),
            Route("/livez", sandbox.alive, methods=["GET"]),
        ]
    )


def _table(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> str:
    head = "".join(f"<th>{column}</th>" for column in columns)
    body = "".join("<tr>" + "".join(f"<td>{escape(str(row[each]))}</td>" for each in columns) + "</tr>" for row in rows)
    return f"<table><tr>{head}</tr>{body}</table>"
