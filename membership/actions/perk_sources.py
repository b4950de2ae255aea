"""What a level gives in a price: the member's price of each line, and orders that are sent free of charge."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.core.clock import business_day
from backend.core.money import Money, floor_bps
from backend.core.rows import insert_row_once
from backend.orders.models import Order
from backend.promotions.adjustments import KeptAdjustment
from backend.promotions.basket import Basket, Late, Layer, LockRank, OfferedAdjustment, Paid
from backend.promotions.errors import OfferUsedUp
from backend.promotions.wording import in_every_language, percent, yuan
from membership import selectors
from membership.actions.hold_wallets import hold_wallets
from membership.models import ShippingPass

PRICE_LABEL = _("Member price")
WHY_PRICE = _("%(tier)s pays %(off)s less")
WHY_LOWEST = _("Of a member price and the other prices of an item the lowest counts, never two")
PASS_LABEL = _("Sent free of charge")
WHY_PASS = _("%(tier)s: %(number)s of %(limit)s orders of this month")
ALL_USED = "shipping_pass_used"


class MemberPriceSource:
    """Each line a little cheaper for who has climbed; nothing is counted, so nothing is taken or given back."""

    kind = "member_price"
    layer = Layer.PRICE
    lock_rank = LockRank.WALLET

    def quote(
        self, *, basket: Basket, choice: Mapping[str, Any], buyer_id: UUID | None, now: datetime
    ) -> Sequence[OfferedAdjustment]:
        """Offer the price of the buyer's level for every line."""
        step = selectors.step_held(buyer_id, now=now) if buyer_id and basket.lines else None
        if step is None or not step.member_off_bps:
            return []
        per_line = {line.key: floor_bps(Money(line.left_minor), step.member_off_bps).minor for line in basket.lines}
        places = {"tier": step.tier.names, "off": percent(step.member_off_bps)}
        return [
            OfferedAdjustment(
                kind=self.kind,
                per_line=per_line,
                label=in_every_language(PRICE_LABEL),
                explanation=[in_every_language(WHY_PRICE, places), in_every_language(WHY_LOWEST)],
                rule_version=f"tiers:{step.policy_id}",
                facts={
                    "tier": step.tier_id,
                    "offBps": step.member_off_bps,
                    "lines": {str(line.key): line.left_minor for line in basket.lines},
                },
            )
        ]

    def lock(self, *, adjustments: Sequence[KeptAdjustment]) -> None:
        """There is nothing to hold."""

    def commit(self, *, order: Order, adjustment: KeptAdjustment, now: datetime) -> None:
        """There is nothing to take."""

    def paid(self, *, order: Order, adjustment: KeptAdjustment, now: datetime) -> Paid | Late:
        """The price that was agreed stands."""
        return Paid()

    def release(self, *, order: Order, adjustment: KeptAdjustment, reason: str, now: datetime) -> None:
        """There is nothing to give back."""


class MemberShippingSource:
    """So many orders of a month are sent free of charge; what coupons left of the sending is covered."""

    kind = "member_shipping"
    layer = Layer.POINTS
    lock_rank = LockRank.WALLET

    def quote(
        self, *, basket: Basket, choice: Mapping[str, Any], buyer_id: UUID | None, now: datetime
    ) -> Sequence[OfferedAdjustment]:
        """Cover the sending while a pass of this month is left."""
        if buyer_id is None or basket.shipping_minor <= 0:
            return []
        step, month = selectors.step_held(buyer_id, now=now), _month(now)
        used = selectors.passes_used(buyer_id, month=month)
        if used >= step.free_shipping_per_month:
            return []
        places = {"tier": step.tier.names, "number": used + 1, "limit": step.free_shipping_per_month}
        return [
            OfferedAdjustment(
                kind=self.kind,
                per_line={},
                shipping_minor=basket.shipping_minor,
                label=in_every_language(PASS_LABEL),
                explanation=[in_every_language(WHY_PASS, places)],
                rule_version=f"tiers:{step.policy_id}",
                facts={
                    "tier": step.tier_id,
                    "month": month.isoformat(),
                    "limit": step.free_shipping_per_month,
                    "buyerId": str(buyer_id),
                    "fee": yuan(basket.shipping_minor),
                },
            )
        ]

    def lock(self, *, adjustments: Sequence[KeptAdjustment]) -> None:
        """Hold the buyers' wallets, so that two orders never take the last pass."""
        hold_wallets(UUID(each.facts["buyerId"]) for each in adjustments)

    def commit(self, *, order: Order, adjustment: KeptAdjustment, now: datetime) -> None:
        """Take one pass of the month.

        Raises: OfferUsedUp.
        """
        month = date.fromisoformat(adjustment.facts["month"])
        if selectors.passes_used(order.buyer_id, month=month) >= adjustment.facts["limit"]:
            raise OfferUsedUp
        insert_row_once(ShippingPass(user_id=order.buyer_id, order_id=order.id, month=month, at=now))

    def paid(self, *, order: Order, adjustment: KeptAdjustment, now: datetime) -> Paid | Late:
        """Keep the pass; an order that was given up meanwhile has to find one again."""
        taken = ShippingPass.objects.get(order_id=order.id)
        if not taken.is_given_back:
            return Paid()
        if selectors.passes_used(order.buyer_id, month=taken.month) >= adjustment.facts["limit"]:
            return Late(ALL_USED)
        ShippingPass.objects.filter(pk=taken.pk).update(is_given_back=False)
        return Paid()

    def release(self, *, order: Order, adjustment: KeptAdjustment, reason: str, now: datetime) -> None:
        """Give the pass back."""
        ShippingPass.objects.filter(order_id=order.id).update(is_given_back=True)


def _month(now: datetime) -> date:
    return business_day(now).replace(day=1)
