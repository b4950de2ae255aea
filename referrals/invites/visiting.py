"""Who comes through a short link: the browser's token, whether it is a crawler, and its language."""

from crawlerdetect import CrawlerDetect
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from backend.core.languages import Locale, locale_of
from referrals.invites import rules

VISITOR_COOKIE = "tz_visitor"
A_YEAR = 365 * 24 * 3600


def visitor_in(request: HttpRequest) -> str | None:
    """The browser's own token, or the one that the address brought from another app."""
    return rules.visitor_of(request.COOKIES.get(VISITOR_COOKIE), request.GET.get("v"))


def remember_visitor(answer: HttpResponse, visitor: str) -> None:
    """Give the browser its token for a year; a page's scripts cannot read it."""
    answer.set_cookie(
        VISITOR_COOKIE, visitor, max_age=A_YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


def is_crawler(request: HttpRequest) -> bool:
    """Say whether the caller names itself a crawler."""
    return bool(CrawlerDetect(user_agent=request.headers.get("User-Agent") or "none").isCrawler())


def locale_in(request: HttpRequest) -> Locale:
    """The language that was asked for, then the reader's own, then the browser's."""
    asked = request.GET.get("lang") or request.COOKIES.get("tz_locale")
    return locale_of(cookie=asked, accept_language=request.headers.get("Accept-Language"))
