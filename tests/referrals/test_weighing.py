"""A reward under review is weighed again when something new is known; the course of its scores is kept."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from backend.core.locks import lock_one
from backend.orders.actions import mark_delivered, mark_shipped
from backend.orders.models import Order
from backend.promotions.models import Campaign
from referrals.invites import actions, selectors
from referrals.invites.models import Identifier, InviteReward, RewardScore, ScoreCause
from referrals.invites.rules.evidence import period_of
from tests.factories.accounts import make_person as make_member
from tests.factories.aftersales import ask
from tests.factories.catalogue import NOON
from tests.factories.membership import make_person
from tests.factories.orders import make_buyer, make_order
from tests.factories.payments import pay
from tests.factories.referrals import make_invite_campaign, make_link
from tests.referrals.test_rewards import held_pair, share_device, share_phone
from tests.support.api import Api

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=2)
CASE = """query ($id: ID!) { rewardCase(id: $id) { course {
    score cause causeLabel state stateLabel isMove ruleVersion at evidence { rule points }
} } }"""


def scores(reward):
    rows = RewardScore.objects.filter(reward=reward).order_by("sequence")
    return [(row.cause, row.score, row.from_state, row.to_state) for row in rows]


def weigh(reward, *, now=LATER, cause=ScoreCause.SIGNS):
    actions.weigh_again(reward_id=reward.pk, cause=cause, now=now)
    return InviteReward.objects.get(pk=reward.pk)


def held():
    ali, bob, rewards = held_pair()
    return ali, bob, rewards["INVITER", 1]


def test_the_first_score_is_kept_with_its_day_and_its_reasons():
    _ali, _bob, reward = held()

    row = RewardScore.objects.get(reward=reward)

    assert scores(reward) == [("FIRST", 60, "", "HELD")]
    assert (row.at, row.fraud_rule_id) == (NOON, reward.fraud_rule_id)
    assert [each["rule"] for each in row.evidence] == ["same_phone"]


def test_new_signs_raise_the_score_and_it_stays_with_the_desk():
    ali, bob, reward = held()
    share_device(ali, bob)

    again = weigh(reward)

    assert (again.state, again.score) == ("HELD", 100)
    assert scores(reward)[1:] == [("SIGNS", 100, "HELD", "HELD")]
    assert again.held_until == reward.held_until


def test_what_is_surely_one_person_is_refused_with_the_reason_and_the_budget_is_free_again():
    ali, bob, reward = held()
    share_device(ali, bob)
    share_one_address(ali, bob)

    again = weigh(reward)

    assert (again.state, again.note, again.decided_by) == ("REJECTED", "rule", None)
    assert again.score == 125
    assert scores(reward)[-1] == ("SIGNS", 125, "HELD", "REJECTED")
    assert Campaign.objects.get().reserved_points == 20


def test_signs_that_say_nothing_any_more_let_it_pass():
    ali, bob, reward = held()
    InviteReward.objects.filter(pk=reward.pk).update(state="HELD")
    forget_shared_phone(ali, bob)

    again = weigh(reward)

    assert (again.state, again.held_until) == ("PENDING", None)
    assert again.lot is not None
    assert scores(reward)[-1] == ("SIGNS", 0, "HELD", "PENDING")
    assert selectors.rewards_that_disagree() == []


def test_nothing_new_writes_nothing_but_the_moment():
    _ali, _bob, reward = held()

    again = weigh(reward)

    assert len(scores(reward)) == 1
    assert again.weighed_at == LATER


def test_a_person_who_was_heard_is_not_refused_by_a_score():
    ali, bob, reward = held()
    clerk = make_person("Clerk")
    actions.decide_reward(reward_id=reward.pk, is_released=False, note="seems one", by=clerk.id, now=NOON)
    actions.object_to_rejection(reward_id=reward.pk, user_id=ali.id, note="my sister", now=NOON)
    share_device(ali, bob)
    share_one_address(ali, bob)

    again = weigh(reward)

    assert (again.state, again.score) == ("HELD", 125)
    assert scores(reward)[-1] == ("SIGNS", 125, "HELD", "HELD")


def test_what_a_person_released_keeps_its_state_and_the_desk_sees_the_new_score():
    ali, bob, reward = held()
    actions.decide_reward(reward_id=reward.pk, is_released=True, note="room mates", by=make_person("C").id, now=NOON)
    share_device(ali, bob)
    share_one_address(ali, bob)

    again = weigh(reward)

    assert (again.state, again.score, again.lot is not None) == ("PENDING", 125, True)
    assert scores(reward)[-1] == ("SIGNS", 125, "PENDING", "PENDING")


def test_what_a_person_rejected_is_left_alone():
    ali, bob, reward = held()
    actions.decide_reward(reward_id=reward.pk, is_released=False, note="one person", by=make_person("C").id, now=NOON)
    forget_shared_phone(ali, bob)

    assert weigh(reward).state == "REJECTED"
    assert len(scores(reward)) == 1


def paid_pair():
    """An inviter and a friend who paid for a first order, with one phone; the order, and the inviter's reward."""
    make_invite_campaign(inviter=50, invitee=20, budget_points=1000)
    ali, bob = make_person("Ali"), make_buyer("Bob", now=NOON - timedelta(days=2))
    at = NOON - timedelta(days=2)
    actions.bind_invitee(invitee_id=bob.id, link=make_link(ali), clicked_at=at, now=at)
    share_phone(ali, bob)
    placed = make_order(buyer=bob, now=NOON - timedelta(hours=1))
    pay(placed, now=NOON - timedelta(hours=1))
    rewards = actions.reward_invite(order_id=placed.order.id, now=NOON)
    return placed.order, next(each for each in rewards if each.side == "INVITER")


def test_a_return_that_is_asked_for_is_a_sign(deliver_outbox):
    order, reward = paid_pair()
    deliver_outbox()
    before = InviteReward.objects.get(pk=reward.pk)

    held_order = lock_one(Order, order.pk)
    mark_shipped(order=held_order, now=LATER)
    mark_delivered(order=held_order, now=LATER)
    ask(Order.objects.get(pk=order.pk), now=LATER + timedelta(hours=1))
    deliver_outbox()

    again = InviteReward.objects.get(pk=reward.pk)
    assert before.state == "HELD"
    assert again.score == before.score + 15
    assert scores(reward)[-1] == ("RETURN", before.score + 15, "HELD", "HELD")


def test_the_clock_weighs_what_waits_once_an_hour_and_leaves_old_cases_to_a_person():
    ali, bob, reward = held()
    share_device(ali, bob)

    early = actions.weigh_due_rewards(now=NOON + timedelta(minutes=59))
    first = actions.weigh_due_rewards(now=LATER)
    again = actions.weigh_due_rewards(now=LATER)
    old = actions.weigh_due_rewards(now=NOON + timedelta(days=91))

    assert (early, first, again, old) == (0, 2, 0, 0)
    assert scores(reward)[-1][:2] == ("SIGNS", 100)


def test_a_score_is_never_changed():
    _ali, _bob, reward = held()

    with pytest.raises(IntegrityError), transaction.atomic():
        RewardScore.objects.filter(reward=reward).update(score=0)

    assert scores(reward) == [("FIRST", 60, "", "HELD")]


def test_the_desk_sees_the_course():
    ali, bob, reward = held()
    share_device(ali, bob)
    weigh(reward)

    course = Api(make_member("Grace", roles=("growth",)))(CASE, id=str(reward.pk))["rewardCase"]["course"]

    assert [(each["cause"], each["score"], each["state"], each["isMove"]) for each in course] == [
        ("FIRST", 60, "HELD", True),
        ("SIGNS", 100, "HELD", False),
    ]
    assert [each["causeLabel"] for each in course] == ["发出奖励时", "出现新的迹象"]
    assert [each["rule"] for each in course[1]["evidence"]] == ["same_phone", "same_device"]


def share_one_address(*people):
    Identifier.objects.bulk_create(
        Identifier(user=person, kind="ADDRESS", period=period_of(LATER), digest=b"a" * 32, seen_at=NOON)
        for person in people
    )


def forget_shared_phone(*people):
    Order.objects.filter(buyer__in=people).update(address={})
    Identifier.objects.filter(user__in=people, kind="PHONE").delete()
