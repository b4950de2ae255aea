"""The life of a sale: its rule, its window, its pieces, and the lines in front of it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from backend.core.errors import NotFound, TooManyRequests
from backend.core.ids import new_id
from backend.flash import actions, rules
from backend.flash.errors import (
    FlashAlreadyBought,
    FlashNotForYou,
    FlashNotOpen,
    FlashOver,
    FlashPaused,
    FlashSoldOut,
    FlashStillThere,
)
from backend.flash.models import FlashBucket, FlashReminder, FlashSale, FlashToken, FlashWait
from backend.flash.selectors import mine_in_sales, miscounted_items, sales_of_days
from backend.inventory.selectors import available_of, miscounted
from backend.messaging.models import Notification
from backend.promotions import ports
from backend.promotions.actions import end_campaign, pause_campaign, resume_campaign, save_campaign
from backend.promotions.ports import BuyerFacts
from tests.factories.catalogue import make_variant
from tests.factories.flash import buy, flash_rule, make_sale, make_shopper, order_with, sums, the_item, token_for
from tests.factories.orders import make_order
from tests.factories.promotions import make_draft, this_moment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _everything_adds_up():
    yield
    assert miscounted_items() == []
    assert miscounted() == []


@pytest.fixture
def tiers(monkeypatch):
    """Give people a tier."""
    known = {}

    def facts(buyer_id):
        return BuyerFacts(has_kept_order=False, tier=known.get(buyer_id, ""))

    monkeypatch.setitem(ports._lookups, "buyer", facts)
    return known


def free(sale):
    variant_id = the_item(sale).variant_id
    return available_of([variant_id])[variant_id]


def state_of(sale, now=None):
    now = now or this_moment()
    return next(row["state"] for row in sales_of_days(locale="en", now=now) if row["id"] == sale.pk)


def test_a_sale_takes_its_pieces_out_of_stock_when_it_opens_and_gives_the_rest_back():
    now = this_moment()
    sale = make_sale(quota=6, stock=10, starts_in=timedelta(hours=2), is_stocked=False)
    assert free(sale) == 10
    assert actions.open_due_sales(now=now) == 0

    opening = now + timedelta(hours=1, minutes=31)
    assert actions.open_due_sales(now=opening) == 1
    assert actions.open_due_sales(now=opening) == 0
    assert (free(sale), sums(sale)) == (4, (6, 0, 0, 0))

    assert actions.close_due_sales(now=now + timedelta(hours=7)) == 1
    assert actions.close_due_sales(now=now + timedelta(hours=7)) == 0
    assert (free(sale), sums(sale)) == (10, (0, 0, 0, 6))


def test_a_sale_has_as_many_pieces_as_there_are():
    sale = make_sale(quota=6, stock=4)

    assert sums(sale) == (4, 0, 0, 0)
    assert the_item(sale).quota == 4


def test_the_state_is_judged_when_it_is_read():
    now = this_moment()
    sale = make_sale(quota=1, starts_in=timedelta(hours=1), lasts=timedelta(hours=1), is_stocked=False)
    seen = [state_of(sale, now + timedelta(minutes=minutes)) for minutes in (0, 31, 61, 121)]

    assert seen == ["SCHEDULED", "WARMING", "LIVE", "ENDED"]


def test_a_sale_without_a_free_piece_is_sold_out_and_opens_again():
    sale = make_sale(quota=1)
    placed = buy(sale)
    assert state_of(sale) == "SOLD_OUT"

    actions.give_back_pieces(order_id=placed.order.id, now=this_moment())

    assert state_of(sale) == "LIVE"


def test_a_late_clock_does_not_keep_buyers_out():
    sale = make_sale(is_stocked=False)

    buy(sale)

    sale.refresh_from_db()
    assert sale.stocked_at is not None
    assert sums(sale) == (9, 1, 0, 0)


def test_the_database_itself_refuses_numbers_that_do_not_add_up():
    sale = make_sale(quota=3)
    for change in ("available = available + 1", "quota = quota + 1, available = available + 1", "available = -1"):
        with pytest.raises(DatabaseError):
            break_a_bucket(sale, change)


@transaction.atomic
def break_a_bucket(sale, change):
    """Write past the actions, as a careless script would."""
    bucket = FlashBucket.objects.filter(item__sale=sale)[0]
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE flash_flashbucket SET {change} WHERE id = %s", [bucket.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_pausing_and_ending_a_campaign_stop_its_sale():
    sale, buyer = make_sale(), make_shopper()
    campaign, now = sale.campaign, this_moment()
    paused = pause_campaign(campaign_id=campaign.pk, version=campaign.version, actor_id=campaign.created_by_id, now=now)
    with pytest.raises(FlashPaused):
        token_for(sale, buyer)
    assert sums(sale) == (10, 0, 0, 0)

    running = resume_campaign(campaign_id=campaign.pk, version=paused.version, actor_id=campaign.created_by_id, now=now)
    token = token_for(sale, buyer)
    end_campaign(campaign_id=running.pk, stop_manner="LET_FINISH", actor_id=campaign.created_by_id, now=now)

    with pytest.raises(FlashOver):
        order_with(sale, token, buyer)
    assert sums(sale) == (0, 0, 0, 10)
    assert free(sale) == 10


def test_a_new_version_of_the_rule_is_a_new_sale_and_nobody_buys_twice():
    sale, buyer = make_sale(quota=5, stock=20), make_shopper()
    variant, now, campaign = the_item(sale).variant, this_moment(), sale.campaign
    buy(sale, buyer=buyer)
    rule = flash_rule({variant: (1890, 8)})
    draft = make_draft([type(rule)(kind=rule.kind, params=rule.params, id=sale.rule_id)], now=now)
    save_campaign(
        draft=draft, campaign_id=campaign.pk, version=campaign.version, actor_id=campaign.created_by_id, now=now
    )

    new = FlashSale.objects.get(campaign=campaign, closed_at=None)
    with pytest.raises(FlashAlreadyBought):
        token_for(new, buyer)
    assert sums(sale) == (0, 1, 0, 4)
    buy(new)
    assert sums(new) == (7, 1, 0, 0)


def test_a_sale_follows_the_window_of_its_campaign(deliver_outbox):
    sale, now = make_sale(), this_moment()
    campaign = sale.campaign
    rule = type(flash_rule({}))(kind="flash_price", params=sale.rule.params, id=sale.rule_id)
    draft = make_draft([rule], now=now, starts_in=timedelta(hours=-2), lasts=timedelta(hours=9))
    save_campaign(
        draft=draft, campaign_id=campaign.pk, version=campaign.version, actor_id=campaign.created_by_id, now=now
    )
    deliver_outbox()

    sale.refresh_from_db()
    assert (sale.starts_at, sale.ends_at) == (draft.starts_at, draft.ends_at)


def test_members_of_a_tier_begin_earlier_by_the_clock_of_the_server(tiers):
    sale = make_sale(starts_in=timedelta(hours=1), earlyAccessHours={"peach": 2}, is_stocked=False)
    member, guest = make_shopper(), make_shopper()
    tiers[member.pk] = "peach"

    buy(sale, buyer=member)
    with pytest.raises(FlashNotOpen) as refusal:
        token_for(sale, guest)

    assert refusal.value.details == {"opensAt": sale.starts_at.isoformat()}
    assert state_of(sale) == "WARMING"
    assert FlashToken.objects.count() == 1


def test_a_token_of_a_member_does_not_help_who_lost_the_tier(tiers):
    sale, member = make_sale(starts_in=timedelta(hours=1), earlyAccessHours={"peach": 2}), make_shopper()
    tiers[member.pk] = "peach"
    token = token_for(sale, member)
    tiers.clear()

    with pytest.raises(FlashNotOpen):
        order_with(sale, token, member)

    assert sums(sale) == (10, 0, 0, 0)


def test_people_outside_the_audience_are_told_so(tiers):
    sale = make_sale(campaign={"audience": {"who": "all", "tiers": ["peach"]}})

    with pytest.raises(FlashNotForYou):
        token_for(sale, make_shopper())

    assert not FlashToken.objects.exists()


def test_tokens_are_given_no_faster_than_people_tap():
    sale, buyer = make_sale(), make_shopper()
    for _ in range(rules.TOKENS_A_MINUTE):
        token_for(sale, buyer)

    with pytest.raises(TooManyRequests):
        token_for(sale, buyer)

    assert FlashToken.objects.count() == rules.TOKENS_A_MINUTE
    token_for(sale, buyer, now=this_moment() + rules.MINUTE)


def test_a_crowd_behind_one_address_is_slowed_down():
    sale = make_sale()
    for _ in range(rules.TOKENS_OF_PLACE_A_MINUTE):
        token_for(sale, make_shopper(), address="10.0.0.1")

    with pytest.raises(TooManyRequests):
        token_for(sale, make_shopper(), address="10.0.0.1")
    assert token_for(sale, make_shopper(), address="10.0.0.2")


def test_no_token_for_a_sale_or_a_kind_that_is_not_there():
    sale, buyer = make_sale(), make_shopper()

    for sale_id, variant_id in ((new_id(), the_item(sale).variant_id), (sale.pk, make_variant().pk)):
        with pytest.raises(NotFound):
            actions.take_token(sale_id=sale_id, variant_id=variant_id, buyer_id=buyer.pk, address="", now=this_moment())

    assert not FlashToken.objects.exists()


def test_no_token_when_everything_is_taken():
    sale = make_sale(quota=1)
    buy(sale)

    with pytest.raises(FlashSoldOut):
        token_for(sale, make_shopper())


def waits(sale, person, now=None):
    return actions.join_waiting_list(
        sale_id=sale.pk, variant_id=the_item(sale).variant_id, user_id=person.pk, now=now or this_moment()
    )


def test_the_line_is_served_in_order_and_the_piece_is_kept_for_three_minutes(deliver_outbox):
    sale, now = make_sale(quota=1), this_moment()
    placed = buy(sale)
    first, second, stranger = make_shopper("First"), make_shopper("Second"), make_shopper("Stranger")
    waits(sale, second, now + timedelta(seconds=1))
    waits(sale, first, now)

    actions.give_back_pieces(order_id=placed.order.id, now=now)
    deliver_outbox()

    told = Notification.objects.filter(kind="flash.piece_back")
    assert [row.user_id for row in told] == [first.pk]
    with pytest.raises(FlashSoldOut):
        token_for(sale, stranger)
    assert token_for(sale, first)
    later = now + rules.OFFER_LIFE + timedelta(seconds=5)
    assert actions.serve_all_waiting(now=later) == 1
    assert {row.user_id for row in told.all()} == {first.pk, second.pk}


def test_standing_in_line_twice_keeps_the_first_place():
    sale, buyer, now = make_sale(quota=1), make_shopper(), this_moment()
    buy(sale)

    first, again = waits(sale, buyer, now), waits(sale, buyer, now + timedelta(minutes=1))

    assert first.pk == again.pk
    mine = mine_in_sales(user_id=buyer.pk, tier="", sale_ids=[sale.pk], now=now)
    assert mine[0]["waiting"] == [{"variant_id": the_item(sale).variant_id, "ahead": 0}]
    assert actions.leave_waiting_list(sale_id=sale.pk, variant_id=the_item(sale).variant_id, user_id=buyer.pk)
    assert not FlashWait.objects.exists()


def test_nobody_waits_for_what_is_there_or_over_or_their_own():
    sale, buyer = make_sale(quota=1), make_shopper()
    with pytest.raises(FlashStillThere):
        waits(sale, buyer)
    buy(sale, buyer=buyer)
    with pytest.raises(FlashAlreadyBought):
        waits(sale, buyer)
    with pytest.raises(FlashOver):
        waits(sale, make_shopper(), this_moment() + timedelta(hours=9))

    assert not FlashWait.objects.exists()


def test_those_who_asked_are_reminded_once():
    sale, buyer, now = make_sale(starts_in=timedelta(hours=1), is_stocked=False), make_shopper(), this_moment()
    actions.ask_reminder(sale_id=sale.pk, user_id=buyer.pk, now=now)
    actions.ask_reminder(sale_id=sale.pk, user_id=buyer.pk, now=now)

    early = actions.remind_due(now=now + timedelta(minutes=54))
    due = actions.remind_due(now=now + timedelta(minutes=56))
    again = actions.remind_due(now=now + timedelta(minutes=57))

    assert (early, due, again) == (0, 1, 0)
    assert Notification.objects.filter(kind="flash.begins", user=buyer).count() == 1


def test_no_reminder_for_what_has_begun():
    sale, buyer = make_sale(), make_shopper()

    with pytest.raises(FlashOver):
        actions.ask_reminder(sale_id=sale.pk, user_id=buyer.pk, now=this_moment())
    with pytest.raises(NotFound):
        actions.ask_reminder(sale_id=new_id(), user_id=buyer.pk, now=this_moment())

    assert not FlashReminder.objects.exists()


def test_a_sale_that_is_over_cannot_be_aborted():
    sale = make_sale()

    with pytest.raises(FlashOver):
        actions.abort_sale(sale_id=sale.pk, now=this_moment() + timedelta(hours=9))

    sale.refresh_from_db()
    assert sale.aborted_at is None
    assert sums(sale) == (10, 0, 0, 0)


def test_aborting_twice_is_aborting_once():
    sale, now = make_sale(), this_moment()

    actions.abort_sale(sale_id=sale.pk, now=now)
    actions.abort_sale(sale_id=sale.pk, now=now + timedelta(minutes=1))

    sale.refresh_from_db()
    assert sale.aborted_at == now
    assert state_of(sale) == "ABORTED"


def test_a_normal_buyer_is_not_touched_by_a_sale():
    sale = make_sale(quota=5, stock=6)

    make_order(variants=[(the_item(sale).variant, 1)], now=this_moment())

    assert sums(sale) == (5, 0, 0, 0)
