"""What every sandbox answers in the same way: who may ask its API, its knobs, and whether it is alive."""

import hmac
from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from backend.core.sandbox.store import Row, SandboxStore

HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
}


def refused_call(request: Request, *, keys: Iterable[str], store: SandboxStore) -> Response | None:
    """The answer to a call without one of the keys, or one that the knob of failures hits; else nothing."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not any(hmac.compare_digest(given.encode(), key.encode()) for key in keys):
        return JSONResponse({"problem": "the key is wrong"}, 401)
    return JSONResponse({"problem": "a failure of the knobs"}, 503) if store.stumbles() else None


async def turn_knobs(request: Request, store: SandboxStore) -> Response:
    """Turn the knobs as the form says, and show them again."""
    for name, value in parse_qsl((await request.body()).decode("utf-8", "replace")):
        if value.isascii() and value.isdigit():
            store.turn(name, int(value))
    return RedirectResponse("/knobs", status_code=303, headers=HEADERS)


async def alive(request: Request) -> Response:
    """Say that the process runs."""
    return JSONResponse({"state": "alive"})


def html(page: str, status: int = 200) -> HTMLResponse:
    """A page that nobody keeps or frames."""
    return HTMLResponse(page, status_code=status, headers=HEADERS)


def knob_fields(knobs: Mapping[str, int], texts: Mapping[str, tuple[str, str]]) -> str:
    """The fields of the knobs, each with its title and note."""
    return "".join(
        f"<label><b>{title}</b><small>{note}</small>"
        f'<input type="number" min="0" max="100" name="{name}" value="{knobs[name]}"></label>'
        for name, (title, note) in texts.items()
    )


def table(rows: Iterable[Row], columns: tuple[str, ...]) -> str:
    """Some columns of rows; every value is escaped."""
    head = "".join(f"<th>{column}</th>" for column in columns)
    body = "".join("<tr>" + "".join(f"<td>{escape(str(row[each]))}</td>" for each in columns) + "</tr>" for row in rows)
    return f"<table><tr>{head}</tr>{body}</table>"
