"""The built files of the three faces: names that never change their content, compressed once by the build."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

COMPRESSED = (("br", ".br"), ("gzip", ".gz"))
HASHED = "/assets/"
FACES = ("/static/shop/", "/static/moderation/", "/static/growth/")


class BuiltFiles(StaticFiles):
    """Files of the build, in the smallest form that the browser reads."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request below `/static`."""
        inner = {**scope, "path": scope["path"].removeprefix("/static"), "root_path": ""}
        try:
            await super().__call__(inner, receive, send)
        except HTTPException as refusal:
            gone = PlainTextResponse("There is no such file; reload the page.", status_code=refusal.status_code)
            await gone(scope, receive, send)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Give the file, or its compressed copy."""
        if not f"/static/{path}".startswith(FACES):
            raise HTTPException(status_code=404)
        accepted = Headers(scope=scope).get("accept-encoding", "")
        for name, suffix in COMPRESSED:
            if name in accepted and Path(settings.FRONTEND_DIST, path + suffix).is_file():
                response = await super().get_response(path + suffix, scope)
                response.headers["Content-Encoding"] = name
                response.headers["Content-Type"] = content_type(path)
                break
        else:
            response = await super().get_response(path, scope)
        is_hashed = HASHED in f"/{path}"
        response.headers["Cache-Control"] = (
            "public, max-age=31536000, immutable" if is_hashed else "public, max-age=3600"
        )
        response.headers["Vary"] = "Accept-Encoding"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


def content_type(path: str) -> str:
    """The type of what is inside a compressed file."""
    types = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json"}
    return f"{types.get(Path(path).suffix, 'application/octet-stream')}; charset=utf-8"


built_files = BuiltFiles(directory=settings.FRONTEND_DIST, check_dir=False)
# The folder comes with the first build.
built_files.config_checked = True
