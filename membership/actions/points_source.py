"""Points in a price: they pay a part of each line, never the sending, and come back when the order does not stand."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.core.money import Money, Points, floor_bps
from backend.orders.models import Order
from backend.promotions.adjustments import KeptAdjustment
from backend.promotions.basket import Basket, Late, Layer, LockRank, OfferedAdjustment, Paid
from backend.promotions.errors import OfferUsedUp
from backend.promotions.pricing import split
from backend.promotions.wording import in_every_language, percent, yuan
from membership import rules, selectors
from membership.actions.hold_wallets import hold_wallets
from membership.actions.return_points import return_points
from membership.actions.spend_points import spend_points
from membership.errors import PointsTooFew

LABEL = _("Points")
WHY_WORTH = _("%(points)s points pay %(amount)s: %(per_yuan)s points are worth ¥1")
WHY_CAP = _("Points pay at most %(share)s of each item, and never the sending")
LATE = "points_gone"


class PointsSource:
    """Lets a buyer pay with points. The choice is `{"use": true}`: as many as may be used."""

    kind = "points"
    layer = Layer.POINTS
    lock_rank = LockRank.WALLET

    def quote(
        self, *, basket: Basket, choice: Mapping[str, Any], buyer_id: UUID | None, now: datetime
    ) -> Sequence[OfferedAdjustment]:
        """Offer what the buyer's points pay of the lines, if the buyer wants to use them."""
        if buyer_id is None or not choice.get("use"):
            return []
        rule = selectors.spending_rule(now)
        caps = {line.key: floor_bps(Money(line.left_minor), rule.max_line_bps).minor for line in basket.lines}
        offer = rules.points_offer(
            caps_minor=sum(caps.values()),
            available=selectors.points_available(buyer_id, now=now).amount,
            points_per_yuan=rule.points_per_yuan,
        )
        if not offer.minor:
            return []
        places = {"points": offer.points, "amount": yuan(offer.minor), "per_yuan": rule.points_per_yuan}
        return [
            OfferedAdjustment(
                kind=self.kind,
                per_line=split(offer.minor, caps),
                label=in_every_language(LABEL),
                explanation=[
                    in_every_language(WHY_WORTH, places),
                    in_every_language(WHY_CAP, {"share": percent(rule.max_line_bps)}),
                ],
                rule_version=f"spending:{rule.version}",
                facts={"points": offer.points, "buyerId": str(buyer_id), "ruleVersion": f"spending:{rule.version}"},
            )
        ]

    def lock(self, *, adjustments: Sequence[KeptAdjustment]) -> None:
        """Hold the wallets."""
        hold_wallets(UUID(each.facts["buyerId"]) for each in adjustments)

    def commit(self, *, order: Order, adjustment: KeptAdjustment, now: datetime) -> None:
        """Use the points.

        Raises: OfferUsedUp.
        """
        try:
            _spend(order, adjustment, now=now)
        except PointsTooFew as gone:
            raise OfferUsedUp from gone

    def paid(self, *, order: Order, adjustment: KeptAdjustment, now: datetime) -> Paid | Late:
        """Keep the points used; for an order that was closed meanwhile use them again, if they are still there."""
        try:
            _spend(order, adjustment, now=now)
        except PointsTooFew:
            return Late(LATE)
        return Paid()

    def release(self, *, order: Order, adjustment: KeptAdjustment, reason: str, now: datetime) -> None:
        """Give all the points back."""
        return_points(source=("order", order.id), now=now)


def _spend(order: Order, adjustment: KeptAdjustment, *, now: datetime) -> None:
    spend_points(
        user_id=order.buyer_id,
        points=Points(adjustment.facts["points"]),
        source=("order", order.id),
        rule_version=adjustment.facts["ruleVersion"],
        now=now,
    )
