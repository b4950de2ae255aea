"""One piece of a mall item and the points for it, and both back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from backend.core.ids import new_id
from backend.core.money import Points
from membership import selectors
from membership.actions.hold_wallets import hold_wallets
from membership.actions.return_points import return_points
from membership.actions.spend_points import spend_points
from membership.errors import MallItemClosed, MallItemGone, MallLimitReached, MallTierNeeded
from membership.models import ExchangeState, MallExchange, MallItem

RULE = "mall"


def take_item(item: MallItem, *, user_id: UUID, order_id: UUID | None, now: datetime) -> MallExchange:
    """Take one piece of an item and the points for it; call it with the wallet held.

    Raises: MallItemClosed, MallItemGone, MallLimitReached, MallTierNeeded, PointsTooFew.
    Emits: PointsSpent.
    """
    check_can_redeem(item, user_id=user_id)
    _count_down(item)
    exchange = MallExchange.objects.create(
        pk=new_id(), item=item, user_id=user_id, points=item.points, order_id=order_id, at=now
    )
    spend_points(user_id=user_id, points=Points(item.points), source=("mall", exchange.pk), rule_version=RULE, now=now)
    return exchange


def check_can_redeem(item: MallItem, *, user_id: UUID) -> None:
    """Refuse what this person cannot have.

    Raises: MallItemClosed, MallLimitReached, MallTierNeeded.
    """
    if not item.is_open:
        raise MallItemClosed
    if item.tier is not None and selectors.member_tier(user_id).position < item.tier.position:
        raise MallTierNeeded(tier=item.tier.names)
    if selectors.exchanged_counts(user_id, [item.pk]).get(item.pk, 0) >= item.per_person:
        raise MallLimitReached(limit=item.per_person)


def _count_down(item: MallItem) -> None:
    """Take one of what is left in the statement that checks it.

    Raises: MallItemGone.
    """
    there = MallItem.objects.filter(pk=item.pk, is_open=True).filter(Q(left=None) | Q(left__gt=0))
    if not there.update(left=F("left") - 1):
        raise MallItemGone


@transaction.atomic
def give_back_exchange(*, order_id: UUID, now: datetime) -> bool:
    """Let the points of goods that are not kept come back, and the piece return to the mall; once.

    Emits: PointsReturned.
    """
    exchange = selectors.exchange_of_order(order_id)
    if exchange is None:
        return False
    hold_wallets([exchange.user_id])
    standing = MallExchange.objects.filter(pk=exchange.pk, state=ExchangeState.DONE)
    if not standing.update(state=ExchangeState.RETURNED):
        return False
    MallItem.objects.filter(pk=exchange.item_id, left__isnull=False).update(left=F("left") + 1)
    return_points(source=("mall", exchange.pk), now=now)
    return True
