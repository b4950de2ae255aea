"""Ten agents settle cases of the same piece at the same instant: the piece and its money go back once."""

import time
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from backend.aftersales.actions import approve_case
from backend.aftersales.errors import TooManyPieces
from backend.aftersales.models import AfterSaleCase, CaseLine
from backend.core.errors import DomainError
from backend.core.ids import new_id
from backend.orders.models import OrderLine
from backend.payments.models import Payment, Refund
from tests.factories.aftersales import ASKED, ask, first_line, make_agent, make_order_of
from tests.support.races import all_at_once

NUMBER = 6
NAME = "refund of one piece of a line, 10 at once"
TIMES = 10
PIECES = 3
THINKING_SECONDS = 0.02


def violations(*, guarded: bool) -> int:
    """Count pieces claimed beyond what was bought, and money beyond what was paid for them."""
    order = make_order_of(PIECES, price_minor=1111)
    line, agent = first_line(order), make_agent()

    def give_back(number: int) -> None:
        if not guarded:
            naive_return(line.pk)
            return
        try:
            case = ask(order, kind="REFUND_ONLY", reason="DAMAGED")
        except TooManyPieces:
            return
        approve_case(
            case_id=case.id, agent_id=agent.id, version=case.version, amount_minor=None, remedy=None, note="", now=ASKED
        )

    outcome = all_at_once(TIMES, give_back)
    twice = settle_twice(order.id, agent.id) if guarded else 0

    line.refresh_from_db()
    asked = Refund.objects.filter(order=order).aggregate(sum=Sum("amount_minor"))["sum"] or 0
    claimed = CaseLine.objects.filter(order_line=line).aggregate(sum=Sum("quantity"))["sum"] or 0
    paid = line.total_minor + order.shipping_minor
    if not guarded:
        return max(0, naive_claims(line.pk) - PIECES)
    wrong = abs(claimed - PIECES) + abs(line.refunded_quantity - PIECES) + int(line.refunded_minor != line.total_minor)
    return int(len(outcome.raised) + wrong + int(asked > paid) + twice)


def settle_twice(order_id: UUID, agent_id: UUID) -> int:
    """Ten more decisions about a case that is settled: none of them may move money."""
    case = AfterSaleCase.objects.filter(order_id=order_id).order_by("pk")[0]
    before = Refund.objects.filter(order_id=order_id).count()

    def again(number: int) -> None:
        try:
            approve_case(
                case_id=case.id,
                agent_id=agent_id,
                version=case.version,
                amount_minor=None,
                remedy=None,
                note="",
                now=ASKED,
            )
        except DomainError:
            return

    all_at_once(TIMES, again)
    return Refund.objects.filter(order_id=order_id).count() - before


def naive_return(line_id: UUID) -> None:
    """Read how many pieces were given back, think, give one more."""
    with transaction.atomic():
        line = OrderLine.objects.get(pk=line_id)
        if naive_claims(line_id) >= line.quantity:
            return
        time.sleep(THINKING_SECONDS)
        payment = Payment.objects.get(order_id=line.order_id)
        share = line.total_minor // line.quantity
        Refund.objects.create(
            payment=payment, order_id=line.order_id, cause=f"{line_id}:{new_id()}", reason="drill", amount_minor=share,
            requested_at=ASKED,
        )  # fmt: skip


def naive_claims(line_id: UUID) -> int:
    """How many pieces the naive way gave back."""
    return Refund.objects.filter(cause__startswith=f"{line_id}:").count()
