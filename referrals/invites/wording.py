"""Sentences about invitations, in the reader's language."""

from django.utils.translation import gettext as _

from membership.models import LotState

STATES = {
    LotState.PENDING: "PENDING",
    LotState.ACTIVE: "VESTED",
    LotState.EXPIRED: "VESTED",
    LotState.REVOKED: "REVERSED",
}


def invited_state(lot_state: str | None) -> str:
    """Where an invitation stands, for programs."""
    return "BOUND" if lot_state is None else STATES[LotState(lot_state)]


def invited_label(lot_state: str | None) -> str:
    """Where an invitation stands, for people."""
    labels = {
        "BOUND": _("Signed up, no order yet"),
        "PENDING": _("First order placed, points are waiting"),
        "VESTED": _("Points are yours"),
        "REVERSED": _("Order refunded, points taken back"),
    }
    return labels[invited_state(lot_state)]


def offer_rules(*, window_days: int, cap: int | None) -> list[str]:
    """The rules of an invite offer in plain words."""
    sentences = [
        _("It counts when your friend opens your link and buys for the first time within %(days)s days.")
        % {"days": window_days},
        _("Points wait until the return window of that order is over; a refund takes them back."),
        _("Only your own friends count. There are no levels and no pay per head."),
    ]
    if cap is not None:
        sentences.append(_("Up to %(cap)s friends for each person.") % {"cap": cap})
    return sentences
