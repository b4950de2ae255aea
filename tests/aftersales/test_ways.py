"""Exchange, repair, missing pieces, price protection, appeals, deadlines, knowledge."""

from datetime import timedelta

import pytest

from backend.aftersales import actions, errors
from backend.aftersales.models import AfterSaleCase, CaseEvent, CaseLine, CaseState, Remedy, Standing
from backend.aftersales.selectors.cases import resend_of_case
from backend.aftersales.selectors.desk import buyer_facts
from backend.aftersales.selectors.report import report
from backend.catalogue.actions import change_price
from backend.catalogue.models import Variant
from backend.core.errors import InvalidInput, NotFound
from backend.inventory.errors import OutOfStock
from backend.inventory.selectors import available_of
from backend.ledger.models import Account
from backend.orders.models import Order
from backend.payments.actions import settle_refund
from backend.payments.models import Refund
from tests.factories.aftersales import ARRIVED, ASKED, ask, first_line, make_agent, make_order_of, make_sent_order
from tests.factories.catalogue import make_product, variant_ids
from tests.factories.fulfilment import make_sent_parcel
from tests.factories.orders import make_buyer

DAY = timedelta(days=1)


def approved(case, agent, *, remedy=None, now=ASKED):
    case.refresh_from_db()
    return actions.approve_case(
        case_id=case.id, agent_id=agent.id, version=case.version, amount_minor=None, remedy=remedy, note="", now=now
    )


def come_back(case, agent, *, now=ASKED, good=True):
    actions.send_back(case_id=case.id, buyer_id=case.buyer_id, carrier="SF", tracking="SF123", now=now)
    case = actions.receive_back(case_id=case.id, agent_id=agent.id, now=now)
    fit = {line.id: line.quantity for line in CaseLine.objects.filter(case=case)}
    return actions.inspect_case(
        case_id=case.id, agent_id=agent.id, version=case.version, fit=fit, is_good=good,
        note="" if good else "The seal is broken and parts are missing.", now=now,
    )  # fmt: skip


def credit_of(user_id):
    return Account.objects.filter(kind="store_credit", owner_id=user_id).values_list("balance", flat=True).first() or 0


def two_kinds(stock=5):
    product = make_product(variants=2, stock=stock)
    first, second = variant_ids(product)
    return make_sent_order(variants=[(Variant.objects.get(pk=first), 1)]), first, second


def test_an_exchange_sets_the_new_piece_aside_and_frees_the_line_when_it_has_arrived(db, deliver_outbox):
    order, old, new = two_kinds()
    agent, line = make_agent(), first_line(order)

    case = ask(order, kind="EXCHANGE", reason="FITS_BADLY", instead={line.id: new})
    assert available_of([new])[new] == 4
    case = come_back(approved(case, agent), agent)
    assert (case.state, available_of([old])[old]) == (CaseState.ACCEPTED, 5)
    make_sent_parcel(order, resend=resend_of_case(case.id), now=ASKED)
    deliver_outbox()
    case = actions.confirm_reshipped(case_id=case.id, buyer_id=order.buyer_id, now=ASKED)

    assert case.state == CaseState.DONE
    assert available_of([new])[new] == 4
    assert not Refund.objects.exists()
    assert CaseLine.objects.get(case=case).standing == Standing.VOID
    assert ask(order).state == CaseState.APPLIED


def test_a_withdrawn_exchange_gives_the_piece_back(db):
    order, _old, new = two_kinds()
    case = ask(order, kind="EXCHANGE", reason="FITS_BADLY", instead={first_line(order).id: new})

    actions.cancel_after_sale(case_id=case.id, buyer_id=order.buyer_id, now=ASKED)

    assert available_of([new])[new] == 5


def test_an_exchange_for_something_else_or_for_nothing_left_is_refused(db):
    order, _old, new = two_kinds(stock=1)
    line = first_line(order)
    other = variant_ids(make_product())[0]

    with pytest.raises(errors.VariantNotPossible):
        ask(order, kind="EXCHANGE", reason="FITS_BADLY", instead={line.id: other})
    with pytest.raises(errors.VariantNotPossible):
        ask(order, kind="EXCHANGE", reason="FITS_BADLY")
    rival, _old, _new = two_kinds()
    ask(order, kind="EXCHANGE", reason="FITS_BADLY", instead={line.id: new})
    Order.objects.filter(pk=rival.id).exists()
    with pytest.raises((OutOfStock, errors.TooManyPieces)):
        ask(order, kind="EXCHANGE", reason="FITS_BADLY", instead={line.id: new})
    assert AfterSaleCase.objects.count() == 1


def test_a_repair_moves_no_money_and_no_stock(db, deliver_outbox):
    order = make_order_of(1)
    agent, variant_id = make_agent(), first_line(order).variant_id
    before = available_of([variant_id])[variant_id]

    case = come_back(approved(ask(order, kind="REPAIR", reason="QUALITY"), agent), agent)
    actions.finish_repair(case_id=case.id, agent_id=agent.id, now=ASKED)
    make_sent_parcel(order, resend=resend_of_case(case.id), now=ASKED)
    deliver_outbox()
    case.refresh_from_db()

    assert case.state == CaseState.RESHIPPING
    assert available_of([variant_id])[variant_id] == before
    assert not Refund.objects.exists()


def test_the_desk_may_send_a_missing_piece_instead_of_money(db, deliver_outbox):
    order = make_order_of(1)
    agent, variant_id = make_agent(), first_line(order).variant_id
    before = available_of([variant_id])[variant_id]

    case = approved(ask(order, kind="MISSING_OR_WRONG", reason="MISSING"), agent, remedy=Remedy.REPLACE)
    assert (case.state, available_of([variant_id])[variant_id]) == (CaseState.APPROVED, before - 1)
    make_sent_parcel(order, resend=resend_of_case(case.id), now=ASKED)
    deliver_outbox()
    case.refresh_from_db()

    assert case.state == CaseState.RESHIPPING
    assert not Refund.objects.exists()


def test_a_missing_piece_may_be_paid_back_at_once(db):
    order = make_order_of(2, price_minor=4000)

    case = approved(ask(order, kind="MISSING_OR_WRONG", reason="MISSING"), make_agent())

    assert case.state == CaseState.REFUNDING
    assert Refund.objects.get(order=order).amount_minor == 4000


def test_a_fallen_price_is_paid_back_at_once_and_only_once_per_line(db, deliver_outbox):
    order = make_order_of(2, price_minor=5000)
    line = first_line(order)
    with pytest.raises(errors.PriceNotLower):
        ask(order, kind="PRICE_PROTECTION", reason="PRICE_FELL", quantity=2)
    change_price(variant_id=line.variant_id, price_minor=4200, now=ASKED)

    case = ask(order, kind="PRICE_PROTECTION", reason="PRICE_FELL", quantity=2)

    line.refresh_from_db()
    assert (case.state, case.requested_minor) == (CaseState.REFUNDING, 1600)
    assert (line.refunded_quantity, line.refunded_minor) == (0, 1600)
    with pytest.raises(errors.ProtectedAlready):
        ask(order, kind="PRICE_PROTECTION", reason="PRICE_FELL", quantity=2)
    rest = ask(order, quantity=2)
    assert rest.requested_minor == 10_000 - 1600


def test_price_protection_ends_fifteen_days_after_paying(db):
    order = make_order_of(1, price_minor=5000)
    change_price(variant_id=first_line(order).variant_id, price_minor=4200, now=ASKED)

    with pytest.raises(errors.WindowClosed):
        ask(order, kind="PRICE_PROTECTION", reason="PRICE_FELL", now=order.paid_at + 15 * DAY)


def test_sending_a_fault_back_is_paid_for_once(db):
    order = make_order_of(1)
    agent = make_agent()

    come_back(approved(ask(order, reason="QUALITY"), agent), agent)

    assert credit_of(order.buyer_id) == 1200
    assert CaseEvent.objects.filter(kind="subsidised").count() == 1


def test_the_buyer_may_choose_store_credit(db):
    order = make_order_of(1)

    approved(ask(order, kind="REFUND_ONLY", reason="DAMAGED", to_store_credit=True), make_agent())

    assert credit_of(order.buyer_id) == order.total_minor


def test_a_refusal_can_be_appealed_and_somebody_else_decides(db):
    order = make_order_of(1)
    agent, judge = make_agent(), make_agent("Judy", "admin")
    case = ask(order, kind="REFUND_ONLY", reason="DAMAGED")
    actions.reject_case(
        case_id=case.id, agent_id=judge.id, version=case.version, note="The pictures show wear.", now=ASKED
    )
    actions.appeal_case(
        case_id=case.id, buyer_id=order.buyer_id, note="It was broken when I opened it.", picture_ids=(), now=ASKED
    )
    case = actions.answer_appeal(
        case_id=case.id, agent_id=agent.id, note="Our packing photo shows it whole.", now=ASKED
    )
    decision = {"case_id": case.id, "version": case.version, "is_for_buyer": True, "amount_minor": None, "now": ASKED}

    with pytest.raises(errors.NeedsAnother):
        actions.arbitrate_case(judge_id=judge.id, note="Still of the same opinion.", **decision)
    with pytest.raises(errors.ReasonsNeeded):
        actions.arbitrate_case(judge_id=make_agent("Ann", "admin").id, note="no", **decision)
    case = actions.arbitrate_case(
        judge_id=make_agent("Amy", "admin").id, note="The carrier's scan shows a dent.", **decision
    )

    assert case.state == CaseState.REFUNDING
    assert Refund.objects.get(order=order).amount_minor == case.requested_minor


def test_a_failed_inspection_that_is_upheld_closes_the_case(db):
    order = make_order_of(1)
    agent = make_agent()
    case = come_back(approved(ask(order), agent), agent, good=False)
    assert case.state == CaseState.DISPUTED
    actions.appeal_case(
        case_id=case.id, buyer_id=order.buyer_id, note="I never opened the box.", picture_ids=(), now=ASKED
    )
    case.refresh_from_db()

    case = actions.arbitrate_case(
        case_id=case.id, judge_id=make_agent("Amy", "admin").id, version=case.version, is_for_buyer=False,
        amount_minor=None, note="The seal was broken on arrival.", now=ASKED,
    )  # fmt: skip

    assert (case.state, case.close_reason) == (CaseState.CLOSED, "arbitrated")
    assert not Refund.objects.exists()
    assert first_line(order).refunded_quantity == 0


def test_a_small_case_is_approved_by_time_and_a_large_one_goes_up(db, settings):
    settings.AFTER_SALES_AUTO_APPROVE_MINOR = 6000
    small, large = ask(make_order_of(1)), ask(make_order_of(1, price_minor=90_000))
    late = ASKED + timedelta(hours=48)

    with pytest.raises(errors.DeadlineOver):
        actions.reject_case(
            case_id=small.id, agent_id=make_agent().id, version=small.version, note="Too late for this.", now=late
        )
    assert actions.keep_deadlines(now=late) == 2
    assert actions.keep_deadlines(now=late) == 0

    small.refresh_from_db()
    large.refresh_from_db()
    assert small.state == CaseState.WAIT_BUYER_SHIP
    assert (large.state, large.escalation, large.deadline_at) == (CaseState.APPLIED, 1, late + timedelta(hours=48))


def test_what_is_not_sent_back_in_seven_days_is_closed(db):
    order = make_order_of(1)
    case = approved(ask(order), make_agent())
    late = ASKED + 7 * DAY

    with pytest.raises(errors.DeadlineOver):
        actions.send_back(case_id=case.id, buyer_id=order.buyer_id, carrier="SF", tracking="SF1", now=late)
    actions.keep_deadlines(now=late)

    case.refresh_from_db()
    assert (case.state, case.close_reason) == (CaseState.CLOSED, "not_in_time")
    assert CaseLine.objects.get(case=case).standing == Standing.VOID


def test_a_parcel_that_the_shop_does_not_confirm_in_ten_days_is_paid_back(db):
    order = make_order_of(1)
    agent = make_agent()
    case = approved(ask(order), agent)
    actions.send_back(case_id=case.id, buyer_id=order.buyer_id, carrier="SF", tracking="SF1", now=ASKED)
    actions.receive_back(case_id=case.id, agent_id=agent.id, now=ASKED + 9 * DAY)
    assert actions.keep_deadlines(now=ASKED + 10 * DAY - timedelta(seconds=1)) == 0

    actions.keep_deadlines(now=ASKED + 10 * DAY)

    case.refresh_from_db()
    assert case.state == CaseState.REFUNDING
    assert Refund.objects.get(order=order).amount_minor == 5990


def test_a_done_case_is_asked_after_rated_once_and_filed(db, deliver_outbox):
    order = make_order_of(1)
    agent = make_agent()
    case = approved(ask(order, kind="REFUND_ONLY", reason="DAMAGED"), agent)
    settle_refund(refund_id=Refund.objects.get(order=order).id, now=ASKED)
    deliver_outbox()
    with pytest.raises(InvalidInput):
        actions.rate_after_sale(case_id=case.id, buyer_id=order.buyer_id, rating=6, words="", now=ASKED)
    assert actions.keep_deadlines(now=ASKED + 7 * DAY) == 1
    case.refresh_from_db()
    assert case.state == CaseState.REVISIT

    case = actions.rate_after_sale(
        case_id=case.id, buyer_id=order.buyer_id, rating=4, words="quick", now=ASKED + 8 * DAY
    )

    assert (case.state, case.rating) == (CaseState.ARCHIVED, 4)
    with pytest.raises(errors.CaseMovedOn):
        actions.rate_after_sale(case_id=case.id, buyer_id=order.buyer_id, rating=1, words="", now=ASKED + 8 * DAY)
    entry = actions.write_knowledge(
        case_id=case.id, agent_id=agent.id, title="Cracks", problem="A crack", cause="No padding", solution="Padding",
        now=ASKED,
    )  # fmt: skip
    assert not entry.is_published


def test_an_open_case_is_not_filed(db):
    with pytest.raises(errors.CaseStillOpen):
        actions.write_knowledge(
            case_id=ask(make_order_of(1)).id, agent_id=make_agent().id, title="Cracks", problem="A crack",
            cause="No padding", solution="Padding", now=ASKED,
        )  # fmt: skip


def test_cases_go_to_the_least_busy_agent(db):
    busy, free = make_agent("Sue"), make_agent("Sam")
    one = ask(make_order_of(1))
    two = ask(make_order_of(1))

    assert {one.agent_id, two.agent_id} == {busy.id, free.id}


def test_a_frequent_returner_is_marked_and_nothing_else_happens(db):
    order = make_order_of(6)
    agent = make_agent()
    for _ in range(5):
        approved(ask(order, kind="REFUND_ONLY", reason="DAMAGED"), agent)

    assert buyer_facts(order.buyer_id, now=ASKED).is_frequent
    assert ask(order).state == CaseState.APPLIED


def test_the_report_says_why_and_which_things_come_back(db):
    order = make_order_of(2)
    approved(ask(order, kind="REFUND_ONLY", reason="DAMAGED"), make_agent(), now=ASKED + timedelta(minutes=10))

    told = report(days=30, now=ASKED + DAY)

    assert (told["cases_count"], told["first_answer_minutes"], told["answered_in_time_count"]) == (1, 10.0, 1)
    assert told["reasons"][0]["reason"] == "DAMAGED"
    row = next(row for row in told["products"] if row["id"] == first_line(order).product_id)
    assert (row["sold_pieces"], row["returned_pieces"], row["rate_bps"], row["is_high"]) == (2, 1, 5000, True)


def test_nobody_touches_a_strangers_case(db):
    case = ask(make_order_of(1))
    mallory = make_buyer("Mallory")

    for act in (
        lambda: actions.cancel_after_sale(case_id=case.id, buyer_id=mallory.id, now=ASKED),
        lambda: actions.send_back(case_id=case.id, buyer_id=mallory.id, carrier="SF", tracking="SF1", now=ASKED),
        lambda: actions.rate_after_sale(case_id=case.id, buyer_id=mallory.id, rating=1, words="", now=ASKED),
        lambda: actions.confirm_reshipped(case_id=case.id, buyer_id=mallory.id, now=ASKED),
    ):
        with pytest.raises(NotFound):
            act()
    case.refresh_from_db()
    assert case.state == CaseState.APPLIED
    assert ARRIVED < ASKED
