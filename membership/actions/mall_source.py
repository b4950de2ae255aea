"""The part that the points mall takes in an order: no price, points instead."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.core.errors import NotFound
from backend.orders.models import Order
from backend.promotions.adjustments import KeptAdjustment
from backend.promotions.basket import EVERYTHING, Basket, Late, Layer, LockRank, OfferedAdjustment, Paid
from backend.promotions.wording import in_every_language
from membership import selectors
from membership.actions.hold_wallets import hold_wallets
from membership.actions.take_item import RULE, give_back_exchange, take_item
from membership.models import ExchangeState

LABEL = _("Exchanged for points")
WHY = _("%(points)s points instead of money")
SENT = _("Sent free of charge")
GONE = "mall_gone"


class MallGoodsSource:
    """Goods of the mall in an order: no price, points instead; back when the order does not stand."""

    kind = "mall_goods"
    layer = Layer.PRICE
    lock_rank = LockRank.WALLET

    def quote(
        self, *, basket: Basket, choice: Mapping[str, Any], buyer_id: UUID | None, now: datetime
    ) -> Sequence[OfferedAdjustment]:
        """Cover the one line of an exchange; only the action above can ask for it."""
        item = selectors.mall_item(UUID(choice["itemId"])) if choice.get("itemId") and buyer_id else None
        if item is None:
            return []
        per_line = {line.key: line.left_minor for line in basket.lines if line.variant_id == item.variant_id}
        return [
            OfferedAdjustment(
                kind=self.kind,
                per_line=per_line,
                label=in_every_language(LABEL),
                explanation=[in_every_language(WHY, {"points": item.points})],
                reference_id=item.pk,
                rule_version=RULE,
                is_chosen=True,
                excludes=frozenset({EVERYTHING}),
                facts={"itemId": str(item.pk), "points": item.points, "buyerId": str(buyer_id)},
            )
        ]

    def lock(self, *, adjustments: Sequence[KeptAdjustment]) -> None:
        """Hold the wallets."""
        hold_wallets(UUID(each.facts["buyerId"]) for each in adjustments)

    def commit(self, *, order: Order, adjustment: KeptAdjustment, now: datetime) -> None:
        """Take the piece and the points.

        Raises: MallItemClosed, MallItemGone, MallLimitReached, MallTierNeeded, PointsTooFew, NotFound.
        """
        item = selectors.mall_item(UUID(adjustment.facts["itemId"]))
        if item is None:
            raise NotFound
        take_item(item, user_id=order.buyer_id, order_id=order.id, now=now)

    def paid(self, *, order: Order, adjustment: KeptAdjustment, now: datetime) -> Paid | Late:
        """An order without money is paid with its placing; one that was given up stays given up."""
        exchange = selectors.exchange_of_order(order.id)
        return Paid() if exchange is not None and exchange.state == ExchangeState.DONE else Late(GONE)

    def release(self, *, order: Order, adjustment: KeptAdjustment, reason: str, now: datetime) -> None:
        """Give the points and the piece back, once."""
        give_back_exchange(order_id=order.id, now=now)


class MallShippingSource:
    """Goods of the mall are sent free of charge."""

    kind = "mall_shipping"
    layer = Layer.POINTS
    lock_rank = LockRank.WALLET

    def quote(
        self, *, basket: Basket, choice: Mapping[str, Any], buyer_id: UUID | None, now: datetime
    ) -> Sequence[OfferedAdjustment]:
        """Cover what sending costs."""
        if not choice.get("itemId") or basket.shipping_minor <= 0:
            return []
        return [
            OfferedAdjustment(
                kind=self.kind,
                per_line={},
                shipping_minor=basket.shipping_minor,
                label=in_every_language(SENT),
                rule_version=RULE,
                facts={"itemId": choice["itemId"]},
            )
        ]

    def lock(self, *, adjustments: Sequence[KeptAdjustment]) -> None:
        """There is nothing to hold."""

    def commit(self, *, order: Order, adjustment: KeptAdjustment, now: datetime) -> None:
        """There is nothing to take."""

    def paid(self, *, order: Order, adjustment: KeptAdjustment, now: datetime) -> Paid | Late:
        """It stands."""
        return Paid()

    def release(self, *, order: Order, adjustment: KeptAdjustment, reason: str, now: datetime) -> None:
        """There is nothing to give back."""
