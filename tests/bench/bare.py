"""The floor: Daphne answering a bare ASGI request, with nothing of ours in between."""

import os
from typing import Any

from daphne.server import Server  # isort: skip

ANSWER = b'{"data":{}}'


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Read the body and answer."""
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": ANSWER})


if __name__ == "__main__":
    Server(
        application=application,
        endpoints=[f"tcp:port={os.environ['PORT']}:interface=127.0.0.1"],
        signal_handlers=True,
    ).run()
