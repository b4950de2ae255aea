"""Ten people refund the same payment at the same instant, each all of it: the money goes back once."""

import time
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from backend.ledger.selectors import conservation
from backend.payments.actions import request_refund
from backend.payments.errors import NothingToRefund
from backend.payments.models import Payment, Refund
from tests.factories.orders import LATER
from tests.factories.payments import make_paid_order
from tests.support.races import all_at_once

NUMBER = 6
NAME = "refund of one payment, 10 at once"
TIMES = 10
THINKING_SECONDS = 0.02


def violations(*, guarded: bool) -> int:
    """Count refunds beyond what was captured."""
    placed = make_paid_order()
    total = placed.order.total_minor

    def ask(number: int) -> None:
        if not guarded:
            naive_refund(placed.payment.pk, number)
            return
        try:
            request_refund(order_id=placed.order.id, reason="drill", cause=f"drill {number}", now=LATER)
        except NothingToRefund:
            return

    outcome = all_at_once(TIMES, ask)

    asked = Refund.objects.aggregate(sum=Sum("amount_minor"))["sum"] or 0
    return int(len(outcome.raised) + abs(asked // total - 1) + int(conservation()["difference"] != 0))


def naive_refund(payment_id: UUID, number: int) -> None:
    """Read what went back, think, write one more."""
    with transaction.atomic():
        payment = Payment.objects.get(pk=payment_id)
        gone = Refund.objects.filter(payment=payment).aggregate(sum=Sum("amount_minor"))["sum"] or 0
        if gone >= payment.captured_minor:
            return
        time.sleep(THINKING_SECONDS)
        Refund.objects.create(
            payment=payment, order_id=payment.order_id, cause=f"drill {number}", reason="drill",
            amount_minor=payment.captured_minor, requested_at=LATER,
        )  # fmt: skip
