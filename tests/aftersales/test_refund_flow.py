"""From asking to the money back, on the real database."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from backend.aftersales import actions, errors
from backend.aftersales.events import LinesRefunded
from backend.aftersales.models import AfterSaleCase, CaseEvent, CaseLine, CaseState, Standing
from backend.core.errors import InvalidInput, KeyReused, NotFound
from backend.core.ids import new_id
from backend.core.outbox.models import OutboxEvent
from backend.inventory.selectors import available_of
from backend.orders.models import Order, OrderState
from backend.payments.actions import settle_refund
from backend.payments.models import Payment, Refund
from tests.factories.aftersales import ARRIVED, ASKED, ask, first_line, make_agent, make_order_of, make_sent_order
from tests.factories.catalogue import make_picture, make_variant
from tests.factories.orders import make_buyer, make_order
from tests.factories.payments import make_paid_order

DAY = timedelta(days=1)


def settle_all(order, now=ASKED + 3 * DAY):
    for refund in Refund.objects.filter(order=order):
        settle_refund(refund_id=refund.id, now=now)


def returned(case, agent, *, good=True, now=ASKED):
    """Walk a case until the inspection."""
    case = actions.take_case(case_id=case.id, agent_id=agent.id, now=now)
    case = actions.approve_case(
        case_id=case.id, agent_id=agent.id, version=case.version, amount_minor=None, remedy=None, note="", now=now
    )
    actions.send_back(case_id=case.id, buyer_id=case.buyer_id, carrier="顺丰", tracking="SF1234567890", now=now + DAY)
    case = actions.receive_back(case_id=case.id, agent_id=agent.id, now=now + 2 * DAY)
    fit = {line.id: line.quantity for line in CaseLine.objects.filter(case=case)}
    return actions.inspect_case(
        case_id=case.id, agent_id=agent.id, version=case.version, fit=fit if good else {}, is_good=good,
        note="" if good else "The pot is broken and glued.", now=now + 2 * DAY,
    )  # fmt: skip


def test_a_returned_piece_brings_its_share_back_and_stands_on_the_shelf_again(db, deliver_outbox):
    order = make_order_of(3, price_minor=3333)
    variant_id = first_line(order).variant_id
    before = available_of([variant_id])[variant_id]

    case = returned(ask(order), make_agent())
    settle_all(order)
    deliver_outbox()

    case.refresh_from_db()
    line = first_line(order)
    assert case.state == CaseState.DONE
    assert (line.refunded_quantity, line.refunded_minor) == (1, 3333)
    assert Refund.objects.get(order=order).amount_minor == 3333
    assert available_of([variant_id])[variant_id] == before + 1
    assert Order.objects.get(pk=order.id).state == OrderState.PARTIALLY_REFUNDED


def test_what_the_inspection_finds_unfit_does_not_go_back_to_the_shelf(db):
    order = make_order_of(1)
    agent = make_agent()
    variant_id = first_line(order).variant_id
    before = available_of([variant_id])[variant_id]
    case = actions.take_case(case_id=ask(order, reason="QUALITY").id, agent_id=agent.id, now=ASKED)
    case = actions.approve_case(
        case_id=case.id, agent_id=agent.id, version=case.version, amount_minor=None, remedy=None, note="", now=ASKED
    )
    actions.send_back(case_id=case.id, buyer_id=case.buyer_id, carrier="SF", tracking="SF1", now=ASKED)
    case = actions.receive_back(case_id=case.id, agent_id=agent.id, now=ASKED)

    actions.inspect_case(
        case_id=case.id, agent_id=agent.id, version=case.version, fit={}, is_good=True, note="", now=ASKED
    )

    assert available_of([variant_id])[variant_id] == before


def test_all_pieces_in_three_cases_give_exactly_what_was_paid(db, deliver_outbox):
    order = make_order_of(3, price_minor=1111)
    agent = make_agent()
    line = first_line(order)
    Order.objects.filter(pk=order.id).update(items_minor=3333)

    for number in range(3):
        returned(ask(order, now=ASKED + number * DAY), agent, now=ASKED + number * DAY)

    line.refresh_from_db()
    assert line.refunded_minor == line.total_minor
    assert sum(Refund.objects.filter(order=order).values_list("amount_minor", flat=True)) == line.total_minor
    with pytest.raises(errors.TooManyPieces):
        ask(order)


def test_an_order_that_was_not_sent_gives_everything_back_with_its_shipping(db, deliver_outbox):
    order = make_paid_order(variants=[(variant := make_variant(price_minor=2000, stock=5), 2)]).order
    assert order.shipping_minor > 0

    case = ask(order, kind="REFUND_ONLY", quantity=2, now=order.paid_at + timedelta(hours=1))
    agent = make_agent()
    case = actions.approve_case(
        case_id=case.id, agent_id=agent.id, version=case.version, amount_minor=None, remedy=None, note="",
        now=order.paid_at + timedelta(hours=2),
    )  # fmt: skip
    settle_all(order)
    deliver_outbox()

    order.refresh_from_db()
    case.refresh_from_db()
    assert case.requested_minor == 4000 + order.shipping_minor
    assert order.state == OrderState.REFUNDED
    assert case.state == CaseState.DONE
    assert available_of([variant.pk])[variant.pk] == 5


def test_a_mind_that_changed_does_not_bring_the_shipping_back(db):
    order = make_order_of(1, price_minor=2000)

    case = ask(order)

    assert (case.requested_minor, case.shipping_minor) == (2000, 0)


def test_a_fault_brings_the_shipping_back_once(db):
    order = make_sent_order(variants=[(make_variant(price_minor=1500), 1), (make_variant(price_minor=1600), 1)])
    one, other = order.lines.order_by("position")

    first = ask(order, reason="QUALITY", pieces={one.id: 1})
    second = ask(order, reason="QUALITY", pieces={other.id: 1})

    assert first.shipping_minor == 0
    assert second.shipping_minor == order.shipping_minor > 0


def test_the_desk_may_grant_less_and_the_piece_is_settled_all_the_same(db):
    order = make_order_of(2, price_minor=3000)
    agent = make_agent()
    case = ask(order, kind="REFUND_ONLY", reason="DAMAGED")

    case = actions.approve_case(
        case_id=case.id, agent_id=agent.id, version=case.version, amount_minor=1000, remedy=None, note="", now=ASKED
    )

    line = first_line(order)
    assert (line.refunded_quantity, line.refunded_minor) == (1, 1000)
    assert ask(order).requested_minor == 3000


def test_the_desk_cannot_grant_more_than_was_asked_for(db):
    order = make_order_of(1, price_minor=5990)
    case = ask(order, kind="REFUND_ONLY", reason="DAMAGED")

    with pytest.raises(errors.AmountTooHigh):
        actions.approve_case(
            case_id=case.id, agent_id=make_agent().id, version=case.version, amount_minor=5991, remedy=None, note="",
            now=ASKED,
        )  # fmt: skip

    assert not Refund.objects.exists()


def test_the_same_request_twice_makes_one_case(db):
    order = make_order_of(2)
    key = new_id()

    assert ask(order, key=key).id == ask(order, key=key).id
    assert AfterSaleCase.objects.count() == 1
    with pytest.raises(KeyReused):
        ask(order, key=key, quantity=2)


def test_pieces_in_an_open_case_cannot_be_asked_for_again_from_another_tab(db):
    order = make_order_of(1)
    ask(order)

    with pytest.raises(errors.TooManyPieces) as refused:
        ask(order)

    assert refused.value.left == 0
    assert AfterSaleCase.objects.count() == 1


def test_a_withdrawn_case_frees_its_pieces_and_lets_the_orders_clock_run_on(db):
    order = make_order_of(1)
    case = ask(order)
    order.refresh_from_db()
    assert order.completion_paused_at == ASKED
    due = order.complete_at

    actions.cancel_after_sale(case_id=case.id, buyer_id=order.buyer_id, now=ASKED + DAY)

    order.refresh_from_db()
    assert order.completion_paused_at is None
    assert order.complete_at == due + DAY
    assert CaseLine.objects.get(case=case).standing == Standing.VOID
    assert ask(order, now=ASKED + DAY).state == CaseState.APPLIED


def test_two_open_cases_pause_the_clock_until_both_are_over(db):
    order = make_order_of(2)
    one, other = ask(order), ask(order)

    actions.cancel_after_sale(case_id=one.id, buyer_id=order.buyer_id, now=ASKED + DAY)
    order.refresh_from_db()
    assert order.completion_paused_at is not None

    actions.cancel_after_sale(case_id=other.id, buyer_id=order.buyer_id, now=ASKED + DAY)
    order.refresh_from_db()
    assert order.completion_paused_at is None


def nothing_written():
    return not AfterSaleCase.objects.exists() and not CaseEvent.objects.exists()


def test_an_unpaid_order_has_no_after_sale(db):
    order = make_order().order

    with pytest.raises(errors.NotEligible):
        ask(order)
    assert nothing_written()


def test_a_strangers_order_is_not_found(db):
    order = make_order_of(1)

    with pytest.raises(NotFound):
        ask(order, buyer_id=make_buyer("Mallory").id)
    assert nothing_written()


def test_a_line_of_another_order_is_not_found(db):
    order, other = make_order_of(1), make_order_of(1)

    with pytest.raises(NotFound):
        ask(order, pieces={first_line(other).id: 1})
    assert nothing_written()


@pytest.mark.parametrize("quantity", [0, -1, 3, 2_000_000_000])
def test_too_many_or_no_pieces_are_refused(db, quantity):
    order = make_order_of(2)

    with pytest.raises((errors.TooManyPieces, InvalidInput)):
        ask(order, pieces={first_line(order).id: quantity})
    assert nothing_written()


def test_the_window_closes_seven_days_after_receipt_and_later_for_a_fault(db):
    order = make_order_of(2)
    late = ARRIVED + 7 * DAY

    with pytest.raises(errors.WindowClosed):
        ask(order, now=late)
    assert nothing_written()
    assert ask(order, reason="QUALITY", now=late).state == CaseState.APPLIED
    with pytest.raises(errors.WindowClosed):
        ask(order, reason="QUALITY", now=ARRIVED + 15 * DAY)


def test_fresh_things_are_taken_back_only_with_a_fault(db):
    order = make_order_of(2)
    actions.set_category_terms(
        category_id=first_line(order).product.category_id, agent_id=make_agent().id, is_fresh=True,
        is_customised=False, no_reason_days=7, quality_days=2, now=ASKED,
    )  # fmt: skip

    with pytest.raises(errors.NeverReturnable):
        ask(order)
    assert nothing_written()
    assert ask(order, reason="QUALITY").state == CaseState.APPLIED


def test_pictures_of_others_are_refused(db):
    order = make_order_of(1)
    mine, theirs = make_picture(owner_id=order.buyer_id), make_picture(owner_id=make_buyer("Mallory").id)

    with pytest.raises(InvalidInput):
        ask(order, picture_ids=[mine.pk, theirs.pk])
    assert nothing_written()
    assert ask(order, picture_ids=[mine.pk]).state == CaseState.APPLIED


def test_a_reason_must_fit_what_is_asked_for(db):
    order = make_order_of(1)

    with pytest.raises(errors.TypeNotPossible):
        ask(order, kind="REPAIR", reason="CHANGED_MIND")
    with pytest.raises(errors.TypeNotPossible):
        ask(make_paid_order().order, kind="RETURN_REFUND")
    assert nothing_written()


def test_an_agent_does_not_decide_about_their_own_order(db):
    agent = make_agent()
    order = make_order_of(1, buyer=agent)
    case = ask(order)

    with pytest.raises(errors.OwnCase):
        actions.take_case(case_id=case.id, agent_id=agent.id, now=ASKED)
    case.refresh_from_db()
    assert case.state == CaseState.APPLIED


def test_a_page_that_shows_an_old_case_cannot_decide(db):
    order = make_order_of(1)
    agent = make_agent()
    case = ask(order)
    actions.take_case(case_id=case.id, agent_id=agent.id, now=ASKED)

    with pytest.raises(errors.CaseMovedOn):
        actions.reject_case(
            case_id=case.id, agent_id=agent.id, version=case.version, note="It was worn for months.", now=ASKED
        )


def test_the_history_cannot_be_rewritten(db):
    ask(make_order_of(1))

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE aftersales_caseevent SET note = 'other'")


def test_lines_that_were_refunded_are_told_once(db):
    order = make_order_of(2)
    returned(ask(order), make_agent())

    told = OutboxEvent.objects.filter(name=LinesRefunded.__name__)
    assert told.count() == 1
    assert Payment.objects.get(order=order).refunded_minor == 5990
