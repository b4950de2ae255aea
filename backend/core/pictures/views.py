"""The doors for pictures: one to send them, one to fetch them."""

import re
from http import HTTPStatus

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from backend.core import clock
from backend.core.errors import DomainError, SignInRequired, TooManyRequests
from backend.core.pictures.errors import PictureRefused
from backend.core.pictures.processing import MOST_BYTES
from backend.core.pictures.selectors import has_sent_too_many
from backend.core.pictures.storing import picture_urls, take_picture
from backend.core.uploads import UploadInMemory, answer_refusal, is_too_long

STATUS = {
    SignInRequired: HTTPStatus.UNAUTHORIZED,
    TooManyRequests: HTTPStatus.TOO_MANY_REQUESTS,
    PictureRefused: HTTPStatus.UNPROCESSABLE_ENTITY,
}
RENDITION = re.compile(r"pictures/[0-9a-f]{2}/[0-9a-f]{64}-\d{2,4}\.(avif|webp)")


@csrf_exempt
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take a picture as the part `file` of a form; answer its id and address.

    The token is checked one step further in: reading it reads the body, and the limits come first.
    """
    if is_too_long(request, most_bytes=MOST_BYTES):
        return _refused(PictureRefused("too_many_bytes"), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    request.upload_handlers = [UploadInMemory(request, most_bytes=MOST_BYTES)]
    return _upload(request)


@csrf_protect
def _upload(request: HttpRequest) -> HttpResponse:
    try:
        return _stored(request)
    except MultiPartParserError:
        return _refused(PictureRefused("unreadable"))
    except DomainError as refusal:
        return _refused(refusal)


def _stored(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    if not request.user.is_authenticated:
        raise SignInRequired
    if has_sent_too_many(owner_id=request.user.pk, now=now):
        raise TooManyRequests(retry_after_seconds=3600)
    sent = request.FILES.get("file")
    if sent is None:
        raise PictureRefused("unreadable")
    picture = take_picture(data=sent.read(), owner_id=request.user.pk, now=now)
    url = picture_urls(picture)["src"]
    answer = {"id": str(picture.pk), "url": url, "width": picture.width, "height": picture.height}
    return JsonResponse(answer, status=HTTPStatus.CREATED)


def _refused(refusal: DomainError, status: HTTPStatus | None = None) -> HttpResponse:
    return answer_refusal(refusal, STATUS, status=status)


@require_safe
def rendition(request: HttpRequest, name: str) -> HttpResponse:
    """Answer one rendition; it never changes under its name. In production the edge answers instead."""
    if not RENDITION.fullmatch(name) or not default_storage.exists(name):
        return HttpResponse(status=HTTPStatus.NOT_FOUND)
    with default_storage.open(name) as file:
        answer = HttpResponse(file.read(), content_type=f"image/{name.rsplit('.', 1)[1]}")
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
