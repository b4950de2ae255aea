"""Plans with their versions, buying, activation, the end of a plan, and repairs under it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from backend.aftersales import errors as aftersales
from backend.aftersales.actions import approve_case, cancel_after_sale
from backend.aftersales.models import AfterSaleCase
from backend.aftersales.selectors.choices import choices_for
from backend.checkout.actions import close_order, issue_invoice, wish_for_invoice
from backend.checkout.invoice_rules import InvoiceFor
from backend.checkout.rules import NOT_PAID
from backend.core.errors import NotFound
from backend.core.ids import new_id
from backend.orders.models import Order, OrderKind, OrderState
from backend.payments.models import Refund
from backend.protection import actions, errors
from backend.protection.models import Coverage, CoverageState, PlanVersion
from backend.protection.selectors.coverages import protection_of_order
from membership.models import CountedSpending
from referrals.influencers.models import Commission
from referrals.invites.models import Attribution
from tests.factories.aftersales import ARRIVED, ask, make_agent, make_order_of
from tests.factories.orders import make_buyer
from tests.factories.payments import pay
from tests.factories.protection import BANDS, BOUGHT, buy, make_coverage, make_plan, plan_text

DAY = timedelta(days=1)
COVERED = ARRIVED + 400 * DAY


def test_a_plan_is_offered_for_thirty_days_after_receipt_and_costs_what_its_band_says(db):
    order = make_order_of(2, price_minor=60_000)
    version = make_plan(order)

    offers = protection_of_order(order_id=order.id, buyer_id=order.buyer_id, now=BOUGHT).offers

    assert [(each.pieces, [plan.price_minor for plan in each.plans]) for each in offers] == [(2, [4800])]
    assert offers[0].plans[0].version == version
    assert not protection_of_order(order_id=order.id, buyer_id=order.buyer_id, now=ARRIVED + 30 * DAY).offers
    with pytest.raises(NotFound):
        protection_of_order(order_id=order.id, buyer_id=make_buyer("Mallory").id, now=BOUGHT)


def test_a_bought_plan_is_an_order_of_a_service_and_in_force_once_it_is_paid(db, deliver_outbox):
    order = make_order_of()
    placed = buy(order, make_plan(order))
    assert (placed.order.kind, placed.order.total_minor) == (OrderKind.SERVICE, 900)
    assert Coverage.objects.get().state == CoverageState.PENDING

    pay(placed, now=BOUGHT)
    deliver_outbox()
    actions.activate_coverages(plan_order_id=placed.order.pk, now=BOUGHT + DAY)

    coverage = Coverage.objects.get()
    assert (coverage.state, coverage.activated_at) == (CoverageState.ACTIVE, BOUGHT)
    assert coverage.starts_at == ARRIVED + 365 * DAY
    assert placed.order.state == OrderState.COMPLETED


def test_a_plan_earns_no_points_no_reward_no_commission(db, deliver_outbox):
    order = make_order_of()
    deliver_outbox()
    placed = buy(order, make_plan(order))
    pay(placed, now=BOUGHT)
    deliver_outbox()

    assert not CountedSpending.objects.filter(pk=placed.order.pk).exists()
    assert not Attribution.objects.filter(order_id=placed.order.pk).exists()
    assert not Commission.objects.filter(order_id=placed.order.pk).exists()
    with pytest.raises(aftersales.NotEligible):
        choices_for(order_id=placed.order.pk, buyer_id=order.buyer_id, now=BOUGHT)


def test_an_invoice_of_a_plan_says_what_it_is_for(db):
    order = make_order_of()
    coverage = make_coverage(order)
    wanted = InvoiceFor(way="ELECTRONIC", title="王小明")

    wish_for_invoice(order_id=coverage.plan_order_id, buyer_id=order.buyer_id, wanted=wanted, now=BOUGHT)
    invoice = issue_invoice(order_id=coverage.plan_order_id, now=BOUGHT)

    assert invoice is not None
    assert (invoice.total_minor, len(invoice.lines)) == (900, 1)
    assert invoice.lines[0]["title"]["en"].startswith("Two more years · ")


def test_the_same_key_answers_the_first_order_and_another_price_buys_nothing(db):
    order = make_order_of(2)
    version, key = make_plan(order), new_id()
    first = buy(order, version, key=key)

    assert buy(order, version, key=key).order == first.order
    with pytest.raises(errors.PlanPriceChanged):
        buy(order, version, price_minor=100)
    assert Coverage.objects.count() == 1


def test_a_piece_gets_one_plan_and_a_stranger_none(db):
    order = make_order_of()
    version = make_plan(order)
    buy(order, version)

    with pytest.raises(errors.PieceCovered):
        buy(order, version)
    with pytest.raises(NotFound):
        buy(order, version, buyer_id=make_buyer("Mallory").id)
    with pytest.raises(errors.OfferOver):
        buy(order, version, now=ARRIVED + 31 * DAY)
    assert Order.objects.filter(kind=OrderKind.SERVICE).count() == 1


def test_a_plan_that_is_offered_no_more_or_for_another_shelf_cannot_be_bought(db):
    order, other = make_order_of(), make_order_of()
    version, elsewhere = make_plan(order), make_plan(other)
    actions.offer_plan(plan_id=version.plan_id, is_offered=False, now=BOUGHT)

    for each in (version, elsewhere):
        with pytest.raises(errors.PlanNotOffered):
            buy(order, each)
    assert not Coverage.objects.exists()


def test_an_unpaid_plan_leaves_its_piece_free(db, deliver_outbox):
    order = make_order_of()
    version = make_plan(order)
    placed = buy(order, version)

    close_order(order_id=placed.order.pk, reason=NOT_PAID, now=BOUGHT + DAY)
    deliver_outbox()

    assert Coverage.objects.get().state == CoverageState.VOID
    assert buy(order, version, now=BOUGHT + DAY).order.state == OrderState.PENDING_PAYMENT


def test_money_that_comes_late_revives_the_plan_or_goes_back_if_the_piece_has_another(db, deliver_outbox):
    order = make_order_of()
    version = make_plan(order)
    placed = buy(order, version)
    close_order(order_id=placed.order.pk, reason=NOT_PAID, now=BOUGHT + DAY)
    deliver_outbox()
    second = make_coverage(order, version, now=BOUGHT + DAY)

    pay(placed, now=BOUGHT + DAY)
    deliver_outbox()

    late = Coverage.objects.get(plan_order=placed.order)
    assert (second.state, late.state, late.refunded_minor) == (CoverageState.ACTIVE, CoverageState.ENDED, 900)
    assert Refund.objects.get(order=placed.order).amount_minor == 900


def test_a_new_version_leaves_what_was_bought_and_stays_itself(db):
    order = make_order_of()
    version = make_plan(order)
    coverage = make_coverage(order, version)
    cheaper = plan_text(order, bands=[{"fromMinor": 0, "fixedMinor": 100}])
    editor = make_buyer("Gina").id

    newer = actions.save_plan(plan_id=version.plan_id, seen_number=1, text=cheaper, editor_id=editor, now=BOUGHT)
    with pytest.raises(errors.PlanChanged):
        actions.save_plan(plan_id=version.plan_id, seen_number=1, text=cheaper, editor_id=editor, now=BOUGHT)

    assert newer.number == 2
    coverage.refresh_from_db()
    assert (coverage.version, coverage.price_minor) == (version, 900)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanVersion.objects.filter(pk=version.pk).update(months=1)


@pytest.mark.parametrize(
    "change",
    [
        {"title": {"en": "x"}},
        {"bands": []},
        {"bands": [{"fromMinor": 0}]},
        {"bands": [*BANDS, BANDS[0]]},
        {"shelf_ids": []},
    ],
)
def test_a_plan_that_says_too_little_is_refused(db, change):
    order = make_order_of()

    with pytest.raises(errors.PlanIncomplete):
        make_plan(order, **change)
    assert not PlanVersion.objects.exists()


def test_the_plan_of_a_returned_piece_ends_and_its_price_goes_back(db, deliver_outbox):
    order = make_order_of()
    coverage = make_coverage(order)
    case = ask(order, kind="REFUND_ONLY", reason="QUALITY", now=BOUGHT)

    approve_case(
        case_id=case.id, agent_id=make_agent().id, version=AfterSaleCase.objects.get().version, amount_minor=None,
        remedy=None, note="", now=BOUGHT,
    )  # fmt: skip
    deliver_outbox()
    deliver_outbox()

    coverage.refresh_from_db()
    assert (coverage.state, coverage.refunded_minor, coverage.end_reason) == (CoverageState.ENDED, 900, "piece_back")
    assert Refund.objects.get(order=coverage.plan_order).amount_minor == 900


def test_of_two_pieces_the_plan_of_the_kept_one_stays(db, deliver_outbox):
    order = make_order_of(2)
    placed = buy(order, make_plan(order), pieces=2)
    pay(placed, now=BOUGHT)
    deliver_outbox()
    case = ask(order, kind="REFUND_ONLY", reason="QUALITY", now=BOUGHT)

    approve_case(
        case_id=case.id, agent_id=make_agent().id, version=AfterSaleCase.objects.get().version, amount_minor=None,
        remedy=None, note="", now=BOUGHT,
    )  # fmt: skip
    deliver_outbox()

    assert list(Coverage.objects.order_by("piece").values_list("state", flat=True)) == ["ACTIVE", "ENDED"]
    assert Refund.objects.get(order=placed.order).amount_minor == 900


def test_the_buyer_ends_a_plan_once_and_gets_what_is_left_of_it(db):
    order = make_order_of()
    coverage = make_coverage(order)
    halfway = coverage.starts_at + (coverage.ends_at - coverage.starts_at) / 2

    actions.cancel_protection(coverage_id=coverage.pk, buyer_id=order.buyer_id, now=halfway)

    coverage.refresh_from_db()
    assert coverage.state == CoverageState.ENDED
    assert 440 <= coverage.refunded_minor <= 450
    assert Refund.objects.get(order=coverage.plan_order).amount_minor == coverage.refunded_minor
    with pytest.raises(errors.CoverageOver):
        actions.cancel_protection(coverage_id=coverage.pk, buyer_id=order.buyer_id, now=halfway)
    with pytest.raises(NotFound):
        actions.cancel_protection(coverage_id=coverage.pk, buyer_id=make_buyer("Mallory").id, now=halfway)
    assert Refund.objects.filter(order=coverage.plan_order).count() == 1


def test_a_plan_whose_money_went_back_another_way_ends_without_more(db, deliver_outbox):
    order = make_order_of()
    coverage = make_coverage(order)

    actions.note_plan_refunded(plan_order_id=coverage.plan_order_id, now=BOUGHT)

    coverage.refresh_from_db()
    assert (coverage.state, coverage.refunded_minor) == (CoverageState.ENDED, 0)
    assert not Refund.objects.exists()


def test_a_repair_after_the_shop_s_own_time_needs_a_plan_and_counts_against_it(db):
    bare, order = make_order_of(), make_order_of()
    coverage = make_coverage(order)

    with pytest.raises(aftersales.WindowClosed):
        ask(bare, kind="REPAIR", reason="QUALITY", now=COVERED)
    with pytest.raises(aftersales.WindowClosed):
        ask(order, kind="RETURN_REFUND", reason="QUALITY", now=COVERED)
    case = ask(order, kind="REPAIR", reason="QUALITY", now=COVERED)

    coverage.refresh_from_db()
    assert (case.type, coverage.repairs_left) == ("REPAIR", 1)
    with pytest.raises(errors.RepairRunning):
        actions.cancel_protection(coverage_id=coverage.pk, buyer_id=order.buyer_id, now=COVERED)


def test_a_repair_within_the_shop_s_own_time_uses_nothing_of_the_plan(db):
    order = make_order_of()
    coverage = make_coverage(order)

    ask(order, kind="REPAIR", reason="QUALITY", now=BOUGHT)

    coverage.refresh_from_db()
    assert coverage.repairs_left == 2


def test_a_withdrawn_repair_does_not_count_and_a_used_up_plan_covers_no_more(db, deliver_outbox):
    order = make_order_of()
    coverage = make_coverage(order, make_plan(order, repairs=1))
    case = ask(order, kind="REPAIR", reason="QUALITY", now=COVERED)
    cancel_after_sale(case_id=case.id, buyer_id=order.buyer_id, now=COVERED)
    deliver_outbox()
    coverage.refresh_from_db()
    assert coverage.repairs_left == 1

    Coverage.objects.filter(pk=coverage.pk).update(repairs_left=0)
    with pytest.raises(aftersales.WindowClosed):
        ask(order, kind="REPAIR", reason="QUALITY", now=COVERED)


def test_a_plan_ends_by_time(db):
    order = make_order_of()
    coverage = make_coverage(order)

    assert actions.expire_coverages(now=coverage.ends_at - DAY) == 0
    assert actions.expire_coverages(now=coverage.ends_at) == 1

    with pytest.raises(aftersales.WindowClosed):
        ask(order, kind="REPAIR", reason="QUALITY", now=coverage.ends_at)
    coverage.refresh_from_db()
    assert coverage.state == CoverageState.EXPIRED
