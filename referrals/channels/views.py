"""The doors of channels: the short address, the QR code, the poster, and the report as a file."""

import hashlib
import logging
from datetime import date
from http import HTTPStatus

import redis
from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from backend.accounts.selectors import roles_of
from backend.core import clock, proxies
from backend.core.errors import DomainError, InvalidInput, NotAllowed, SignInRequired
from backend.core.ids import new_id
from backend.core.languages import django_language
from backend.core.uploads import answer_refusal
from backend.core.valkey import shared_redis
from backend.payments.rules.risk import digest_of
from referrals.channels import actions, rules, selectors
from referrals.channels.models import Channel
from referrals.channels.poster import compose_poster, draw_channel_poster
from referrals.channels.table import write_table
from referrals.invites.poster.codes import code_svg
from referrals.invites.visiting import is_crawler, locale_in, remember_visitor, visitor_in

log = logging.getLogger(__name__)
GROWTH = frozenset({"growth", "admin"})
POSTER_KEPT_SECONDS = 24 * 3600
STATUS = {SignInRequired: HTTPStatus.UNAUTHORIZED, NotAllowed: HTTPStatus.FORBIDDEN}


@require_safe
def follow_channel(request: HttpRequest, code: str) -> HttpResponse:
    """Count the visit and go to where the channel leads; an unknown code leads home and leaves nothing behind.

    A crawler, a page fetched ahead, a question for the head alone, and a flood from one address lead on uncounted.
    """
    channel = selectors.channel_by_code(code)
    path = rules.path_to(channel.target, channel.target_slug) if channel else rules.HOME
    visitor = visitor_in(request) or new_id().hex
    counted = channel is not None and _is_visit(request) and _count(request, channel, visitor)
    answer = HttpResponseRedirect(f"{path}?v={visitor}" if counted else path)
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    if counted:
        remember_visitor(answer, visitor)
    return answer


@require_safe
def channel_code(request: HttpRequest, code: str) -> HttpResponse:
    """The QR code of a channel as SVG."""
    return HttpResponse(code_svg(address_of(request, _channel(code))), content_type="image/svg+xml")


@require_safe
def channel_poster(request: HttpRequest, code: str) -> HttpResponse:
    """The poster of a channel as PNG, to print; it is drawn once for what it says and kept for a day."""
    channel, locale = _channel(code), locale_in(request)
    with override(django_language(locale)):
        text = compose_poster(channel, address=address_of(request, channel), locale=locale)
    key = "channel-poster:" + hashlib.sha256(f"{text!r}{channel.target_slug}".encode()).hexdigest()
    drawn = cache.get(key)
    if drawn is None:
        drawn = draw_channel_poster(text)
        cache.set(key, drawn, POSTER_KEPT_SECONDS)
    answer = HttpResponse(drawn, content_type="image/png")
    answer["Cache-Control"] = "public, max-age=60"
    answer["Content-Disposition"] = f'inline; filename="tuanzi-{channel.code}-{locale}.png"'
    return answer


@require_safe
def channel_table(request: HttpRequest) -> HttpResponse:
    """The report of a period as CSV, for the growth team."""
    try:
        _check_growth(request)
        period = selectors.Period(_day(request, "since"), _day(request, "until")).check()
    except DomainError as refusal:
        return answer_refusal(refusal, STATUS)
    with override(django_language(locale_in(request))):
        table = write_table(selectors.all_channels(), selectors.numbers_of(period), total=selectors.totals_of(period))
    answer = HttpResponse(f"\ufeff{table}", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="channels-{period.since}-{period.until}.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def address_of(request: HttpRequest, channel: Channel) -> str:
    """The full short address of a channel, on the host that was asked."""
    return request.build_absolute_uri(reverse("follow-channel", args=[channel.code]))


def _is_visit(request: HttpRequest) -> bool:
    if request.method != "GET" or rules.is_fetched_ahead(request.headers) or is_crawler(request):
        return False
    return not _is_flood(request)


def _is_flood(request: HttpRequest) -> bool:
    """Count an address under a digest for a minute; while Redis is away nobody is held back."""
    now = clock.now()
    name = digest_of(proxies.address_of(request), secret=settings.SECRET_KEY, at=now)
    key = f"channel-door:{name}:{int(now.timestamp()) // rules.ADDRESS_SECONDS}"
    try:
        counting = shared_redis().pipeline()
        counting.incr(key)
        counting.expire(key, rules.ADDRESS_SECONDS)
        visits, _kept = counting.execute()
    except redis.RedisError as error:
        log.warning("visits of an address are not counted: %s", error)
        return False
    return bool(visits > rules.MOST_VISITS_OF_ADDRESS)


def _count(request: HttpRequest, channel: Channel, visitor: str) -> bool:
    person = request.user.pk if request.user.is_authenticated else None
    return actions.record_visit(channel=channel, visitor=visitor, user_id=person, now=clock.now())


def _channel(code: str) -> Channel:
    channel = selectors.channel_by_code(code)
    if channel is None:
        raise Http404
    return channel


def _check_growth(request: HttpRequest) -> None:
    if not request.user.is_authenticated:
        raise SignInRequired
    if not GROWTH & set(roles_of(request.user.pk)):
        raise NotAllowed


def _day(request: HttpRequest, name: str) -> date:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError as malformed:
        raise InvalidInput(name) from malformed
