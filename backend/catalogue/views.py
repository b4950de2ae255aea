"""The doors for files: one to send them, one to fetch the catalogue, one to fetch the rows that came back."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from backend.accounts.selectors import roles_of
from backend.catalogue.actions import store_file
from backend.catalogue.errors import FileRefused
from backend.catalogue.exporting import catalogue_lines, problem_lines
from backend.catalogue.rules.files import LARGEST
from backend.catalogue.selectors.tables import import_by_id
from backend.core import clock
from backend.core.errors import DomainError, NotAllowed, NotFound, SignInRequired
from backend.core.uploads import UploadOnDisk, answer_refusal, is_too_long

MOST_BYTES = max(LARGEST.values())
DESK = frozenset({"growth", "admin"})
STATUS = {
    SignInRequired: HTTPStatus.UNAUTHORIZED,
    NotAllowed: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    FileRefused: HTTPStatus.UNPROCESSABLE_ENTITY,
}


@csrf_exempt
@require_POST
def send_file(request: HttpRequest) -> HttpResponse:
    """Take a video, a 3-D model, a document or a table as the part `file` of a form; answer its id.

    The limits and the role come before the body is read; the token is checked one step further in.
    """
    if is_too_long(request, most_bytes=MOST_BYTES):
        return _refused(FileRefused(reason="too_large"), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        _staff(request)
    except DomainError as refusal:
        return _refused(refusal)
    request.upload_handlers = [UploadOnDisk(request, most_bytes=MOST_BYTES)]
    return _send_file(request)


@csrf_protect
def _send_file(request: HttpRequest) -> HttpResponse:
    try:
        owner_id = _staff(request)
        sent = request.FILES.get("file")
        if sent is None or sent.file is None:
            raise FileRefused(reason="unknown")
        kept = store_file(content=sent.file, owner_id=owner_id, now=clock.now())
    except MultiPartParserError:
        return _refused(FileRefused(reason="unknown"))
    except DomainError as refusal:
        return _refused(refusal)
    answer = {"id": str(kept.pk), "kind": kept.kind, "mediaType": kept.media_type, "sizeBytes": kept.size_bytes}
    return JsonResponse(answer, status=HTTPStatus.CREATED)


@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """Answer the whole catalogue as a table."""
    try:
        _staff(request)
    except DomainError as refusal:
        return _refused(refusal)
    lines = (line.encode() for line in catalogue_lines())
    return _table(StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8"), "catalogue.csv")


@require_safe
def problems(request: HttpRequest, import_id: UUID) -> HttpResponseBase:
    """Answer the rows of a table that were not taken, each with its reason."""
    try:
        _staff(request)
        table = import_by_id(import_id)
        if table is None:
            raise NotFound
    except DomainError as refusal:
        return _refused(refusal)
    lines = (line.encode() for line in problem_lines(table))
    name = f"{table.file_name.rsplit('.', 1)[0]}-problems.csv"
    return _table(StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8"), name)


def _staff(request: HttpRequest) -> UUID:
    if not request.user.is_authenticated:
        raise SignInRequired
    user_id = UUID(str(request.user.pk))
    if not DESK & roles_of(user_id):
        raise NotAllowed
    return user_id


def _table(answer: StreamingHttpResponse, name: str) -> StreamingHttpResponse:
    answer.headers["Cache-Control"] = "private, no-store"
    safe = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-_.") else "_" for letter in name)
    answer.headers["Content-Disposition"] = f'attachment; filename="{safe}"'
    return answer


def _refused(refusal: DomainError, status: HTTPStatus | None = None) -> HttpResponse:
    return answer_refusal(refusal, STATUS, status=status)
