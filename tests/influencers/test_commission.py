"""From an order to a commission and back: per line, by the rate of that day, exact to the fen."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from backend.accounts.models import User
from backend.aftersales.models import AfterSaleCase
from backend.ledger.selectors import balance
from backend.orders.actions import refund_lines
from backend.orders.models import OrderLine
from community.forum.models import Post
from referrals.influencers import actions
from referrals.influencers.errors import NothingToDispute
from referrals.influencers.models import (
    Collaboration,
    CollaborationState,
    Commission,
    CommissionEntry,
    CommissionState,
    Content,
    Statement,
)
from referrals.influencers.selectors.auditing import differences
from referrals.influencers.selectors.earnings import sums_of
from referrals.invites.wording import lost_text
from tests.factories.aftersales import ask, make_agent
from tests.factories.catalogue import NOON, make_variant
from tests.factories.creators import LIVE_SINCE, buy_through, deliver, go_live, live_creator, make_brief, make_creator
from tests.factories.orders import make_buyer

pytestmark = pytest.mark.django_db

VESTED = NOON + timedelta(days=11, minutes=1)


def three_lines(**brief):
    variants = [make_variant(price_minor=price) for price in (11_300, 2_260, 5_990)]
    return live_creator(variants, **brief), [(variant, 2) for variant in variants]


def refund(order, line, quantity, minor, *, now=NOON + timedelta(days=3)):
    refund_lines(order_id=order.id, pieces=[(line.pk, quantity, minor)], now=now)
    actions.reduce_commissions(order_id=order.id, now=now)


def vested_order(**options):
    lily, wanted = three_lines(**options)
    order = deliver(buy_through(lily, wanted))
    actions.vest_commissions(now=VESTED)
    return lily, order


def test_each_line_earns_by_itself_and_their_sum_is_what_the_book_holds():
    lily, wanted = three_lines()

    order = buy_through(lily, wanted)

    rows = Commission.objects.filter(order=order).order_by("line__position")
    assert [(row.base_minor, row.bps, row.kept_minor, row.state) for row in rows] == [
        (20_000, 1_000, 2_000, "CONFIRMED"),
        (4_000, 1_000, 400, "CONFIRMED"),
        (10_601, 1_000, 1_060, "CONFIRMED"),
    ]
    assert balance(kind="commission_pending", owner_id=lily.pk) == 3_460
    assert differences() == []


def test_an_event_that_comes_twice_estimates_once():
    lily, wanted = three_lines()
    order = buy_through(lily, wanted)

    again = actions.estimate_commissions(order_id=order.id, promoter_id=lily.pk, now=NOON)

    assert again == []
    assert Commission.objects.count() == 3


def test_a_product_without_a_live_collaboration_earns_nothing():
    lily = live_creator([make_variant()])

    order = buy_through(lily, [(make_variant(), 1)])

    assert not Commission.objects.filter(order=order).exists()


def test_a_post_that_lost_its_tag_earns_nothing_and_the_collaboration_waits_for_a_change():
    variant = make_variant()
    lily = live_creator([variant])
    Post.objects.update(body="只是好看。")

    order = buy_through(lily, [(variant, 1)])
    actions.recheck_content(content_id=Content.objects.get().pk, now=NOON)

    assert not Commission.objects.filter(order=order).exists()
    assert Collaboration.objects.get().state == CollaborationState.REVISION
    assert Content.objects.get().state == "LOST"


def test_buying_from_oneself_earns_nothing():
    variant = make_variant()
    lily = live_creator([variant])
    twin = make_buyer("Twin")
    User.objects.filter(pk=lily.pk).update(email="lily.k@gmail.com")
    User.objects.filter(pk=twin.pk).update(email="lilyk+shop@gmail.com")

    order = buy_through(lily, [(variant, 1)], buyer=twin)

    assert not Commission.objects.filter(order=order).exists()


def test_half_a_line_given_back_takes_its_half_by_its_own_rate():
    lily, wanted = three_lines()
    order = buy_through(lily, wanted)
    line = OrderLine.objects.get(order=order, position=2)

    refund(order, line, 1, 5_990)

    row = Commission.objects.get(line=line)
    assert (row.refunded_minor, row.kept_minor, row.state) == (5_990, 530, "CONFIRMED")
    assert balance(kind="commission_pending", owner_id=lily.pk) == 2_930
    assert differences() == []


def test_an_order_that_is_cancelled_earns_nothing():
    lily, wanted = three_lines()
    order = buy_through(lily, wanted)
    type(order).objects.filter(pk=order.pk).update(state="CANCELLED")

    actions.reduce_commissions(order_id=order.id, now=NOON)

    assert set(Commission.objects.values_list("state", "kept_minor")) == {("REVERSED", 0)}
    assert balance(kind="commission_pending", owner_id=lily.pk) == 0
    assert differences() == []


def test_it_is_earned_when_the_window_and_two_days_are_over():
    lily, wanted = three_lines()
    deliver(buy_through(lily, wanted))

    early = actions.vest_commissions(now=VESTED - timedelta(minutes=2))
    in_time = actions.vest_commissions(now=VESTED)

    assert (early, in_time) == (0, 3)
    assert balance(kind="commission_vested", owner_id=lily.pk) == 3_460
    assert differences() == []


def test_an_open_case_keeps_it_from_being_earned():
    lily, wanted = three_lines()
    order = deliver(buy_through(lily, wanted))
    case = ask(order, now=NOON + timedelta(days=3))

    held = actions.vest_commissions(now=VESTED)
    AfterSaleCase.objects.filter(pk=case.pk).update(state="ARCHIVED")
    later = actions.vest_commissions(now=VESTED)

    assert (held, later) == (0, 3)


def test_a_refund_after_it_was_earned_is_an_entry_below_zero_that_waits_for_nothing():
    lily, order = vested_order()
    line = OrderLine.objects.get(order=order, position=0)
    actions.close_statement(promoter_id=lily.pk, until=VESTED + timedelta(days=1), now=VESTED + timedelta(days=1))

    refund(order, line, 2, 22_600, now=VESTED + timedelta(days=2))
    actions.record_violation(
        promoter_id=lily.pk, words="帖子里用了绝对化用语。", by=make_agent("Gil", "growth").id, now=NOON
    )
    second = actions.close_statement(
        promoter_id=lily.pk, until=VESTED + timedelta(days=9), now=VESTED + timedelta(days=9)
    )

    assert second is not None
    assert second.total_minor == -2_000
    assert list(CommissionEntry.objects.filter(kind="REFUND").values_list("amount_minor", flat=True)) == [-2_000]
    assert Commission.objects.get(line=line).state == CommissionState.REVERSED
    assert differences() == []


def test_the_cap_of_a_month_holds_over_orders():
    variant = make_variant(price_minor=11_300)
    lily = live_creator([variant], month_cap_minor=1_500)

    for number in range(3):
        buy_through(lily, [(variant, 1)], buyer=make_buyer(f"Friend{number}"))

    kept = list(Commission.objects.order_by("estimated_at", "pk").values_list("kept_minor", flat=True))
    assert kept == [1_000, 500, 0]
    assert differences() == []


def test_while_a_breach_hangs_over_a_creator_the_rate_is_nothing_and_nothing_is_earned():
    variant = make_variant(price_minor=11_300)
    lily = live_creator([variant])
    deliver(buy_through(lily, [(variant, 1)]))
    gil = make_agent("Gil", "growth")

    breach = actions.record_violation(promoter_id=lily.pk, words="多次发布没有标注广告的内容。", by=gil.id, now=NOON)
    order = buy_through(lily, [(variant, 1)], buyer=make_buyer("Late"))
    held = actions.vest_commissions(now=VESTED)
    actions.decide_violation(
        violation_id=breach.pk, is_lifted=True, answer="已经按要求改好，恢复合作。", by=gil.id, now=VESTED
    )
    free = actions.vest_commissions(now=VESTED)

    assert Commission.objects.get(order=order).bps == 0
    assert (held, free) == (0, 1)
    assert differences() == []


def test_a_disputed_line_waits_and_what_is_agreed_is_added():
    lily, order = vested_order()
    row = Commission.objects.get(order=order, line__position=0)
    gil = make_agent("Gil", "growth")

    dispute = actions.open_dispute(commission_id=row.pk, user_id=lily.pk, words="约定的比例是百分之十二。", now=VESTED)
    actions.close_statement(promoter_id=lily.pk, until=VESTED + timedelta(days=1), now=VESTED)
    with pytest.raises(NothingToDispute):
        actions.open_dispute(commission_id=row.pk, user_id=lily.pk, words="约定的比例是百分之十二。", now=VESTED)
    actions.decide_dispute(
        dispute_id=dispute.pk, added_minor=400, answer="核对了聊天记录，补上差额。", by=gil.id, now=VESTED
    )
    actions.close_statement(promoter_id=lily.pk, until=VESTED + timedelta(days=1), now=VESTED + timedelta(hours=1))

    totals = Statement.objects.order_by("sequence").values_list("total_minor", flat=True)
    assert list(totals) == [1_460, 2_400]
    assert differences() == []


def test_a_rise_counts_at_once_and_a_cut_after_thirty_days_with_notice():
    variant = make_variant(price_minor=11_300)
    lily = live_creator([variant])
    product = variant.product_id

    actions.set_rate(promoter_id=lily.pk, product_id=product, bps=1_200, by=None, now=NOON - timedelta(days=1))
    cut = actions.set_rate(promoter_id=lily.pk, product_id=product, bps=500, by=None, now=NOON - timedelta(days=1))
    now_order = buy_through(lily, [(variant, 1)])
    later = buy_through(lily, [(variant, 1)], buyer=make_buyer("Later"), now=NOON + timedelta(days=30))
    early = actions.announce_cuts(now=cut.notice_at - timedelta(seconds=1))
    told = actions.announce_cuts(now=cut.notice_at)
    again = actions.announce_cuts(now=cut.notice_at)

    assert [Commission.objects.get(order=each).bps for each in (now_order, later)] == [1_200, 500]
    assert (early, told, again) == (0, 1, 0)
    assert cut.notice_at == NOON + timedelta(days=27)


def test_a_change_that_has_not_begun_gives_way_to_the_newer_one():
    variant = make_variant()
    lily = live_creator([variant])
    wanted = {"promoter_id": lily.pk, "product_id": variant.product_id, "by": None}
    actions.set_rate(bps=500, now=NOON, **wanted)

    actions.set_rate(bps=1_500, now=NOON + timedelta(days=1), **wanted)
    order = buy_through(lily, [(variant, 1)], now=NOON + timedelta(days=40))

    assert Commission.objects.get(order=order).bps == 1_500


def test_statement_entries_and_book_are_one_sum():
    lily, _order = vested_order()

    statement = actions.close_statement(promoter_id=lily.pk, until=VESTED + timedelta(days=1), now=VESTED)
    nothing_new = actions.close_statement(promoter_id=lily.pk, until=VESTED + timedelta(days=1), now=VESTED)

    assert statement is not None
    assert (statement.total_minor, statement.entries_count) == (3_460, 3)
    assert nothing_new is None
    assert sums_of(lily.pk)["stated"] == Statement.objects.get().total_minor == 3_460
    assert set(Commission.objects.values_list("state", flat=True)) == {"IN_STATEMENT"}
    assert differences() == []


def test_an_order_at_the_auditor_that_was_tampered_with_is_named():
    _lily, _order = vested_order()
    row = Commission.objects.first()
    assert row is not None
    Commission.objects.filter(pk=row.pk).update(kept_minor=row.kept_minor - 1)

    found = differences()

    assert any(str(row.pk) in words for words in found)


def test_two_products_of_one_creator_are_one_collaboration_each():
    variant = make_variant()
    lily = make_creator()
    older, newer = (go_live(lily, make_brief(variant.product), now=LIVE_SINCE + timedelta(days=day)) for day in (0, 1))

    older.refresh_from_db()

    assert (older.state, newer.state) == ("CLOSED", "LIVE")


def test_why_a_creator_without_content_gets_nothing_is_said_in_words():
    with override("zh-hans"):
        assert lost_text("nothing_live") == "这位创作者没有关于这些商品的已审核内容。"
