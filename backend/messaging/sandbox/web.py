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


class Face:
    """The answers of the sandbox around one store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def take_text(self, request: Request) -> JSONResponse:
        """Take one text message, unless a knob says otherwise."""
        knobs = self.store.knobs
        await asyncio.sleep(knobs.delay_seconds)
        if knobs.is_down or self.store.is_unlucky(knobs.refuse_rate):
            return JSONResponse({"error": "try again later"}, 503)
        try:
            given = await request.json()
            message_id, to, text = str(given["id"]), str(given["to"]), str(given["text"])
        except (ValueError, KeyError, TypeError):
            return JSONResponse({"error": "send JSON with id, to and text"}, 400)
        if not _NUMBER.fullmatch(to) or not 0 < len(text) <= LONGEST_TEXT:
            return JSONResponse({"error": "no such number, or no fit text"}, 422)
        is_new = self.store.add(message_id=message_id, channel="sms", to=to, subject="", body=text)
        if self.store.is_unlucky(knobs.lose_answer_rate):
            return JSONResponse({"error": "taken, but you never learn it"}, 500)
        return JSONResponse({"id": message_id, "isNew": is_new}, 201 if is_new else 200)

    async def list_messages(self, request: Request) -> JSONResponse:
        """Show the newest messages, perhaps only those to one receiver."""
        asked = request.query_params.get("limit", "")
        limit = min(int(asked), MOST_LISTED) if asked.isdecimal() else 60
        return JSONResponse({"messages": self.store.newest(to=request.query_params.get("to", ""), limit=limit)})

    async def clear_messages(self, request: Request) -> JSONResponse:
        """Forget every message."""
        self.store.clear()
        return JSONResponse({"messages": []})

    async def show_knobs(self, request: Request) -> JSONResponse:
        """Show how the sandbox misbehaves."""
        return JSONResponse(asdict(self.store.knobs))

    async def turn_knobs(self, request: Request) -> JSONResponse:
        """Make it misbehave otherwise."""
        try:
            return JSONResponse(self.store.turn(dict(await request.json())))
        except (ValueError, TypeError) as problem:
            return JSONResponse({"error": str(problem)}, 400)

    async def is_alive(self, request: Request) -> JSONResponse:
        """Say that it listens."""
        return JSONResponse({"alive": True})


def application(store: Store) -> Starlette:
    """Make the ASGI application around a store."""
    face = Face(store)
    return Starlette(
        routes=[
            Route("/sms", face.take_text, methods=["POST"]),
            Route("/messages", face.list_messages, methods=["GET"]),
            Route("/messages", face.clear_messages, methods=["DELETE"]),
            Route("/knobs", face.show_knobs, methods=["GET"]),
            Route("/knobs", face.turn_knobs, methods=["POST"]),
            Route("/livez", face.is_alive, methods=["GET"]),
        ]
    )
