"""Pictures and other files of people, served with names that never change their content."""

from __future__ import annotations

from django.conf import settings
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope


class Media(StaticFiles):
    """The media folder. Nothing in it may run: not as a page, not as a script."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return response


media = Media(directory=settings.MEDIA_ROOT, check_dir=False)
# The folder comes with the first picture.
media.config_checked = True
