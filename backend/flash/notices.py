"""How the notifications of flash sales read."""

from django.utils.translation import gettext_lazy as _

from backend.messaging.kinds import register_kind

BEGINS = "flash.begins"
PIECE_BACK = "flash.piece_back"


def register_notices() -> None:
    """Say how each kind reads."""
    register_kind(BEGINS, title=_("The sale begins in five minutes"), body=_("%(sale)s: you asked to be reminded."))
    register_kind(
        PIECE_BACK,
        title=_("It is your turn"),
        body=_("A piece of %(product)s came back. For %(minutes)s minutes it is kept for you."),
    )
