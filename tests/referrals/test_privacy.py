"""Who invited or was invited takes everything along, and is forgotten as far as rewards allow."""

import json
from datetime import timedelta

import pytest

from backend.core.privacy import subjects
from referrals.invites import actions, selectors
from referrals.invites.models import Binding, Click, Identifier, InviteReward, InviteSettings, ShareVisit, Touch
from referrals.invites.privacy import InvitesPrivacy
from tests.factories.catalogue import NOON
from tests.factories.membership import make_person
from tests.factories.referrals import VISITOR, make_link
from tests.referrals.test_rewards import held_pair, share_device

pytestmark = pytest.mark.django_db


def invited():
    """An inviter and a friend whose reward is under review, with browsers, digests and words."""
    ali, bob, rewards = held_pair()
    share_device(bob)
    actions.note_identifiers(people=[ali.id, bob.id], now=NOON)
    actions.show_name(user_id=bob.id, shows_name=True, now=NOON)
    reward = rewards["INVITEE", 1]
    clerk = make_person("Clerk")
    actions.decide_reward(reward_id=reward.pk, is_released=False, note="看着像王先生本人", by=clerk.id, now=NOON)
    actions.object_to_rejection(reward_id=reward.pk, user_id=bob.id, note="是我姐姐", now=NOON + timedelta(hours=1))
    return ali, bob, reward


def test_the_app_answers_for_invitations():
    assert "invites" in [subject.name for subject in subjects()]


def test_everything_is_handed_out_and_of_others_only_how_many():
    ali, bob, _reward = invited()

    mine, theirs = (InvitesPrivacy().export(user_id=person.id) for person in (bob, ali))

    assert [row["objection"] for row in mine["rewards"]] == ["是我姐姐"]
    assert mine["shows_name"] is True
    assert mine["digests"]
    assert theirs["invited_people"] == 1
    assert str(bob.id) not in json.dumps(theirs, default=str)


def test_browsers_digests_and_words_go_and_rewards_stay():
    ali, bob, reward = invited()
    link = make_link(ali)
    ShareVisit.objects.create(owner=ali, link=link, visitor=VISITOR, day=NOON.date(), points=2, at=NOON)

    InvitesPrivacy().erase(user_id=bob.id, now=NOON)

    after = InviteReward.objects.get(pk=reward.pk)
    assert not Touch.objects.filter(user=bob).exists()
    assert not Touch.objects.filter(visitor=VISITOR).exists()
    assert not Click.objects.filter(visitor=VISITOR).exists()
    assert not ShareVisit.objects.filter(visitor=VISITOR).exists()
    assert not Identifier.objects.filter(user=bob).exists()
    assert Identifier.objects.filter(user=ali).exists()
    assert not InviteSettings.objects.filter(user=bob).exists()
    assert (after.objection, after.note, after.points, after.state) == ("-", "-", 20, "HELD")
    assert Binding.objects.filter(invitee=bob, inviter=ali).exists()
    assert selectors.rewards_that_disagree() == []


def test_an_objection_that_was_erased_stays_with_a_person():
    _ali, bob, reward = invited()
    InvitesPrivacy().erase(user_id=bob.id, now=NOON)

    released = actions.release_due_rewards(now=NOON + timedelta(days=30))

    assert released == 1
    assert InviteReward.objects.get(pk=reward.pk).state == "HELD"


def test_forgetting_twice_is_forgetting_once():
    _ali, bob, _reward = invited()

    InvitesPrivacy().erase(user_id=bob.id, now=NOON)
    InvitesPrivacy().erase(user_id=bob.id, now=NOON)

    assert InvitesPrivacy().export(user_id=bob.id)["visits"] == []
