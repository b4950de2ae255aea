"""`python -m tests.support.slow_server PORT polite|plain`: slow answers, to try how a server ends."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

from daphne.server import Server

from backend.config.serve import PoliteServer, serve

FRAME = b"x" * 65536
FRAMES = 800
sent = 0


async def application(scope: Any, receive: Any, send: Any) -> None:
    """`/slow` answers after a second; `/sent` says how many frames the flooding socket has taken."""
    if scope["type"] == "websocket":
        await socket(scope, receive, send)
        return
    if scope["path"] == "/slow":
        await asyncio.sleep(1)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": json.dumps({"sent": sent}).encode()})


async def socket(scope: Any, receive: Any, send: Any) -> None:
    global sent
    await receive()
    await send({"type": "websocket.accept"})
    if scope["path"] == "/flood":
        for _ in range(FRAMES):
            await send({"type": "websocket.send", "bytes": FRAME})
            sent += 1
            await asyncio.sleep(0)
    while (await receive())["type"] != "websocket.disconnect":
        pass


if __name__ == "__main__":
    sys.exit(serve(application, port=int(sys.argv[1]), kind=PoliteServer if sys.argv[2] == "polite" else Server))
