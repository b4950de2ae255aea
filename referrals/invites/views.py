"""The pages of share links: the short address, the poster, the QR code."""

import hashlib

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from backend.core import clock
from backend.core.ids import new_id
from backend.core.languages import django_language
from referrals.invites import actions, rules, selectors
from referrals.invites.models import ShareLink
from referrals.invites.poster import PosterText, draw_poster
from referrals.invites.poster.codes import code_svg
from referrals.invites.poster.composing import compose
from referrals.invites.visiting import VISITOR_COOKIE, is_crawler, locale_in, remember_visitor, visitor_in

POSTER_KEPT_SECONDS = 24 * 3600


@require_safe
def follow_link(request: HttpRequest, code: str) -> HttpResponse:
    """Note the visit and go to where the link leads; a crawler gets a page with title and picture to show."""
    link = _link(code)
    agent = request.headers.get("User-Agent", "")
    visitor = visitor_in(request) or new_id().hex
    is_bot = is_crawler(request)
    person = request.user.pk if request.user.is_authenticated else None
    actions.record_click(link=link, visitor=visitor, agent=agent, is_bot=is_bot, user_id=person, now=clock.now())
    if is_bot:
        return _preview(request, link)
    answer = HttpResponseRedirect(f"{link.path}?via={link.code}&v={visitor}")
    answer["Cache-Control"] = "no-store"
    remember_visitor(answer, visitor)
    return answer


@require_POST
def carry_visitor(request: HttpRequest) -> HttpResponse:
    """Take over the visitor token that the address brought from another app; a browser that has one keeps it."""
    known = rules.visitor_of(request.COOKIES.get(VISITOR_COOKIE), None)
    visitor = known or rules.visitor_of(None, request.GET.get("v"))
    answer = HttpResponse(status=204)
    if visitor is None:
        return answer
    if request.user.is_authenticated:
        actions.adopt_touches(user_id=request.user.pk, visitor=visitor, now=clock.now())
    if known is None:
        remember_visitor(answer, visitor)
    return answer


@require_safe
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """The poster of a link as PNG. It is drawn once for what it says and kept for a day."""
    locale = locale_in(request)
    with override(django_language(locale)):
        text = compose(_link(code), address=address_of(request, code), locale=locale, now=clock.now())
    key = "poster:" + hashlib.sha256(f"{text!r}{len(text.seat_faces)}".encode()).hexdigest()
    drawn = cache.get(key)
    if drawn is None:
        drawn = draw_poster(text)
        cache.set(key, drawn, POSTER_KEPT_SECONDS)
    answer = HttpResponse(drawn, content_type="image/png")
    answer["Cache-Control"] = "public, max-age=60"
    answer["Content-Disposition"] = f'inline; filename="tuanzi-{code}.png"'
    return answer


@require_safe
def qr_code(request: HttpRequest, code: str) -> HttpResponse:
    """The QR code of a link as SVG."""
    _link(code)
    return HttpResponse(code_svg(address_of(request, code)), content_type="image/svg+xml")


def address_of(request: HttpRequest, code: str) -> str:
    """The full short address of a link, on the host that was asked."""
    return request.build_absolute_uri(reverse("follow-link", args=[code.upper()]))


def _preview(request: HttpRequest, link: ShareLink) -> HttpResponse:
    locale = locale_in(request)
    with override(django_language(locale)):
        text: PosterText = compose(link, address=address_of(request, link.code), locale=locale, now=clock.now())
    picture = request.build_absolute_uri(reverse("poster", args=[link.code]))
    return render(request, "invites/preview.html", {"text": text, "link": link, "picture": picture})


def _link(code: str) -> ShareLink:
    link = selectors.link_by_code(code)
    if link is None:
        raise Http404
    return link
