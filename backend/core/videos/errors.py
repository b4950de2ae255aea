"""What may be refused about a video."""

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError

REASONS = {
    "too_many_bytes": _("The video is larger than 60 MB. Shorten it or send it in a lower quality."),
    "too_long": _("The video is longer than 60 seconds. Cut it and send it again."),
    "too_short": _("The video is shorter than one second. Send a longer one."),
    "too_large": _("The picture of the video is larger than 4K. Send it in a lower quality."),
    "too_small": _("The picture of the video is smaller than 120 pixels. Send a larger one."),
    "too_heavy": _("The video takes too long to prepare. Send it shorter or in a lower quality."),
    "no_picture": _("This file has no moving picture. Send a video as your phone makes it."),
    "not_alone": _("Something hangs behind the video in this file. Send the video as your phone made it."),
    "unreadable": _("This file cannot be read as a video. Send an MP4, MOV or WebM file."),
}


class VideoRefused(DomainError):
    """A sent file is not taken as a video; `reason` is one word of `REASONS`."""

    message = REASONS["unreadable"]
    field = "file"
    reason: str

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)
        self.message = REASONS.get(reason, REASONS["unreadable"])


def reason_text(reason: str) -> str:
    """A reason in words."""
    return str(REASONS.get(reason, REASONS["unreadable"]))
