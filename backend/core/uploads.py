"""What the doors share through which files are sent: the limit holds while a file arrives, refusals are told alike."""

from collections.abc import Mapping
from http import HTTPStatus

from django.core.files.uploadhandler import (
    FileUploadHandler,
    MemoryFileUploadHandler,
    StopUpload,
    TemporaryFileUploadHandler,
)
from django.http import HttpRequest, HttpResponse, JsonResponse

from backend.core.errors import DomainError

FORM_BYTES = 64 * 1024


class _Limited(FileUploadHandler):
    """Drops the connection's rest beyond the limit."""

    def __init__(self, request: HttpRequest, *, most_bytes: int) -> None:
        super().__init__(request)
        self._most_bytes = most_bytes
        self._received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take one piece of the file."""
        self._received += len(raw_data)
        if self._received > self._most_bytes:
            raise StopUpload(connection_reset=True)
        super().receive_data_chunk(raw_data, start)


class UploadInMemory(_Limited, MemoryFileUploadHandler):
    """Keeps a file in memory up to the limit."""

    def handle_raw_input(self, *args: object, **kwargs: object) -> None:
        """Take every file; the limit is kept while it arrives."""
        self.activated = True


class UploadOnDisk(_Limited, TemporaryFileUploadHandler):
    """Keeps a file on disk up to the limit."""


def is_too_long(request: HttpRequest, *, most_bytes: int) -> bool:
    """Whether the request says itself that it brings more than a form with such a file."""
    return int(request.META.get("CONTENT_LENGTH") or 0) > most_bytes + FORM_BYTES


def answer_refusal(
    refusal: DomainError, statuses: Mapping[type[DomainError], HTTPStatus], *, status: HTTPStatus | None = None
) -> HttpResponse:
    """Tell why a file was not taken, with the status of its kind of refusal."""
    answer = {"code": refusal.code, "message": refusal.text, "field": refusal.field, "details": refusal.details}
    return JsonResponse(answer, status=status or statuses.get(type(refusal), HTTPStatus.BAD_REQUEST))
