"""Who answers what: health, pictures and the API stand before Django, because each is many times faster there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.exceptions import HTTPException

from backend.config.files import media
from backend.config.health import livez, readyz
from backend.config.shell.files import FACES, built_files
from backend.core.graphql.doors import http_door, socket_door

Application = Callable[[Any, Any, Any], Awaitable[None]]

HTTP: dict[str, Application] = {"/livez": livez, "/readyz": readyz, "/graphql": http_door()}
SOCKETS: dict[str, Application] = {"/ws/graphql": socket_door()}


def route(django_application: Application) -> Application:
    """One application over all of them; what nobody else answers goes to Django."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await http(scope, receive, send)
        elif scope["type"] == "websocket":
            await SOCKETS.get(scope["path"], refuse_socket)(scope, receive, send)

    async def http(scope: Any, receive: Any, send: Any) -> None:
        path: str = scope["path"]
        if (exact := HTTP.get(path)) is not None:
            await exact(scope, receive, send)
        elif path.startswith("/media/"):
            await send_file(scope, receive, send)
        elif path.startswith(FACES):
            await built_files(scope, receive, send)
        else:
            await django_application(scope, receive, send)

    return application


async def send_file(scope: Any, receive: Any, send: Any) -> None:
    """A file of the media folder, or a plain 404."""
    inner = {**scope, "path": scope["path"].removeprefix("/media"), "root_path": ""}
    try:
        await media(inner, receive, send)
    except HTTPException as refusal:
        await send(
            {
                "type": "http.response.start",
                "status": refusal.status_code,
                "headers": [(b"content-type", b"text/plain")],
            }
        )
        await send({"type": "http.response.body", "body": b"There is no such file."})


async def refuse_socket(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.close", "code": 4404})
