"""Bank transfer: an order that waits for days, and the statement that pays it exactly once."""

import sys
from datetime import timedelta

import pytest
from django.db import IntegrityError

from backend.checkout.actions import close_overdue_orders
from backend.core.ids import new_id
from backend.core.models import OutboxEvent
from backend.inventory.models import StockItem
from backend.ledger.selectors import conservation
from backend.orders.models import OrderKind, OrderState
from backend.payments import ports
from backend.payments.actions import (
    choose_payment,
    reconcile,
    request_refund,
    resolve_difference,
    submit_refund,
    watch_refunds,
)
from backend.payments.errors import CannotResolve, TooManyTransfers, TransferNotForThis
from backend.payments.gauges import STUCK_REFUNDS
from backend.payments.models import (
    ChosenProvider,
    Difference,
    Payment,
    PaymentAlert,
    PaymentState,
    Reconciliation,
    Refund,
    RefundState,
    Resolution,
    StatementRow,
)
from backend.payments.ports import TransferTerms
from backend.payments.providers.transfer import TransferProvider
from backend.payments.rules.transfers import BY_HAND_WITHIN, LETTERS, reference_in, refund_in, transfer_reference
from backend.payments.selectors.refunds import refunds_in_trouble, refunds_to_send
from backend.payments.wording import problem_text
from tests.factories.catalogue import make_variant
from tests.factories.orders import LATER, NOON, make_buyer, make_order
from tests.support.races import all_at_once

HEAD = "交易流水号,交易时间,收入金额,支出金额,对方户名,附言"
NEXT_DAY = NOON + timedelta(days=1)
TERMS = TransferTerms(
    holder="团子", number="0000", bank="演示银行", code="", from_minor=50_000, within=timedelta(days=3)
)


@pytest.fixture(autouse=True)
def bank(monkeypatch):
    monkeypatch.setattr(ports, "_providers", dict(ports._providers))
    monkeypatch.setattr(ports, "_offered", [*ports._offered, "transfer"])
    ports.register_provider(TransferProvider(TERMS))


def waiting(*, price_minor: int = 123_405, buyer=None) -> Payment:
    """The payment of an order that waits for a transfer."""
    placed = make_order(buyer=buyer, variants=[(make_variant(price_minor=price_minor), 1)])
    return chosen(placed.order)


def chosen(order) -> Payment:
    return choose_payment(order_id=order.id, buyer_id=order.buyer_id, provider="transfer", now=LATER)


def came(number: int, amount: str, purpose: str) -> str:
    return f"B{number},2026-03-02 09:30:00,{amount},,王小明,{purpose}"


def went(number: int, amount: str, purpose: str) -> str:
    return f"B{number},2026-03-02 09:30:00,,{amount},王小明,{purpose}"


def brought(*lines: str, name: str = "bank.csv", now=NEXT_DAY) -> Reconciliation:
    content = "\n".join([HEAD, *lines]).encode()
    return reconcile(provider="transfer", file_name=name, content=content, by=make_buyer("Susan").id, now=now)


def resolved(task: Difference, how: Resolution) -> Difference:
    return resolve_difference(
        difference_id=task.id, resolution=how, note="looked up", by=make_buyer("Ann").id, now=NEXT_DAY
    )


@pytest.mark.django_db
def test_an_order_that_is_paid_by_transfer_waits_three_days_and_keeps_its_pieces():
    payment = waiting()

    assert close_overdue_orders(now=NOON + timedelta(days=2)) == 0
    stock = StockItem.objects.get()
    assert (payment.expires_at, stock.reserved) == (NOON + timedelta(days=3), 1)
    assert not ChosenProvider.objects.exists()
    assert close_overdue_orders(now=NOON + timedelta(days=3, seconds=1)) == 1
    stock.refresh_from_db()
    assert stock.reserved == 0


@pytest.mark.django_db
def test_choosing_it_again_gives_the_same_payment_and_no_more_time():
    first = waiting()

    again = choose_payment(
        order_id=first.order_id, buyer_id=first.order.buyer_id, provider="transfer", now=NOON + timedelta(days=1)
    )

    assert (again.pk, again.expires_at) == (first.pk, first.expires_at)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"total_minor": 49_999, "items_minor": 49_999},
        {"kind": OrderKind.GROUP},
        {"pay_deadline_at": NOON + timedelta(minutes=10)},
    ],
)
def test_small_orders_groups_and_hurried_offers_cannot_wait_for_a_transfer(change):
    order = make_order(variants=[(make_variant(price_minor=123_405), 1)]).order
    type(order).objects.filter(pk=order.pk).update(**change)

    with pytest.raises(TransferNotForThis):
        chosen(order)

    assert not Payment.objects.filter(provider="transfer").exists()
    before = order.pay_deadline_at
    order.refresh_from_db()
    assert order.pay_deadline_at == change.get("pay_deadline_at", before)


@pytest.mark.django_db
def test_one_buyer_has_two_such_orders_at_most():
    buyer = make_buyer()
    waiting(buyer=buyer)
    waiting(buyer=buyer)

    with pytest.raises(TooManyTransfers):
        waiting(buyer=buyer)

    assert Payment.objects.filter(provider="transfer").count() == 2


@pytest.mark.django_db
def test_a_transfer_of_the_whole_sum_pays_the_order_once(deliver_outbox):
    payment = waiting()
    spaced = f"货款 {payment.reference[:6].lower()} {payment.reference[6:]}"

    run = brought(came(1, "1,234.05".replace(",", ""), spaced), came(2, "88.00", "房租"))
    deliver_outbox()

    payment.refresh_from_db()
    payment.order.refresh_from_db()
    assert (payment.state, payment.provider_reference) == (PaymentState.SUCCEEDED, "B1")
    assert payment.order.state == OrderState.PAID
    assert (run.matched_count, [task.there_minor for task in Difference.objects.all()]) == (1, [8800])
    assert conservation()["difference"] == 0


@pytest.mark.django_db
def test_the_same_movement_in_two_files_is_taken_once(deliver_outbox):
    payment = waiting()
    brought(came(1, "1234.05", payment.reference))
    deliver_outbox()

    again = brought(came(1, "1234.05", payment.reference), came(2, "5.00", "x"), name="again.csv")
    deliver_outbox()

    assert (again.rows_count, again.known_count) == (2, 1)
    payment.refresh_from_db()
    assert payment.captured_minor == 123_405
    assert conservation()["captured"] == 123_405


@pytest.mark.django_db
def test_the_database_refuses_a_movement_twice():
    payment = waiting()
    run = brought(came(1, "1234.05", payment.reference))
    row = StatementRow.objects.get()

    row.pk = new_id()
    with pytest.raises(IntegrityError, match="statement_row_once"):
        row.save(force_insert=True)

    assert run.rows_count == 1


@pytest.mark.django_db
def test_too_little_is_a_persons_task_and_booked_it_is_not_the_orders(deliver_outbox):
    payment = waiting()
    brought(came(1, "1234.00", payment.reference))
    task = Difference.objects.get()
    assert (task.kind, task.payment_id, task.there_minor) == ("MISSING_HERE", payment.id, 123_400)

    with pytest.raises(CannotResolve):
        resolved(task, Resolution.REFUND)
    resolved(task, Resolution.BOOK)
    deliver_outbox()

    payment.refresh_from_db()
    assert payment.state == PaymentState.CREATED
    assert conservation()["difference"] == 0


@pytest.mark.django_db
def test_too_much_pays_the_order_when_a_person_books_it_and_the_rest_is_noted(deliver_outbox):
    payment = waiting()
    brought(came(1, "1300.00", payment.reference))

    resolved(Difference.objects.get(), Resolution.BOOK)
    deliver_outbox()

    payment.refresh_from_db()
    assert payment.captured_minor == 123_405
    book = conservation()
    assert (book["difference"], book["unexplained"]) == (0, 130_000 - 123_405)


@pytest.mark.django_db
def test_a_late_transfer_revives_the_order_when_a_person_books_it(deliver_outbox):
    payment = waiting()
    late = NOON + timedelta(days=4)
    close_overdue_orders(now=late)
    brought(came(1, "1234.05", payment.reference), now=late)
    payment.refresh_from_db()
    assert payment.captured_minor == 0

    resolved(Difference.objects.get(), Resolution.BOOK)
    deliver_outbox()

    payment.order.refresh_from_db()
    assert payment.order.state == OrderState.PAID


@pytest.mark.django_db
def test_a_second_transfer_of_the_same_reference_is_a_persons_task(deliver_outbox):
    payment = waiting()
    brought(came(1, "1234.05", payment.reference), came(2, "1234.05", payment.reference))
    deliver_outbox()
    brought(came(3, "1234.05", payment.reference), name="next.csv")
    deliver_outbox()

    assert {task.row.key for task in Difference.objects.all()} == {"B2", "B3"}
    for task in Difference.objects.all():
        resolved(task, Resolution.BOOK)
    deliver_outbox()
    book = conservation()
    payment.refresh_from_db()
    assert payment.captured_minor == 123_405
    assert (book["captured"], book["unexplained"], book["difference"]) == (370_215, 246_810, 0)


@pytest.mark.django_db
def test_a_refund_goes_by_hand_and_the_statement_settles_it(deliver_outbox):
    payment = waiting()
    brought(came(1, "1234.05", payment.reference))
    deliver_outbox()
    refund = request_refund(order_id=payment.order_id, reason="t", cause="t", amount_minor=3405, now=NEXT_DAY)

    submit_refund(refund_id=refund.id, clock=lambda: NEXT_DAY)
    refund.refresh_from_db()
    assert refund.state == RefundState.MANUAL
    assert refund.id.hex in problem_text(refund.problem)
    run = brought(went(2, "34.05", f"退款 {refund.id.hex}"), went(3, "34.05", "退款"), name="next.csv")
    deliver_outbox()

    refund.refresh_from_db()
    assert refund.state == RefundState.SUCCEEDED
    assert (run.matched_count, Difference.objects.get().row.key) == (1, "B3")


@pytest.fixture
def to_send(deliver_outbox):
    """A refund of a transfer that waits for a person."""
    payment = waiting()
    brought(came(1, "1234.05", payment.reference))
    deliver_outbox()
    refund = request_refund(order_id=payment.order_id, reason="t", cause="t", amount_minor=3405, now=NEXT_DAY)
    submit_refund(refund_id=refund.id, clock=lambda: NEXT_DAY)
    refund.refresh_from_db()
    return refund


@pytest.mark.django_db
def test_a_refund_that_a_person_sends_in_time_is_a_work_list_and_no_alarm(to_send, deliver_outbox):
    in_time = NEXT_DAY + BY_HAND_WITHIN - timedelta(minutes=1)

    assert watch_refunds(now=in_time) == 0
    deliver_outbox()

    assert not PaymentAlert.objects.exists()
    assert not OutboxEvent.objects.filter(name="RefundNeedsHelp").exists()
    assert STUCK_REFUNDS.is_healthy(STUCK_REFUNDS.read(None, in_time))
    assert [each.id for each in refunds_to_send(first=5, after=None).nodes] == [to_send.id]
    assert not refunds_in_trouble(first=5, after=None).nodes


@pytest.mark.django_db
def test_a_refund_that_nobody_sent_in_time_is_an_alarm_until_the_statement_tells_of_it(to_send, deliver_outbox):
    late = NEXT_DAY + BY_HAND_WITHIN

    assert watch_refunds(now=late) == 1
    watch_refunds(now=late + timedelta(minutes=1))
    assert PaymentAlert.objects.get(kind="refund_stuck").closed_at is None

    brought(went(2, "34.05", f"退款 {to_send.id.hex}"), went(3, "34.05", "退款"), name="next.csv", now=late)
    deliver_outbox()
    assert watch_refunds(now=late + timedelta(minutes=2)) == 0
    assert PaymentAlert.objects.get(kind="refund_stuck").closed_at is not None


@pytest.mark.django_db
def test_a_refund_that_a_provider_did_not_take_is_an_alarm_at_once(to_send):
    Refund.objects.filter(pk=to_send.pk).update(problem="ABNORMAL")

    assert watch_refunds(now=NEXT_DAY) == 1


def bring_one_file_many_times(monkeypatch, *, guarded: bool):
    """Ten people bring the same file at the same instant."""
    payment = waiting()
    content = "\n".join([HEAD, came(1, "1234.05", payment.reference)]).encode()
    susan = make_buyer("Susan")
    if not guarded:
        module = sys.modules[reconcile.__module__]
        monkeypatch.setattr(module, "advisory_lock", lambda *names: None)

    def bring(number: int) -> Reconciliation:
        return reconcile(provider="transfer", file_name="bank.csv", content=content, by=susan.id, now=NEXT_DAY)

    return all_at_once(10, bring)


def test_a_file_that_is_brought_many_times_at_once_is_one_comparison(fresh_database, monkeypatch, deliver_outbox):
    outcome = bring_one_file_many_times(monkeypatch, guarded=True)
    deliver_outbox()

    assert (outcome.raised, len({run.pk for run in outcome.answers})) == ([], 1)
    assert StatementRow.objects.count() == 1
    assert conservation()["captured"] == 123_405


def test_control_without_the_queue_only_the_database_stops_the_second(fresh_database, monkeypatch, deliver_outbox):
    outcome = bring_one_file_many_times(monkeypatch, guarded=False)
    deliver_outbox()

    assert {type(raised) for raised in outcome.raised} == {IntegrityError}
    assert StatementRow.objects.count() == 1
    assert conservation()["captured"] == 123_405


def test_a_reference_is_found_among_other_words_and_a_wrong_letter_is_noticed():
    reference = transfer_reference(new_id())
    wrong = reference[:5] + LETTERS[(LETTERS.index(reference[5]) + 1) % 31] + reference[6:]

    assert reference_in(f"订单货款：{reference.lower()}，谢谢") == reference
    assert reference_in(f"{reference[:4]}-{reference[4:8]} {reference[8:]}") == reference
    assert reference_in(wrong) == reference_in("TZ") == reference_in("") == ""
    assert refund_in("没有") == ""
