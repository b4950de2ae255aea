"""Sentences about what is still to come, in the reader's language."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from membership.causes import yuan
from membership.models import CountedSpending, LotState, PointLot, SpendingState
from membership.ports import WhyStep


def waiting_for(lot: PointLot) -> WhyStep:
    """Tell what has happened to a lot since, or what it waits for."""
    if lot.state == LotState.REVOKED:
        return WhyStep(_("Taken back"), _("What they were given for was refunded."))
    if lot.state == LotState.EXPIRED:
        return WhyStep(_("Expired"), _("They were not used in time."), lot.expires_at)
    if lot.state == LotState.ACTIVE:
        return WhyStep(_("Usable"), _("You can use them until this day."), lot.expires_at)
    if lot.vests_at is None:
        return WhyStep(_("Waiting"), _("They become usable 9 days after the parcel is delivered."))
    return WhyStep(_("Waiting"), _("They become usable when the return window ends."), lot.vests_at)


def why_progress(spending: Sequence[CountedSpending]) -> list[WhyStep]:
    """Tell which orders count for the level, and which will."""
    labels = {
        SpendingState.KEPT: _("Counts"),
        SpendingState.PENDING: _("Counts when the return window ends"),
        SpendingState.REVERSED: _("Refunded, does not count"),
    }
    return [
        WhyStep(
            labels[SpendingState(each.state)],
            _("Order %(number)s, %(amount)s") % {"number": each.order.number, "amount": yuan(each.amount_minor)},
            each.confirmed_at,
        )
        for each in spending
    ]
