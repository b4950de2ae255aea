"""Many friends buy at the same moment: the cap and the budget hold to the last friend and the last point."""

import threading
import time
from datetime import timedelta
from functools import partial

from backend.promotions.models import Campaign
from membership.models import PointLot
from referrals.invites import actions, selectors
from referrals.invites.models import Identifier, InviteReward, RewardScore, ScoreCause, Side
from referrals.invites.rules.evidence import period_of
from tests.factories.catalogue import NOON
from tests.factories.membership import make_confirmed_order, make_person
from tests.factories.referrals import make_invite_campaign, make_link
from tests.support.races import all_at_once

AT_ONCE = 30
LONG_AGO = NOON - timedelta(days=3)


def orders_of_friends(inviters, number):
    """The first orders of so many friends, whose inviters take turns; each signed up on a day of their own."""
    orders = []
    for place in range(number):
        friend, at = make_person(f"Friend{place}"), LONG_AGO - timedelta(hours=7 * place)
        link = make_link(inviters[place % len(inviters)], now=at)
        actions.bind_invitee(invitee_id=friend.id, link=link, clicked_at=at, now=at)
        orders.append(make_confirmed_order(buyer_id=friend.id))
    return orders


def _reward(orders, me):
    return actions.reward_invite(order_id=orders[me].id, now=NOON)


def friends_rewarded():
    return InviteReward.objects.filter(side=Side.INVITER).count()


def test_thirty_friends_at_once_do_not_pass_the_cap_of_three(fresh_database):
    make_invite_campaign(inviter=5, invitee=5, perInviterCap=3)
    orders = orders_of_friends([make_person("Ali")], AT_ONCE)

    outcome = all_at_once(AT_ONCE, partial(_reward, orders))

    assert outcome.raised == []
    assert friends_rewarded() == 3
    assert selectors.rewards_that_disagree() == []


def test_control_counting_first_without_the_lock_passes_the_cap(fresh_database):
    campaign = make_invite_campaign(inviter=5, invitee=5, perInviterCap=3)
    ali = make_person("Ali")
    passed = []

    def look_then_count(me):
        if selectors.rewarded_friends(ali.id, campaign_id=campaign.id) < 3:
            time.sleep(0.1)
            passed.append(me)

    outcome = all_at_once(AT_ONCE, look_then_count)

    assert outcome.raised == []
    assert len(passed) > 3


def test_thirty_friends_of_thirty_people_do_not_pass_the_budget(fresh_database):
    make_invite_campaign(inviter=5, invitee=5, budget_points=45)
    orders = orders_of_friends([make_person(f"Ali{number}") for number in range(AT_ONCE)], AT_ONCE)

    outcome = all_at_once(AT_ONCE, partial(_reward, orders))

    campaign = Campaign.objects.get()
    assert outcome.raised == []
    assert (friends_rewarded(), campaign.spent_points, campaign.reserved_points) == (4, 40, 0)
    assert sum(PointLot.objects.values_list("earned", flat=True)) == 40


def test_control_looking_first_passes_the_budget(fresh_database):
    make_invite_campaign(inviter=5, invitee=5, budget_points=45)
    passed = []

    def look_then_spend(me):
        campaign = Campaign.objects.get()
        if campaign.spent_points + 10 <= 45:
            time.sleep(0.1)
            passed.append(me)

    outcome = all_at_once(AT_ONCE, look_then_spend)

    assert outcome.raised == []
    assert len(passed) * 10 > 45


def test_one_order_told_of_thirty_times_is_attributed_and_rewarded_once(fresh_database):
    make_invite_campaign(inviter=5, invitee=5, budget_points=1000)
    [order] = orders_of_friends([make_person("Ali")], 1)

    outcome = all_at_once(AT_ONCE, lambda _me: actions.reward_invite(order_id=order.id, now=NOON))

    assert outcome.raised == []
    assert {len(answer) for answer in outcome.answers} == {2}
    assert InviteReward.objects.count() == 2
    assert Campaign.objects.get().spent_points == 10


def test_release_and_reject_at_once_leave_one_decision(fresh_database):
    make_invite_campaign(inviter=50, invitee=20, budget_points=1000)
    [order] = orders_of_friends([make_person("Ali")], 1)
    buyer_id = order.buyer_id
    inviter_id = selectors.binding_of(buyer_id).inviter_id
    for person_id in (buyer_id, inviter_id):
        other = make_confirmed_order(buyer_id=person_id, now=NOON - timedelta(days=1))
        type(other).objects.filter(pk=other.pk).update(address={"phone": "+8613900139000"}, confirmed_at=None)
    actions.reward_invite(order_id=order.id, now=NOON)
    held = InviteReward.objects.get(side=Side.INVITER)
    clerks = [make_person(f"Clerk{number}") for number in range(10)]

    def decide(me):
        return actions.decide_reward(
            reward_id=held.pk, is_released=me % 2 == 0, note="seen", by=clerks[me].id, now=NOON
        ).state

    all_at_once(10, decide)

    campaign = Campaign.objects.get()
    state = InviteReward.objects.get(pk=held.pk).state
    assert campaign.reserved_points == 20
    assert campaign.spent_points == (50 if state == "PENDING" else 0)
    assert selectors.rewards_that_disagree() == []


def held_reward():
    """An inviter's reward under review, and the signs that will refuse it when it is weighed again."""
    make_invite_campaign(inviter=50, invitee=20, budget_points=1000)
    [order] = orders_of_friends([make_person("Ali")], 1)
    people = (order.buyer_id, selectors.binding_of(order.buyer_id).inviter_id)
    for person_id in people:
        other = make_confirmed_order(buyer_id=person_id, now=NOON - timedelta(days=1))
        type(other).objects.filter(pk=other.pk).update(address={"phone": "+8613900139000"}, confirmed_at=None)
    actions.reward_invite(order_id=order.id, now=NOON)
    for kind in ("DEVICE", "ADDRESS"):
        for person_id in people:
            Identifier.objects.create(
                user_id=person_id, kind=kind, period=period_of(NOON), digest=b"s" * 32, seen_at=NOON
            )
    return InviteReward.objects.get(side=Side.INVITER)


def test_a_clerk_who_decides_while_the_scorer_runs_has_the_last_word(fresh_database):
    reward = held_reward()
    clerk = make_person("Clerk")

    def move(me):
        if me == 0:
            return actions.decide_reward(
                reward_id=reward.pk, is_released=True, note="room mates", by=clerk.id, now=NOON
            )
        return actions.weigh_again(reward_id=reward.pk, cause=ScoreCause.SIGNS, now=NOON)

    outcome = all_at_once(8, move)

    after, campaign = InviteReward.objects.get(pk=reward.pk), Campaign.objects.get()
    assert outcome.raised == []
    assert (after.state, after.decided_by_id, after.note) == ("PENDING", clerk.id, "room mates")
    assert (campaign.reserved_points, campaign.spent_points) == (20, 50)
    assert len(set(RewardScore.objects.filter(reward=reward).values_list("sequence", flat=True))) == (
        RewardScore.objects.filter(reward=reward).count()
    )
    assert selectors.rewards_that_disagree() == []


def test_control_a_scorer_without_the_lock_refuses_what_the_clerk_released(fresh_database, monkeypatch):
    reward = held_reward()
    clerk = make_person("Clerk")
    read = threading.Event()
    decided = threading.Event()

    def look(reward_id):
        seen = InviteReward.objects.get(pk=reward_id)
        read.set()
        decided.wait(timeout=20)
        return seen

    monkeypatch.setattr("referrals.invites.actions.weighing.hold_reward", look)

    def move(me):
        if me == 0:
            read.wait(timeout=20)
            actions.decide_reward(reward_id=reward.pk, is_released=True, note="room mates", by=clerk.id, now=NOON)
            decided.set()
        else:
            actions.weigh_again(reward_id=reward.pk, cause=ScoreCause.SIGNS, now=NOON)

    all_at_once(2, move)

    after = InviteReward.objects.get(pk=reward.pk)
    assert after.state == "REJECTED"
    assert PointLot.objects.get(user_id=after.beneficiary_id).reversed == 0
