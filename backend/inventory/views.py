"""The doors for files of stock numbers: one to send them, one to fetch the rows that were refused."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from backend.accounts.selectors import roles_of
from backend.core import clock
from backend.core.errors import DomainError, InvalidInput, NotAllowed, NotFound, SignInRequired
from backend.core.uploads import UploadInMemory, answer_refusal, is_too_long
from backend.inventory.actions import import_stock
from backend.inventory.errors import SheetRefused
from backend.inventory.selectors import import_by_id
from backend.inventory.sheet import MOST_BYTES, MOST_ROWS, write_refused

MAY_COUNT = frozenset({"growth", "admin"})
STATUS = {
    SignInRequired: HTTPStatus.UNAUTHORIZED,
    NotAllowed: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    SheetRefused: HTTPStatus.UNPROCESSABLE_ENTITY,
}


@csrf_exempt
@require_POST
def send_sheet(request: HttpRequest) -> HttpResponse:
    """Take a file as the part `file` of a form; answer what landed. A `key` makes the same file a new delivery."""
    if is_too_long(request, most_bytes=MOST_BYTES):
        return _refused(SheetRefused(rows=MOST_ROWS), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    request.upload_handlers = [UploadInMemory(request, most_bytes=MOST_BYTES)]
    return _send_sheet(request)


@csrf_protect
def _send_sheet(request: HttpRequest) -> HttpResponse:
    try:
        return _taken_in(request)
    except MultiPartParserError:
        return _refused(SheetRefused(rows=MOST_ROWS))
    except DomainError as refusal:
        return _refused(refusal)


def _taken_in(request: HttpRequest) -> HttpResponse:
    actor_id = _keeper_of_stock(request)
    sent = request.FILES.get("file")
    if sent is None:
        raise SheetRefused(rows=MOST_ROWS)
    done = import_stock(
        content=sent.read(),
        name=(sent.name or "")[:120].replace("\x00", ""),
        actor_id=actor_id,
        key=_key(request.POST.get("key")),
        now=clock.now(),
    )
    answer = {
        "id": str(done.pk),
        "rows": done.rows_count,
        "landed": done.landed_count,
        "refused": len(done.refused),
        "at": done.at.isoformat(),
    }
    return JsonResponse(answer, status=HTTPStatus.CREATED)


@require_safe
def refused_rows(request: HttpRequest, import_id: UUID) -> HttpResponseBase:
    """Answer the rows that were refused, each with its reason, as a file that can be mended and sent again."""
    try:
        _keeper_of_stock(request)
        done = import_by_id(import_id)
    except DomainError as refusal:
        return _refused(refusal)
    answer = StreamingHttpResponse(
        (piece.encode() for piece in ("\ufeff", *write_refused(done.refused))), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="stock-{done.pk}-refused.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _keeper_of_stock(request: HttpRequest) -> UUID:
    if not request.user.is_authenticated:
        raise SignInRequired
    if not MAY_COUNT & set(roles_of(request.user.pk)):
        raise NotAllowed
    return request.user.pk


def _key(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as malformed:
        raise InvalidInput("key") from malformed


def _refused(refusal: DomainError, status: HTTPStatus | None = None) -> HttpResponse:
    return answer_refusal(refusal, STATUS, status=status)
