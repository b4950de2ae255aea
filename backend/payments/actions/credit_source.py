"""How store credit takes part in an order: the last layer, a tender that pays instead of lowering the price."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.payments.actions.store_credit import end_hold, hold_credit, open_wallets
from backend.payments.errors import StoreCreditChanged
from backend.payments.models import CreditHold, CreditState
from backend.payments.providers.amounts import yuan
from backend.payments.rules import spread_tender
from backend.payments.selectors import available_credit
from backend.promotions.adjustments import AdjustedOrder, KeptAdjustment
from backend.promotions.basket import Basket, Late, Layer, LockRank, OfferedAdjustment, Paid

LABEL = {"zh-Hans": "账户余额", "zh-Hant": "帳戶餘額", "en": "Store credit"}


class StoreCreditSource:
    """Pays with the buyer's store credit if the buyer says so, as far as it goes."""

    kind = "store_credit"
    layer = Layer.TENDER
    lock_rank = LockRank.WALLET

    def quote(
        self, *, basket: Basket, choice: Mapping[str, Any], buyer_id: UUID | None, now: datetime
    ) -> Sequence[OfferedAdjustment]:
        """Offer what the wallet holds, at most what is to be paid."""
        if buyer_id is None or not choice.get("use"):
            return []
        available = available_credit(buyer_id)
        amount = min(available, basket.left_minor + basket.shipping_minor)
        if amount <= 0:
            return []
        lines, shipping = spread_tender(
            amount_minor=amount,
            lines_minor=[line.left_minor for line in basket.lines],
            shipping_minor=basket.shipping_minor,
        )
        per_line = {line.key: part for line, part in zip(basket.lines, lines, strict=True) if part}
        return [
            OfferedAdjustment(
                kind=self.kind,
                per_line=per_line,
                shipping_minor=shipping,
                label=LABEL,
                explanation=[_explained(amount, available - amount)],
                reference_id=buyer_id,
                is_tender=True,
                facts={"availableMinor": available},
            )
        ]

    def lock(self, *, adjustments: Sequence[KeptAdjustment]) -> None:
        """Hold the wallets."""
        open_wallets(owner_ids=[each.reference_id for each in adjustments if each.reference_id])

    def commit(self, *, order: AdjustedOrder, adjustment: KeptAdjustment, now: datetime) -> None:
        """Set the credit aside.

        Raises: StoreCreditChanged.
        """
        hold_credit(order_id=order.id, owner_id=order.buyer_id, amount_minor=adjustment.amount_minor, now=now)

    def paid(self, *, order: AdjustedOrder, adjustment: KeptAdjustment, now: datetime) -> Paid | Late:
        """Spend what was set aside."""
        answer = self.authorised(order=order, adjustment=adjustment, now=now)
        if isinstance(answer, Paid):
            end_hold(order_id=order.id, into=CreditState.TAKEN, now=now)
        return answer

    def authorised(self, *, order: AdjustedOrder, adjustment: KeptAdjustment, now: datetime) -> Paid | Late:
        """Leave aside what was set aside; an order that is revived must find its credit again."""
        if CreditHold.objects.filter(pk=order.id, state=CreditState.RELEASED).exists():
            try:
                self.commit(order=order, adjustment=adjustment, now=now)
            except StoreCreditChanged:
                return Late("store credit is spent")
        return Paid()

    def release(self, *, order: AdjustedOrder, adjustment: KeptAdjustment, reason: str, now: datetime) -> None:
        """Free what was set aside. What was spent goes back as a refund."""
        end_hold(order_id=order.id, into=CreditState.RELEASED, now=now)


def _explained(amount: int, left: int) -> dict[str, str]:
    paid, rest = f"¥{yuan(amount)}", f"¥{yuan(left)}"
    return {
        "zh-Hans": f"用余额支付 {paid}，还剩 {rest}。退款时先退实付的钱，再退余额。",
        "zh-Hant": f"用餘額支付 {paid}，還剩 {rest}。退款時先退實付的錢，再退餘額。",
        "en": f"{paid} is paid from store credit, {rest} stays. A refund returns money first, credit after it.",
    }
