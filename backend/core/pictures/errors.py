"""What may be refused about a picture."""

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError

REASONS = {
    "too_many_bytes": _("The file is larger than 10 MB. Send a smaller one."),
    "too_many_pixels": _("The picture is larger than 24 megapixels. Make it smaller and send it again."),
    "too_small": _("The picture is smaller than 16 pixels. Send a larger one."),
    "moves": _("Moving pictures cannot be sent. Send a still one."),
    "unreadable": _("This file cannot be read as a picture. Send a JPEG, PNG or WebP file."),
}


class PictureRefused(DomainError):
    """A sent file is not taken as a picture; `reason` is one word of `REASONS`."""

    message = REASONS["unreadable"]
    field = "file"
    reason: str

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)
        self.message = REASONS.get(reason, REASONS["unreadable"])
