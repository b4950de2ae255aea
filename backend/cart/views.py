"""A browser that puts something into a cart gets a name, so that its cart is found again. Looking gives none."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from backend.core.ids import new_id

VISITOR_COOKIE = "tz_visitor"
A_YEAR = 365 * 24 * 3600


@require_POST
def name_browser(request: HttpRequest) -> HttpResponse:
    """Give the browser a name unless it has one."""
    answer = HttpResponse(status=204)
    answer["Cache-Control"] = "no-store"
    if not request.COOKIES.get(VISITOR_COOKIE):
        answer.set_cookie(
            VISITOR_COOKIE,
            new_id().hex,
            max_age=A_YEAR,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return answer
