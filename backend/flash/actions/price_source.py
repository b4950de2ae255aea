"""The part that a flash sale takes in an order: its price, its pieces, and what becomes of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.core.errors import InvalidInput
from backend.flash import rules, selectors
from backend.flash.actions.count_pieces import left_of
from backend.flash.actions.keep_order import give_back_pieces, hold_flash_order, reserve_pieces, sell_pieces
from backend.flash.actions.take_token import check_first_order, check_open
from backend.flash.errors import FlashLimit, FlashSoldOut, FlashTokenRefused
from backend.flash.models import FlashItem, FlashOrder, FlashOrderState
from backend.promotions.actions import release_budget, reserve_budget, spend_budget
from backend.promotions.adjustments import AdjustedOrder, KeptAdjustment
from backend.promotions.basket import EVERYTHING, Basket, BasketLine, Late, Layer, LockRank, OfferedAdjustment, Paid
from backend.promotions.errors import BudgetExhausted
from backend.promotions.wording import in_every_language, yuan

LABEL = _("Flash price")
WHY_PRICE = _("%(flash)s in the flash sale instead of %(single)s")
WHY_TIME = _("The piece is kept for you for 5 minutes; then it goes to the next person")
GONE = "flash_gone"


class FlashPriceSource:
    """Flash prices in an order."""

    kind = "flash_price"
    layer = Layer.PRICE
    lock_rank = LockRank.GROUP

    def quote(
        self, *, basket: Basket, choice: Mapping[str, Any], buyer_id: UUID | None, now: datetime
    ) -> Sequence[OfferedAdjustment]:
        """Offer the flash price to whoever brings a token, or say why it cannot be had.

        Raises: InvalidInput, FlashTokenRefused, FlashOver, FlashPaused, FlashNotForYou, FlashNotOpen, FlashLimit,
            FlashAlreadyBought, FlashSoldOut.
        """
        text = choice.get("token")
        if buyer_id is None or not text:
            return []
        if len(basket.lines) != 1:
            raise InvalidInput("lines", _("A flash price is for one thing. Order the rest by itself."))
        line = basket.lines[0]
        token = rules.read_token(str(text))
        item = selectors.token_item(token.item_id) if token else None
        if token is None or item is None or token.buyer_id != buyer_id or item.variant_id != line.variant_id:
            raise FlashTokenRefused
        check_open(item.sale, buyer_id=buyer_id, now=now)
        if now >= token.expires_at or FlashOrder.objects.filter(token_id=token.id).exists():
            raise FlashTokenRefused
        if line.quantity > item.sale.per_person:
            raise FlashLimit(limit=item.sale.per_person)
        check_first_order(item.sale, buyer_id=buyer_id)
        if left_of(item.pk) < line.quantity:
            raise FlashSoldOut(item_id=item.pk)
        return [_adjustment(item, line, token_id=token.id, now=now)]

    def lock(self, *, adjustments: Sequence[KeptAdjustment]) -> None:
        """Hold what was taken before; what is about to be taken is held by its own statement."""
        for adjustment in sorted(adjustments, key=lambda each: str(each.facts["tokenId"])):
            hold_flash_order(UUID(adjustment.facts["tokenId"]))

    def commit(self, *, order: AdjustedOrder, adjustment: KeptAdjustment, now: datetime) -> None:
        """Promise the budget and reserve the pieces for five minutes.

        Raises: BudgetExhausted, FlashTokenRefused, FlashAlreadyBought, FlashSoldOut.
        """
        if adjustment.campaign_id is not None:
            reserve_budget(campaign_id=adjustment.campaign_id, money_minor=adjustment.amount_minor)
        reserve_pieces(
            order_id=order.id,
            token_id=UUID(adjustment.facts["tokenId"]),
            quantity=adjustment.facts["quantity"],
            discount_minor=adjustment.amount_minor,
            address=getattr(order, "address", {}),
            now=now,
        )

    def paid(self, *, order: AdjustedOrder, adjustment: KeptAdjustment, now: datetime) -> Paid | Late:
        """Sell the pieces; money that comes after they were given back takes them again if any are left."""
        campaign_id = adjustment.campaign_id
        was_released = FlashOrder.objects.filter(pk=order.id, state=FlashOrderState.RELEASED).exists()
        if was_released and campaign_id is not None:
            try:
                reserve_budget(campaign_id=campaign_id, money_minor=adjustment.amount_minor)
            except BudgetExhausted:
                return Late(GONE)
        if not sell_pieces(order_id=order.id, now=now):
            return Late(GONE)
        if campaign_id is not None:
            spend_budget(campaign_id=campaign_id, money_minor=adjustment.amount_minor)
        return Paid()

    def release(self, *, order: AdjustedOrder, adjustment: KeptAdjustment, reason: str, now: datetime) -> None:
        """Give the pieces and the budget back, if the order still has them."""
        before = give_back_pieces(order_id=order.id, now=now)
        if before != FlashOrderState.RELEASED and adjustment.campaign_id is not None:
            release_budget(
                campaign_id=adjustment.campaign_id,
                money_minor=adjustment.amount_minor,
                was_spent=before == FlashOrderState.SOLD,
            )


def _adjustment(item: FlashItem, line: BasketLine, *, token_id: UUID, now: datetime) -> OfferedAdjustment:
    places = {"flash": yuan(item.price_minor), "single": yuan(line.unit_minor)}
    return OfferedAdjustment(
        kind=FlashPriceSource.kind,
        per_line={line.key: max(line.unit_minor - item.price_minor, 0) * line.quantity},
        label=in_every_language(LABEL),
        explanation=[in_every_language(WHY_PRICE, places), in_every_language(WHY_TIME)],
        reference_id=item.pk,
        campaign_id=item.sale.campaign_id,
        rule_version=f"{item.sale.rule_id} v{item.sale.rule.version}",
        is_chosen=True,
        excludes=frozenset({EVERYTHING}),
        pay_by=now + rules.PAY_WITHIN,
        facts={"tokenId": str(token_id), "saleId": str(item.sale_id), "quantity": line.quantity},
    )
