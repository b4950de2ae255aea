"""The doors of payments: the one through which a buyer goes to the pay page, and the one for statement files."""

import secrets
from dataclasses import replace
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST, require_safe

from backend.accounts.selectors import roles_of
from backend.core import clock, proxies
from backend.core.errors import DomainError, NotAllowed, NotFound, SignInRequired
from backend.core.languages import locale_of
from backend.payments.actions import PayDoor, open_pay_page, payer_told, payment_in_browser, reconcile, way_to_payer
from backend.payments.errors import PayerUnknown, StatementUnreadable
from backend.payments.models import Payment
from backend.payments.rules.statements import MOST_BYTES
from backend.payments.selectors import own_payment

FORM_BYTES = 64 * 1024
RECONCILERS = {"support", "admin"}
# Under this name the session of a browser remembers of which payment an app was asked who pays, and with which state.
ASKED = "payments.asked"


@never_cache
@require_safe
def go(request: HttpRequest, payment_id: UUID) -> HttpResponse:
    """Send the buyer on to the provider; if that cannot be, back to the shop's own page, which says why."""
    if not request.user.is_authenticated or request.user.pk is None:
        return HttpResponseRedirect("/orders")
    return _to_pay_page(request, _payment(payment_id, request.user.pk), buyer_id=request.user.pk, door=_door(request))


@never_cache
@require_GET
def told(request: HttpRequest, payment_id: UUID) -> HttpResponse:
    """Take the browser back from the app that was asked who pays; its state counts once, in this browser alone."""
    if not request.user.is_authenticated or request.user.pk is None:
        return HttpResponseRedirect("/orders")
    payment = _payment(payment_id, request.user.pk)
    asked = request.session.pop(ASKED, {})
    state, code = request.GET.get("state", ""), request.GET.get("code", "")
    is_ours = asked.get("payment") == str(payment_id) and secrets.compare_digest(
        str(asked.get("state")).encode(), state.encode()
    )
    if not is_ours or not code:
        return _back(payment, PayerUnknown())
    try:
        payer = payer_told(payment_id=payment_id, buyer_id=request.user.pk, code=code[:512])
    except DomainError as refusal:
        return _back(payment, refusal)
    return _to_pay_page(request, payment, buyer_id=request.user.pk, door=replace(_door(request), payer=payer))


def _payment(payment_id: UUID, buyer_id: UUID) -> Payment:
    try:
        return own_payment(payment_id=payment_id, buyer_id=buyer_id)
    except NotFound as unknown:
        raise Http404 from unknown


def _to_pay_page(request: HttpRequest, payment: Payment, *, buyer_id: UUID, door: PayDoor) -> HttpResponse:
    """Open the page on which this browser can pay; the app is asked first who pays, if it has to be."""
    browser = request.headers.get("User-Agent", "")
    try:
        payment = payment_in_browser(payment_id=payment.id, buyer_id=buyer_id, browser=browser, now=clock.now())
        url = open_pay_page(payment_id=payment.id, buyer_id=buyer_id, door=door, clock=clock.now)
    except PayerUnknown:
        state = secrets.token_hex(16)
        request.session[ASKED] = {"payment": str(payment.id), "state": state}
        back = f"{door.site}/payments/told/{payment.id}"
        url = way_to_payer(provider=payment.provider, back=back, state=state)
    except DomainError as refusal:
        return _back(payment, refusal)
    return HttpResponseRedirect(url)


def _back(payment: Payment, refusal: DomainError) -> HttpResponse:
    return HttpResponseRedirect(f"/pay/{payment.order_id}?{urlencode({'why': refusal.code})}")


def _door(request: HttpRequest) -> PayDoor:
    site = request.build_absolute_uri("/").rstrip("/")
    return PayDoor(
        site=site,
        host=urlsplit(site).netloc,
        locale=locale_of(
            cookie=request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME),
            accept_language=request.headers.get("Accept-Language"),
        ),
        device=request.COOKIES.get("tz_visitor", "")[:200],
        address=proxies.address_of(request),
    )


@csrf_exempt
@require_POST
def upload_statement(request: HttpRequest) -> HttpResponse:
    """Take a statement file as the part `file` of a form, with the provider's name; answer the comparison.

    The token is checked one step further in: reading it reads the body, and the limit comes first.
    """
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES + FORM_BYTES:
        return _refused(StatementUnreadable(line=0, problem="the file is too large"), 413)
    return _upload(request)


@csrf_protect
def _upload(request: HttpRequest) -> HttpResponse:
    user_id = request.user.pk if request.user.is_authenticated else None
    if user_id is None:
        return _refused(SignInRequired(), 401)
    if not roles_of(user_id) & RECONCILERS:
        return _refused(NotAllowed(), 403)
    sent = request.FILES.get("file")
    if sent is None:
        return _refused(StatementUnreadable(line=0, problem="there is no file"), 422)
    try:
        run = reconcile(
            provider=request.POST.get("provider", "")[:30],
            file_name=sent.name or "",
            content=sent.read(),
            by=user_id,
            now=clock.now(),
        )
    except DomainError as refusal:
        return _refused(refusal, 422)
    return JsonResponse({"id": str(run.pk)}, status=201)


def _refused(refusal: DomainError, status: int) -> HttpResponse:
    answer = {"code": refusal.code, "message": refusal.text, "field": refusal.field, "details": refusal.details}
    return JsonResponse(answer, status=status)
