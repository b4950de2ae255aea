"""How the notifications about rewards read."""

from django.utils.translation import gettext_lazy as _

from backend.messaging.kinds import register_kind

HELD = "invites.reward_held"
RELEASED = "invites.reward_released"
REJECTED = "invites.reward_rejected"
REVERSED = "invites.reward_reversed"


def register_notices() -> None:
    """Say how each kind reads."""
    register_kind(
        HELD,
        title=_("Your invite reward is under review"),
        body=_("Nothing is lost. We look at it within three days and tell you the result with the reason."),
    )
    register_kind(
        RELEASED,
        title=_("Your invite reward was confirmed"),
        body=_("It becomes usable when the return window of the order is over."),
    )
    register_kind(
        REJECTED,
        title=_("Your invite reward was not granted"),
        body=_("See the reason in your invitations. You can ask us to look at it again within 30 days."),
    )
    register_kind(
        REVERSED,
        title=_("Your invite reward was taken back"),
        body=_("The order it hung on was refunded."),
    )


def kind_of(*, from_state: str, to_state: str) -> str | None:
    """Which notification a move deserves, if any."""
    if to_state == "HELD":
        return HELD
    if to_state == "PENDING" and from_state in ("HELD", "REJECTED"):
        return RELEASED
    return {"REJECTED": REJECTED, "REVERSED": REVERSED}.get(to_state)
