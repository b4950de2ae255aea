"""Lottery groups: all pay, some are drawn, the others get everything back, and anybody can check it."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from backend.core.errors import InvalidInput
from backend.ledger.selectors import conservation
from backend.orders.models import Order, OrderState
from backend.payments.actions import settle_refund
from backend.payments.models import Refund
from backend.promotions.errors import CampaignNotReady
from groupbuy import rules
from groupbuy.actions import commit_draw, console_losers, draw_due_groups, draw_winners, refund_losers
from groupbuy.models import Draw, Group, GroupState, Seat, SeatState
from groupbuy.selectors import draw_row
from membership.models import PointLot
from tests.factories.catalogue import make_product
from tests.factories.groupbuy import hold, join, make_group, make_offered_product
from tests.factories.promotions import group_rule, make_running_campaign, this_moment

pytestmark = pytest.mark.django_db

SCRIPT = Path(__file__).parents[2] / "frontend" / "public" / "verify_draw.py"
# The 99.9 percent quantile of chi-square with five degrees of freedom.
UNLIKELY = 20.52


def full_lottery(*, size=4, winners=1, points=20):
    """A lottery group with its last seat paid."""
    group = make_group(make_offered_product(size=size, winners=winners, consolationPoints=points))
    for _person in range(size - 1):
        join(group)
    return group


def drawn_lottery(deliver, **options):
    """A lottery group that was drawn and settled."""
    group = full_lottery(**options)
    deliver()
    draw_due_groups(now=this_moment() + rules.SEALED_FOR)
    deliver()
    group.refresh_from_db()
    return group


def test_the_hash_of_the_seed_is_fixed_when_the_group_opens():
    group = make_group(make_offered_product(size=4, winners=1))

    draw = Draw.objects.get(group=group)
    shown = draw_row(group_id=group.id, viewer_id=None)
    assert rules.sha256(draw.seed) == draw.seed_hash == shown["seed_hash"]
    assert (shown["seed"], shown["entries"], shown["commitment"]) == (None, [], None)


def test_a_full_group_is_sealed_and_nobody_is_confirmed_or_refunded_yet(deliver_outbox):
    group = full_lottery()

    deliver_outbox()

    group.refresh_from_db()
    draw = Draw.objects.get(group=group)
    assert group.state == GroupState.COMMITTED
    assert draw.entries == [str(seat.pk) for seat in Seat.objects.order_by("number")]
    assert draw.commitment == rules.commitment(seed=draw.seed, digest=rules.entries_hash(draw.entries))
    assert draw_row(group_id=group.id, viewer_id=None)["seed"] is None
    assert set(Order.objects.values_list("state", flat=True)) == {OrderState.AWAITING_GROUP}
    assert not Refund.objects.exists()


def test_nothing_is_drawn_before_its_time(deliver_outbox):
    group = full_lottery()
    deliver_outbox()

    drawn = draw_due_groups(now=this_moment())

    group.refresh_from_db()
    assert (drawn, group.state) == (0, GroupState.COMMITTED)
    assert Draw.objects.get(group=group).ranking == []


def test_winners_get_their_order_and_the_others_everything_back(deliver_outbox):
    group = drawn_lottery(deliver_outbox, size=4, winners=1, points=20)

    draw = Draw.objects.get(group=group)
    won = Seat.objects.get(group=group, state=SeatState.CONFIRMED)
    lost = Seat.objects.filter(group=group, state=SeatState.LOST)
    assert group.state == GroupState.CONFIRMED
    assert [str(won.pk)] == draw.ranking[:1]
    assert won.order.state == OrderState.PAID
    assert {seat.order.state for seat in lost} == {OrderState.CANCELLED}
    assert Refund.objects.filter(order__in=[seat.order for seat in lost]).count() == 3
    assert set(PointLot.objects.filter(cause="lottery_consolation").values_list("earned", flat=True)) == {20}
    assert conservation()["difference"] == 0


def test_settling_a_draw_twice_changes_nothing_more(deliver_outbox):
    group = drawn_lottery(deliver_outbox)
    later = this_moment() + timedelta(hours=1)

    again = (
        commit_draw(group_id=group.id, now=later),
        draw_winners(group_id=group.id, now=later),
        refund_losers(group_id=group.id, now=later),
    )
    console_losers(group_id=group.id, now=later)

    assert again == (False, False, [])
    assert Refund.objects.count() == 3
    assert PointLot.objects.filter(cause="lottery_consolation").count() == 3


def test_a_lost_seat_stays_lost_when_its_money_is_back(deliver_outbox):
    group = drawn_lottery(deliver_outbox)

    for refund in Refund.objects.all():
        settle_refund(refund_id=refund.id, now=this_moment())
    deliver_outbox()

    lost = Seat.objects.filter(group=group, state=SeatState.LOST)
    assert lost.count() == 3
    assert all(seat.refunded_at for seat in lost)


def test_a_winner_who_is_refunded_later_is_not_drawn_again(deliver_outbox):
    group = drawn_lottery(deliver_outbox)
    before = Draw.objects.values_list("ranking", flat=True).get()

    draw_due_groups(now=this_moment() + timedelta(days=1))

    assert Draw.objects.values_list("ranking", flat=True).get() == before
    assert Group.objects.get(pk=group.pk).state == GroupState.CONFIRMED


def test_the_public_script_agrees_with_a_real_draw(deliver_outbox, tmp_path):
    group = drawn_lottery(deliver_outbox, size=5, winners=2)
    shown = draw_row(group_id=group.id, viewer_id=None)
    ranked = sorted((each for each in shown["entries"] if each["is_winner"]), key=lambda each: each["rank"])
    told = {
        "seed": shown["seed"], "seedHash": shown["seed_hash"], "entriesHash": shown["entries_hash"],
        "commitment": shown["commitment"], "winners": shown["winners"],
        "entries": [each["entry"] for each in shown["entries"]], "drawn": [each["entry"] for each in ranked],
    }  # fmt: skip
    saved = tmp_path / "draw.json"

    saved.write_text(json.dumps(told))
    right = subprocess.run([sys.executable, SCRIPT, saved], capture_output=True, text=True, check=False)
    saved.write_text(json.dumps({**told, "drawn": told["drawn"][::-1]}))
    wrong = subprocess.run([sys.executable, SCRIPT, saved], capture_output=True, text=True, check=False)

    assert (right.returncode, right.stdout.count("yes")) == (0, 4)
    assert (wrong.returncode, wrong.stdout.count("NO")) == (1, 1)
    assert len(SCRIPT.read_text().splitlines()) <= 36


def test_every_entry_is_drawn_as_often_as_the_others():
    entries = [f"entry-{number}" for number in range(6)]
    digest = rules.entries_hash(entries)
    draws, winners = 3000, 2
    counted = dict.fromkeys(entries, 0)

    for number in range(draws):
        for entry in rules.rank_entries(entries, seed=rules.sha256(str(number)), digest=digest)[:winners]:
            counted[entry] += 1

    expected = draws * winners / len(entries)
    # Two of six are drawn together without being put back, which makes the spread a little smaller than counted here.
    chi_square = sum((count - expected) ** 2 / expected for count in counted.values())
    assert chi_square < UNLIKELY


def test_a_prize_above_the_lawful_worth_starts_nothing():
    product = make_product(price_minor=5_000_100)

    with pytest.raises(CampaignNotReady) as refused:
        make_running_campaign([group_rule([product], winners=1)])

    assert [each["field"] for each in refused.value.problems] == ["rules.0.winners"]


@pytest.mark.parametrize(
    "params",
    [
        {"winners": 3, "size": 3},
        {"winners": 0},
        {"winners": True},
        {"winners": "1"},
        {"consolationPoints": 10},
        {"winners": 1, "consolationPoints": -1},
        {"winners": 1, "consolationPoints": 10**9},
        {"winners": 1, "size": None},
    ],
)
def test_a_draw_that_is_not_sound_starts_nothing(params):
    with pytest.raises(CampaignNotReady):
        make_offered_product(**params)

    assert not Order.objects.exists()


def test_everybody_takes_part_with_one_piece():
    group = make_group(make_offered_product(size=4, winners=1))

    with pytest.raises(InvalidInput) as refused:
        hold(group, quantity=2)

    assert refused.value.field == "quantity"
    assert Seat.objects.count() == 1


def test_the_database_keeps_a_draw_from_being_sealed_after_it_is_drawn():
    group = make_group(make_offered_product(size=4, winners=1))

    with pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.filter(group=group).update(drawn_at=this_moment(), draw_at=this_moment() + timedelta(hours=1))

    assert Draw.objects.get().drawn_at is None
