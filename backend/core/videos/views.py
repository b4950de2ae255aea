"""The door through which videos are sent."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from backend.core import clock
from backend.core.errors import DomainError, SignInRequired, TooManyRequests
from backend.core.uploads import UploadOnDisk, answer_refusal, is_too_long
from backend.core.videos.errors import VideoRefused
from backend.core.videos.limits import MOST_BYTES
from backend.core.videos.selectors import has_sent_too_many
from backend.core.videos.storing import take_video

STATUS = {
    SignInRequired: HTTPStatus.UNAUTHORIZED,
    TooManyRequests: HTTPStatus.TOO_MANY_REQUESTS,
    VideoRefused: HTTPStatus.UNPROCESSABLE_ENTITY,
}


@csrf_exempt
@require_POST
def upload_video(request: HttpRequest) -> HttpResponse:
    """Take a video as the part `file` of a form; answer its id and that it waits.

    Who sends too much is told before the body is read; the token is checked one step further in.
    """
    if is_too_long(request, most_bytes=MOST_BYTES):
        return _refused(VideoRefused("too_many_bytes"), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        _sender(request)
    except DomainError as refusal:
        return _refused(refusal)
    request.upload_handlers = [UploadOnDisk(request, most_bytes=MOST_BYTES)]
    return _upload(request)


@csrf_protect
def _upload(request: HttpRequest) -> HttpResponse:
    try:
        owner_id = _sender(request)
        sent = request.FILES.get("file")
        if sent is None or sent.file is None:
            raise VideoRefused("unreadable")
        video = take_video(content=sent.file, owner_id=owner_id, now=clock.now())
    except MultiPartParserError:
        return _refused(VideoRefused("unreadable"))
    except DomainError as refusal:
        return _refused(refusal)
    answer = {"id": str(video.pk), "state": video.state, "durationMs": video.duration_ms}
    return JsonResponse(answer, status=HTTPStatus.CREATED)


def _sender(request: HttpRequest) -> UUID:
    if not request.user.is_authenticated:
        raise SignInRequired
    user_id = UUID(str(request.user.pk))
    if has_sent_too_many(owner_id=user_id, now=clock.now()):
        raise TooManyRequests(retry_after_seconds=3600)
    return user_id


def _refused(refusal: DomainError, status: HTTPStatus | None = None) -> HttpResponse:
    return answer_refusal(refusal, STATUS, status=status)
