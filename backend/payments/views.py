"""The doors of payments: the one through which a buyer goes to the pay page, and the one for statement files."""

from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from backend.accounts.selectors import roles_of
from backend.core import clock
from backend.core.errors import DomainError, NotAllowed, NotFound, SignInRequired
from backend.core.languages import locale_of
from backend.payments.actions import PayDoor, open_pay_page, reconcile
from backend.payments.errors import StatementUnreadable
from backend.payments.rules.statements import MOST_BYTES
from backend.payments.selectors import own_payment

FORM_BYTES = 64 * 1024
RECONCILERS = {"support", "admin"}


@never_cache
@require_safe
def go(request: HttpRequest, payment_id: UUID) -> HttpResponse:
    """Send the buyer on to the provider; if that cannot be, back to the shop's own page, which says why."""
    if not request.user.is_authenticated or request.user.pk is None:
        return HttpResponseRedirect("/orders")
    try:
        payment = own_payment(payment_id=payment_id, buyer_id=request.user.pk)
    except NotFound as unknown:
        raise Http404 from unknown
    try:
        url = open_pay_page(payment_id=payment_id, buyer_id=request.user.pk, door=_door(request), clock=clock.now)
    except DomainError as refusal:
        return HttpResponseRedirect(f"/pay/{payment.order_id}?{urlencode({'why': refusal.code})}")
    return HttpResponseRedirect(url)


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
        address=_address(request),
    )


def _address(request: HttpRequest) -> str:
    """The client's address; forwarded addresses count only behind a known number of proxies."""
    proxies = getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0)
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


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
