"""How many places of an offer's quota are taken or promised."""

from uuid import UUID

from django.db.models import Count, Q, Sum

from groupbuy.models import Group, GroupOrder, GroupOrderState, GroupState, Intent, Offer, QuotaMode, Seat, SeatState

SITTING = (SeatState.HELD, SeatState.PAID, SeatState.CONFIRMED)


def has_places(offer: Offer, *, opens: bool) -> bool:
    """Say whether the quota has room for one more seat or, when whole groups are kept, for one more group.

    Somebody who sits down in a group that keeps all its places finds one in any case. The answer holds while the
    caller holds the quota (`hold_quotas`).
    """
    if offer.quota is None:
        return True
    if offer.quota_mode == QuotaMode.SEAT:
        return _taken(offer.campaign_id, offer.product_id) + 1 <= offer.quota
    return not opens or _kept(offer.campaign_id, offer.product_id, size=offer.size) + offer.size <= offer.quota


def _taken(campaign_id: UUID, product_id: UUID) -> int:
    """Places of people who sit, and of leaders who are about to pay."""
    sitting = Seat.objects.filter(
        group__campaign_id=campaign_id, group__product_id=product_id, state__in=SITTING
    ).count()
    return sitting + _openings(campaign_id, product_id)


def _kept(campaign_id: UUID, product_id: UUID, *, size: int) -> int:
    """Places of groups that still form, people in the others, and groups that leaders are about to pay for."""
    groups = Group.objects.filter(campaign_id=campaign_id, product_id=product_id)
    forming = groups.filter(state=GroupState.FORMING).aggregate(places=Sum("size", default=0))["places"]
    closed = Q(group__campaign_id=campaign_id, group__product_id=product_id) & ~Q(group__state=GroupState.FORMING)
    sitting = Seat.objects.filter(closed, state__in=SITTING).aggregate(people=Count("pk"))["people"]
    return int(forming) + int(sitting) + _openings(campaign_id, product_id) * size


def _openings(campaign_id: UUID, product_id: UUID) -> int:
    return GroupOrder.objects.filter(
        campaign_id=campaign_id,
        offer__product_id=product_id,
        intent=Intent.OPEN,
        state=GroupOrderState.PLACED,
    ).count()
