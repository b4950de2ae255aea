"""The HTTP face of the sandbox: text messages in, the list of everything out, knobs."""

import asyncio
import re
from dataclasses import asdict

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from backend.messaging.sandbox.store import Store

_NUMBER = re.compile(r"\+[1-9]\d{5,14}")
LONGEST_TEXT = 1000
MOST_LISTED = 500


def application(store: Store) -> Starlette:
    """Make the ASGI application around a store."""

    async def take_text(request: Request) -> JSONResponse:
        await asyncio.sleep(store.knobs.delay_seconds)
        if store.knobs.is_down or store.is_unlucky(store.knobs.refuse_rate):
            return JSONResponse({"error": "try again later"}, 503)
        try:
            given = await request.json()
            id, to, text = str(given["id"]), str(given["to"]), str(given["text"])
        except (ValueError, KeyError, TypeError):
            return JSONResponse({"error": "send JSON with id, to and text"}, 400)
        if not _NUMBER.fullmatch(to) or not 0 < len(text) <= LONGEST_TEXT:
            return JSONResponse({"error": "no such number, or no fit text"}, 422)
        is_new = store.add(id=id, channel="sms", to=to, subject="", body=text)
        if store.is_unlucky(store.knobs.lose_answer_rate):
            return JSONResponse({"error": "taken, but you never learn it"}, 500)
        return JSONResponse({"id": id, "isNew": is_new}, 201 if is_new else 200)

    async def list_messages(request: Request) -> JSONResponse:
        asked = request.query_params
        limit = min(int(asked.get("limit", "60") or 60), MOST_LISTED)
        return JSONResponse({"messages": store.newest(to=asked.get("to", ""), limit=limit)})

    async def clear_messages(request: Request) -> JSONResponse:
        store.clear()
        return JSONResponse({"messages": []})

    async def show_knobs(request: Request) -> JSONResponse:
        return JSONResponse(asdict(store.knobs))

    async def turn_knobs(request: Request) -> JSONResponse:
        try:
            return JSONResponse(store.turn(dict(await request.json())))
        except (ValueError, TypeError) as problem:
            return JSONResponse({"error": str(problem)}, 400)

    async def is_alive(request: Request) -> JSONResponse:
        return JSONResponse({"alive": True})

    return Starlette(
        routes=[
            Route("/sms", take_text, methods=["POST"]),
            Route("/messages", list_messages, methods=["GET"]),
            Route("/messages", clear_messages, methods=["DELETE"]),
            Route("/knobs", show_knobs, methods=["GET"]),
            Route("/knobs", turn_knobs, methods=["POST"]),
            Route("/livez", is_alive, methods=["GET"]),
        ]
    )
