"""Levels: up at once, down only at the end of a term, versions that stay, and a look before saving."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from backend.core.money import Money
from backend.core.outbox.models import OutboxEvent
from membership import actions, rules, selectors
from membership.errors import BackTestChanged
from membership.models import Falling, Member, MoveReason, TierMove, TierPolicy, TierStep
from tests.factories.accounts import make_person as make_staff
from tests.factories.catalogue import NOON
from tests.factories.membership import draft_of_levels, keep_order, make_person, put_on_tier

pytestmark = pytest.mark.django_db
TERM = timedelta(days=365)
GRACE = timedelta(days=15)


def tier_of(person) -> str:
    return selectors.member_tier(person.id).key


def save(draft, *, now=NOON) -> TierPolicy:
    seen = selectors.back_test(draft, now=now).fingerprint
    grower = make_staff("Growth", roles=("growth",))
    return actions.save_policy(draft=draft, seen=seen, actor_id=grower.id, now=now)


def test_a_level_is_kept_through_its_term_and_its_grace_whatever_is_refunded():
    bob = make_person()
    order = keep_order(bob, 40_000)
    actions.reduce_order(order_id=order.id, refunded=Money(40_000), now=NOON)

    assert actions.review_members(now=NOON + TERM + GRACE - timedelta(seconds=1)) == 0
    assert tier_of(bob) == "leaf"
    assert actions.review_members(now=NOON + TERM + GRACE) == 1

    assert tier_of(bob) == "bud"
    assert Member.objects.get(pk=bob.pk).valid_until is None
    assert TierMove.objects.get(user=bob, reason=MoveReason.FELL).to_tier_id == "bud"
    assert OutboxEvent.objects.filter(name="TierFell").count() == 1
    assert selectors.lots_that_disagree() == []


def test_a_fall_is_softened_by_landing_one_level_down():
    bob = make_person()
    put_on_tier(bob, "gold")

    actions.review_members(now=NOON + TERM + GRACE)

    member = Member.objects.get(pk=bob.pk)
    assert (member.tier_id, member.is_soft_landing) == ("silver", True)
    assert member.valid_until == NOON + TERM + GRACE + TERM


def test_who_reaches_the_level_again_keeps_it_for_another_term():
    bob = make_person()
    put_on_tier(bob, "leaf", lasts=timedelta(0))
    keep_order(bob, 30_000)

    assert actions.review_members(now=NOON + GRACE) == 1
    assert actions.review_members(now=NOON + GRACE) == 0

    assert (tier_of(bob), TierMove.objects.get(user=bob).reason) == ("leaf", MoveReason.RENEWED)


@pytest.mark.parametrize(
    ("falling", "held", "reached", "place"),
    [
        (Falling.ONE_DOWN, 3, 0, 2),
        (Falling.ONE_DOWN, 1, 0, 0),
        (Falling.BALANCE_BASED, 3, 0, 0),
        (Falling.NONE, 3, 0, 3),
        (Falling.ONE_DOWN, 1, 3, 3),
    ],
)
def test_the_policy_says_where_one_lands(falling, held, reached, place):
    assert rules.landing(held=held, reached=reached, falling=falling) == place


def test_the_back_test_says_who_rises_who_would_fall_and_what_it_costs():
    bob, carol, dave = make_person("Bob"), make_person("Carol"), make_person("Dave")
    keep_order(bob, 20_000)
    put_on_tier(carol, "leaf")
    keep_order(dave, 500)

    test = selectors.back_test(draft_of_levels(leaf={"amount_minor": 15_000}), now=NOON)

    assert (test.up_count, test.down_count, test.people_count) == (1, 1, 3)
    assert [row.user_id for row in test.up] == [bob.id]
    assert [(row.user_id, row.valid_until) for row in test.down] == [(carol.id, NOON + TERM)]
    assert (test.points_per_month, test.minor_per_month) == (20, 20)


def test_levels_are_saved_only_by_who_has_seen_what_they_do():
    bob, draft = make_person(), draft_of_levels(leaf={"amount_minor": 15_000})
    seen = selectors.back_test(draft, now=NOON).fingerprint
    keep_order(bob, 20_000)

    with pytest.raises(BackTestChanged) as refused:
        actions.save_policy(draft=draft, seen=seen, actor_id=bob.id, now=NOON)

    assert (refused.value.up, refused.value.down) == (1, 0)
    assert TierPolicy.objects.count() == 1


def test_a_new_version_lifts_at_the_next_look_and_takes_nothing_from_anybody():
    bob, carol = make_person("Bob"), make_person("Carol")
    keep_order(bob, 20_000)
    keep_order(carol, 30_000)
    later = NOON + timedelta(days=1)

    policy = save(draft_of_levels(leaf={"amount_minor": 15_000}, silver={"amount_minor": 400_000},
                                  gold={"amount_minor": 500_000}), now=later)  # fmt: skip
    risen = actions.raise_members(now=later)

    assert (policy.version, risen, actions.raise_members(now=later)) == (2, 1, 0)
    assert (tier_of(bob), tier_of(carol)) == ("leaf", "leaf")
    assert selectors.policy_at(NOON).pk == 1
    assert selectors.lots_that_disagree() == []


def test_the_database_keeps_versions_as_they_were_and_apart():
    for statement in (
        "UPDATE membership_tierstep SET amount_minor = 1",
        "UPDATE membership_tierpolicy SET grace_days = 1",
        "DELETE FROM membership_tierpolicy",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with pytest.raises(IntegrityError), transaction.atomic():
        TierPolicy.objects.create(
            version=9, valid_during=(NOON, None), window_days=1, lasts_days=1, grace_days=0, falling="NONE"
        )

    assert TierStep.objects.count() == 4


def test_an_explained_move_names_facts_rule_and_decision():
    bob = make_person()
    keep_order(bob, 30_000)

    move = selectors.moves_of(bob.id)[0]

    assert (move.from_tier_id, move.to_tier_id, move.kept_minor, move.orders_count) == ("bud", "leaf", 30_000, 1)
