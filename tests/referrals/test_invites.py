"""Who brought whom, and what it is worth."""

from datetime import timedelta

import pytest

from backend.accounts.actions import block_person
from backend.core.money import Money
from backend.core.outbox.models import OutboxEvent
from backend.promotions.models import Campaign, CampaignRule
from membership import selectors as membership
from membership.actions import reduce_order
from referrals.invites import actions, selectors
from referrals.invites.errors import CannotInvite, NothingToShare
from referrals.invites.models import Binding, InviteReward, LinkKind, ShareLink
from tests.factories.catalogue import NOON, make_product
from tests.factories.membership import make_confirmed_order, make_person
from tests.factories.referrals import VISITOR, make_click, make_invite_campaign, make_link

pytestmark = pytest.mark.django_db


def told(name: str) -> int:
    return OutboxEvent.objects.filter(name=name).count()


def test_the_same_target_always_has_the_same_link():
    ali, product = make_person("Ali"), make_product(slug="tulip")

    links = {
        actions.create_share_link(owner_id=ali.id, kind=LinkKind.PRODUCT, target_id=product.id, now=NOON).code
        for _ in range(3)
    }

    assert len(links) == 1
    assert ShareLink.objects.get().path == "/p/tulip"


def test_what_is_not_there_cannot_be_shared():
    ali = make_person("Ali")

    with pytest.raises(NothingToShare):
        actions.create_share_link(owner_id=ali.id, kind=LinkKind.GROUP, target_id=ali.id, now=NOON)

    assert not ShareLink.objects.exists()


def test_who_signs_up_belongs_to_the_last_link_they_opened():
    ali, chen, carol = make_person("Ali"), make_person("Chen"), make_person("Carol")
    make_click(make_link(ali), at=NOON - timedelta(days=2))
    make_click(make_link(chen), at=NOON - timedelta(days=1))

    binding = actions.bind_visitor(invitee_id=carol.id, visitor=VISITOR, now=NOON)

    assert binding is not None
    assert (binding.inviter_id, binding.second_level_id) == (chen.id, None)
    assert told("InviteeBound") == 1


@pytest.mark.parametrize(("age", "counts"), [(timedelta(days=30), True), (timedelta(days=30, seconds=1), False)])
def test_the_window_is_thirty_days_with_both_ends(age, counts):
    ali, carol = make_person("Ali"), make_person("Carol")
    make_click(make_link(ali), at=NOON - age)

    actions.bind_visitor(invitee_id=carol.id, visitor=VISITOR, now=NOON)

    assert Binding.objects.exists() is counts


def test_a_crawler_brings_nobody():
    ali, carol = make_person("Ali"), make_person("Carol")
    make_click(make_link(ali), is_bot=True)

    assert actions.bind_visitor(invitee_id=carol.id, visitor=VISITOR, now=NOON) is None
    assert told("LinkClicked") == 0


def test_nobody_invites_themselves():
    ali = make_person("Ali")
    link = make_link(ali)

    with pytest.raises(CannotInvite):
        actions.bind_invitee(invitee_id=ali.id, link=link, clicked_at=NOON, now=NOON)

    assert not Binding.objects.exists()


def test_nobody_invites_whoever_stands_above_them():
    ali, bob, carol = make_person("Ali"), make_person("Bob"), make_person("Carol")
    actions.bind_invitee(invitee_id=bob.id, link=make_link(ali), clicked_at=NOON, now=NOON)
    actions.bind_invitee(invitee_id=carol.id, link=make_link(bob), clicked_at=NOON, now=NOON)

    with pytest.raises(CannotInvite):
        actions.bind_invitee(invitee_id=ali.id, link=make_link(carol), clicked_at=NOON, now=NOON)

    assert Binding.objects.count() == 2
    assert Binding.objects.get(pk=carol.id).second_level_id == ali.id


def test_people_who_blocked_one_another_are_not_bound():
    ali, bob = make_person("Ali"), make_person("Bob")
    block_person(blocker_id=bob.id, blocked_id=ali.id, now=NOON)

    with pytest.raises(CannotInvite):
        actions.bind_invitee(invitee_id=bob.id, link=make_link(ali), clicked_at=NOON, now=NOON)


def test_the_first_order_rewards_both_sides_and_says_why():
    make_invite_campaign(inviter=50, invitee=20, budget_points=1000)
    ali, bob = make_person("Ali"), make_person("Bob")
    actions.bind_invitee(invitee_id=bob.id, link=make_link(ali), clicked_at=NOON, now=NOON)
    order = make_confirmed_order(buyer_id=bob.id)

    rewards = actions.reward_invite(order_id=order.id, now=NOON)

    assert [(each.side, each.points) for each in rewards] == [("INVITER", 50), ("INVITEE", 20)]
    assert (membership.points_pending(ali.id), membership.points_pending(bob.id)) == (50, 20)
    assert membership.lots_that_disagree() == []
    assert Campaign.objects.get().spent_points == 70
    assert told("InviteRewarded") == 2


def test_only_the_first_order_counts_and_only_once():
    make_invite_campaign(inviter=50, invitee=20)
    ali, bob = make_person("Ali"), make_person("Bob")
    actions.bind_invitee(invitee_id=bob.id, link=make_link(ali), clicked_at=NOON, now=NOON)
    first = make_confirmed_order(buyer_id=bob.id)
    for _ in range(2):
        actions.reward_invite(order_id=first.id, now=NOON)
    second = make_confirmed_order(buyer_id=bob.id)
    actions.reward_invite(order_id=second.id, now=NOON)

    assert InviteReward.objects.count() == 2


def test_who_bought_before_is_no_new_friend():
    make_invite_campaign(inviter=50, invitee=20)
    ali, bob = make_person("Ali"), make_person("Bob")
    make_confirmed_order(buyer_id=bob.id, now=NOON - timedelta(days=1))
    actions.bind_invitee(invitee_id=bob.id, link=make_link(ali), clicked_at=NOON, now=NOON)

    assert actions.reward_invite(order_id=make_confirmed_order(buyer_id=bob.id).id, now=NOON) == []


def test_a_budget_that_covers_only_one_side_gives_nothing():
    make_invite_campaign(inviter=50, invitee=20, budget_points=60)
    ali, bob = make_person("Ali"), make_person("Bob")
    actions.bind_invitee(invitee_id=bob.id, link=make_link(ali), clicked_at=NOON, now=NOON)

    assert actions.reward_invite(order_id=make_confirmed_order(buyer_id=bob.id).id, now=NOON) == []

    assert membership.points_pending(ali.id) == 0
    assert Campaign.objects.get().spent_points == Campaign.objects.get().reserved_points == 0


def test_without_a_running_campaign_nothing_is_promised():
    Campaign.objects.filter(pk=make_invite_campaign(inviter=50, invitee=20).pk).update(state="PAUSED")
    ali, bob = make_person("Ali"), make_person("Bob")
    actions.bind_invitee(invitee_id=bob.id, link=make_link(ali), clicked_at=NOON, now=NOON)

    assert actions.reward_invite(order_id=make_confirmed_order(buyer_id=bob.id).id, now=NOON) == []
    assert CampaignRule.objects.exists()


def test_a_refund_of_the_first_order_takes_both_rewards_back():
    make_invite_campaign(inviter=50, invitee=20)
    ali, bob = make_person("Ali"), make_person("Bob")
    actions.bind_invitee(invitee_id=bob.id, link=make_link(ali), clicked_at=NOON, now=NOON)
    order = make_confirmed_order(buyer_id=bob.id)
    actions.reward_invite(order_id=order.id, now=NOON)

    reduce_order(order_id=order.id, refunded=Money(3990), now=NOON)
    actions.reverse_rewards(order_id=order.id, refunded_minor=3990, now=NOON)

    assert selectors.reward_sums(ali.id) == {"pending": 0, "vested": 0, "held": 0}
    assert membership.points_pending(bob.id) == 0
