"""Taking in the money of a payment."""

from datetime import timedelta

import pytest

from backend.checkout.actions import cancel_order, cancel_paid_orders, close_order, confirm_group_order
from backend.checkout.rules import LATE, NOT_PAID
from backend.core.ids import new_id
from backend.core.models import OutboxEvent
from backend.inventory.actions import reserve
from backend.inventory.models import StockItem
from backend.ledger.models import Transfer
from backend.ledger.selectors import conservation
from backend.orders.actions import mark_shipped
from backend.orders.models import OrderState
from backend.payments.actions import settle_refund, start_payment
from backend.payments.models import PaymentState, ProviderEvent, Refund, RefundState, Verdict
from backend.promotions.basket import Late, Paid
from tests.checkout.sources import CHOICE, StandIn, taking_part
from tests.factories.catalogue import make_variant
from tests.factories.orders import LATER, NOON, make_closed_order, make_order
from tests.factories.payments import make_notice, make_paid_order, pay

pytestmark = pytest.mark.django_db
TOO_LATE = NOON + timedelta(hours=3)


def told() -> list[str]:
    return list(OutboxEvent.objects.order_by("pk").values_list("name", flat=True))


def money() -> tuple[int, int, int, int, int]:
    book = conservation()
    assert book["difference"] == 0
    return book["captured"], book["kept"], book["held"], book["in_flight"], book["refunded"]


def test_money_makes_a_single_order_paid_and_confirmed():
    variant = make_variant(price_minor=5990, stock=10)
    placed = make_order(variants=[(variant, 2)])
    OutboxEvent.objects.all().delete()

    verdict = pay(placed)

    assert verdict == Verdict.APPLIED
    assert placed.order.state == OrderState.PAID
    assert placed.order.paid_at == placed.order.confirmed_at == LATER
    assert placed.payment.state == PaymentState.SUCCEEDED
    assert money() == (11980, 11980, 0, 0, 0)
    stock = StockItem.objects.get(pk=variant.pk)
    assert (stock.on_hand, stock.reserved) == (8, 0)
    assert [name for name in told() if name.startswith(("Order", "Payment"))] == [
        "PaymentCaptured",
        "OrderPaid",
        "OrderConfirmed",
    ]


def test_the_same_message_again_changes_nothing():
    placed = make_order()
    notice = make_notice(placed.payment)
    pay(placed, event_id=notice.event_id)
    before = (told(), Transfer.objects.count())

    verdict = pay(placed, event_id=notice.event_id)

    assert verdict == Verdict.REPEATED
    assert (told(), Transfer.objects.count()) == before
    assert ProviderEvent.objects.get().times_seen == 2


def test_another_message_about_the_same_money_changes_nothing():
    placed = make_paid_order()
    before = (told(), Transfer.objects.count())

    verdict = pay(placed)

    assert verdict == Verdict.REPEATED
    assert (told(), Transfer.objects.count()) == before


@pytest.mark.parametrize("wrong", [{"amount_minor": 1}, {"currency": "USD"}])
def test_another_amount_is_held_and_changes_nothing(wrong):
    placed = make_order()

    verdict = pay(placed, **wrong)

    assert verdict == Verdict.AMOUNT_MISMATCH
    assert placed.order.state == OrderState.PENDING_PAYMENT
    assert placed.payment.state == PaymentState.CREATED
    assert Transfer.objects.count() == 0
    assert ProviderEvent.objects.get().verdict == Verdict.AMOUNT_MISMATCH
    assert "ProviderEventHeld" in told()
    assert "OrderPaid" not in told()


def test_money_for_nobody_is_held():
    placed = make_order()

    verdict = pay(placed, reference="nobody")

    assert verdict == Verdict.UNKNOWN_PAYMENT
    assert placed.order.state == OrderState.PENDING_PAYMENT
    assert Transfer.objects.count() == 0


def test_late_money_revives_an_order_that_was_not_paid_in_time():
    placed = make_closed_order()
    assert placed.order.state == OrderState.CLOSED

    pay(placed, now=TOO_LATE)

    assert placed.order.state == OrderState.PAID
    assert placed.order.late_payment
    assert placed.order.close_reason == ""
    assert Refund.objects.count() == 0
    assert money()[1] == placed.order.total_minor


def test_late_money_goes_back_when_the_stock_is_gone():
    variant = make_variant(stock=1)
    placed = make_order(variants=[(variant, 1)])
    close_order(order_id=placed.order.id, reason=NOT_PAID, now=TOO_LATE)
    reserve(order_id=new_id(), demand={variant.pk: 1}, now=TOO_LATE)
    placed.order.refresh_from_db()

    pay(placed, now=TOO_LATE)

    assert placed.order.state == OrderState.CANCELLED
    assert placed.order.close_reason == LATE
    assert Refund.objects.get().amount_minor == placed.order.total_minor
    assert money() == (placed.order.total_minor, 0, 0, placed.order.total_minor, 0)
    assert "OrderPaid" not in told()


def test_late_money_goes_back_when_the_buyer_had_cancelled():
    placed = make_order()
    cancel_order(order_id=placed.order.id, buyer_id=placed.order.buyer_id, idempotency_key=new_id(), now=LATER)

    pay(placed, now=TOO_LATE)

    assert placed.order.state == OrderState.CANCELLED
    assert Refund.objects.get().reason == LATE


def test_a_refund_that_arrives_makes_the_order_refunded():
    placed = make_order()
    cancel_order(order_id=placed.order.id, buyer_id=placed.order.buyer_id, idempotency_key=new_id(), now=LATER)
    pay(placed, now=TOO_LATE)
    refund = Refund.objects.get()

    assert settle_refund(refund_id=refund.id, now=TOO_LATE)
    assert not settle_refund(refund_id=refund.id, now=TOO_LATE)

    placed.order.refresh_from_db()
    placed.payment.refresh_from_db()
    assert placed.order.state == OrderState.REFUNDED
    assert placed.payment.state == PaymentState.REFUNDED
    assert money() == (placed.order.total_minor, 0, 0, 0, placed.order.total_minor)
    assert told().count("OrderRefunded") == 1


def test_a_second_payment_of_a_paid_order_goes_back():
    placed = make_order()
    second = start_payment(order_id=placed.order.id, provider="other", now=NOON)
    pay(placed)

    pay(placed, reference=second.reference, provider="other")

    assert placed.order.state == OrderState.PAID
    refund = Refund.objects.get()
    assert (refund.payment_id, refund.reason) == (second.id, "second_payment")
    settle_refund(refund_id=refund.id, now=LATER)
    placed.order.refresh_from_db()
    assert placed.order.state == OrderState.PAID
    assert "OrderRefunded" not in told()
    total = placed.order.total_minor
    assert money() == (2 * total, total, 0, 0, total)


def test_an_order_that_waits_for_a_group_holds_its_money_until_the_group_is_full():
    with taking_part(StandIn(answer=Paid(awaits_group=True), is_group=True)) as source:
        placed = make_order(choices=CHOICE)
        pay(placed)
        total = placed.order.total_minor
        assert placed.order.state == OrderState.AWAITING_GROUP
        assert placed.order.kind == "group"
        assert money() == (total, 0, total, 0, 0)

        assert confirm_group_order(order_id=placed.order.id, now=TOO_LATE)
        assert not confirm_group_order(order_id=placed.order.id, now=TOO_LATE)

    placed.order.refresh_from_db()
    assert placed.order.state == OrderState.PAID
    assert money() == (total, total, 0, 0, 0)
    assert source.heard == ["lock", "commit", "lock", "paid"]
    assert told().count("OrderConfirmed") == 1


def test_an_order_whose_group_expired_is_refunded_with_the_pieces_back_on_the_shelf():
    with taking_part(StandIn(answer=Paid(awaits_group=True), is_group=True)) as source:
        variant = make_variant(stock=5)
        placed = make_order(choices=CHOICE, variants=[(variant, 1)])
        pay(placed)

        for _ in range(2):
            cancel_paid_orders(order_ids=[placed.order.id], reason="group_expired", cause="group:1", now=TOO_LATE)

    placed.order.refresh_from_db()
    total = placed.order.total_minor
    assert placed.order.state == OrderState.CANCELLED
    assert money() == (total, 0, 0, total, 0)
    assert Refund.objects.count() == 1
    stock = StockItem.objects.get(pk=variant.pk)
    assert (stock.on_hand, stock.reserved) == (5, 0)
    assert source.heard.count("release: group_expired") == 1


def test_a_source_that_is_late_sends_the_money_back():
    with taking_part(StandIn(answer=Late("seat gone"))) as source:
        variant = make_variant(stock=5)
        placed = make_order(choices=CHOICE, variants=[(variant, 1)])

        pay(placed)

    assert placed.order.state == OrderState.CANCELLED
    assert Refund.objects.get().state == RefundState.APPROVED
    assert source.heard[-1] == f"release: {LATE}"
    stock = StockItem.objects.get(pk=variant.pk)
    assert (stock.on_hand, stock.reserved) == (5, 0)
    assert "OrderPaid" not in told()


def test_an_order_that_costs_nothing_is_paid_without_a_provider(settings):
    settings.SHIPPING_MINOR = 0
    with taking_part(StandIn(off_minor=5990)):
        placed = make_order(choices=CHOICE, variants=[(make_variant(price_minor=5990), 1)])

    placed.order.refresh_from_db()
    assert placed.order.total_minor == 0
    assert placed.order.state == OrderState.PAID
    assert (placed.payment.amount_minor, placed.payment.state) == (0, PaymentState.SUCCEEDED)
    assert Transfer.objects.count() == 0


def test_money_that_the_provider_sent_back_by_itself_puts_the_pieces_back_if_nothing_was_sent():
    variant = make_variant(stock=5)
    placed = make_order(variants=[(variant, 1)])
    pay(placed)

    for _ in range(2):
        pay(placed, kind="refund.succeeded", refund_key="by-hand")

    stock = StockItem.objects.get(pk=variant.pk)
    assert placed.order.state == OrderState.REFUNDED
    assert (stock.on_hand, stock.reserved) == (5, 0)


def test_money_that_the_provider_sent_back_after_the_parcel_left_leaves_the_stock_as_it_is():
    variant = make_variant(stock=5)
    placed = make_order(variants=[(variant, 1)])
    pay(placed)
    mark_shipped(order=placed.order, now=TOO_LATE)

    pay(placed, kind="refund.succeeded", refund_key="by-hand")

    stock = StockItem.objects.get(pk=variant.pk)
    assert placed.order.state == OrderState.REFUNDED
    assert (stock.on_hand, stock.reserved) == (4, 0)
