"""Points for things: a coupon at once, or goods that are sent as a real order without money."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.checkout.actions import place_order
from backend.checkout.selectors import WantedLine
from backend.core.errors import NotFound
from backend.core.idempotency import remember, replay_or_reserve
from backend.core.money import Points
from backend.payments.selectors import chosen_provider
from backend.promotions.actions import give_coupon
from membership import selectors
from membership.actions.hold_wallets import hold_wallets
from membership.actions.note_deed import note_deed
from membership.actions.take_item import check_can_redeem, take_item
from membership.errors import MallItemGone, PointsTooFew
from membership.models import MallExchange, MallItem


@transaction.atomic
def redeem_item(
    *, user_id: UUID, item_id: UUID, address_id: UUID | None, idempotency_key: UUID, now: datetime
) -> MallExchange:
    """Exchange points for an item: all of it happens, or nothing does and the points stay.

    Raises: MallItemClosed, MallItemGone, MallLimitReached, MallTierNeeded, PointsTooFew, AddressNeeded, OutOfStock,
        ProductUnavailable, NotFound, KeyReused.
    Emits: PointsSpent, CouponIssued, OrderPlaced, TaskDone, BadgeEarned.
    """
    key: dict[str, Any] = {"principal_id": user_id, "action": "redeem_item", "key": idempotency_key}
    if answered := replay_or_reserve(**key, request={"item": item_id, "address": address_id}):
        return MallExchange.objects.get(pk=UUID(answered["exchangeId"]))
    hold_wallets([user_id])
    item = selectors.mall_item(item_id)
    if item is None:
        raise NotFound
    if item.variant_id is not None:
        exchange = _by_order(item, user_id=user_id, address_id=address_id, key=idempotency_key, now=now)
    else:
        exchange = take_item(item, user_id=user_id, order_id=None, now=now)
        _hand_out_coupon(item, exchange, now=now)
    note_deed(user_id=user_id, fact="EXCHANGE", source_id=exchange.pk, now=now)
    remember(**key, answer={"exchangeId": exchange.pk})
    return exchange


def _hand_out_coupon(item: MallItem, exchange: MallExchange, *, now: datetime) -> None:
    """Give the coupon; if its template gives no more, the whole exchange is undone.

    Raises: MallItemGone.
    """
    if item.template_id is None:
        raise RuntimeError(f"Mall item {item.pk} is neither goods nor a coupon.")
    coupon = give_coupon(template_id=item.template_id, user_id=exchange.user_id, cause=f"mall:{exchange.pk}", now=now)
    if coupon is None:
        raise MallItemGone
    exchange.coupon_id = coupon.pk
    exchange.save(update_fields=["coupon_id"])


def _by_order(item: MallItem, *, user_id: UUID, address_id: UUID | None, key: UUID, now: datetime) -> MallExchange:
    """Place a real order at no price; the source below takes the points with it.

    Raises: AddressNeeded, OutOfStock, ProductUnavailable, PointsTooFew.
    """
    check_can_redeem(item, user_id=user_id)
    available = selectors.points_available(user_id, now=now)
    if Points(item.points) > available:
        raise PointsTooFew(available=available.amount)
    if item.variant_id is None:
        raise RuntimeError(f"Mall item {item.pk} is no goods.")
    placed = place_order(
        buyer_id=user_id,
        lines=[WantedLine(item.variant_id, 1)],
        address_id=address_id,
        choices={"mall_goods": {"itemId": str(item.pk)}, "mall_shipping": {"itemId": str(item.pk)}},
        quote_hash=None,
        via="",
        provider=chosen_provider(buyer_id=user_id),
        idempotency_key=key,
        now=now,
    )
    found = selectors.exchange_of_order(placed.order.pk)
    if found is None:
        raise RuntimeError(f"Order {placed.order.pk} of the mall took no points.")
    return found
