"""What an invite campaign may not pay for is refused when it is saved, with the reason."""

import pytest

from backend.core.errors import InvalidInput
from backend.promotions.actions import CampaignDraft, RuleDraft, save_campaign
from backend.promotions.models import Campaign
from referrals.invites import actions, rules
from referrals.invites.errors import CannotInvite
from referrals.invites.kinds import INVITE_REWARD
from referrals.invites.models import Binding
from tests.factories.accounts import make_person as make_member
from tests.factories.catalogue import NOON, texts
from tests.factories.membership import make_confirmed_order, make_person
from tests.factories.promotions import make_template, this_moment
from tests.factories.referrals import make_invite_campaign, make_link

pytestmark = pytest.mark.django_db

SOUND = {"inviterPoints": 50, "inviteePoints": 20}


def save(params, **draft):
    now = this_moment()
    wanted = CampaignDraft(
        names=texts("邀请", "邀請", "Invite"),
        starts_at=now,
        ends_at=now.replace(year=now.year + 1),
        rules=(RuleDraft(kind="invite_reward", params=params),),
        **draft,
    )
    return save_campaign(draft=wanted, actor_id=make_member("Growth", roles=("growth",)).id, now=now)


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"trigger": "sign_up"}, "rules.0.trigger"),
        ({"trigger": "head_count"}, "rules.0.trigger"),
        ({"trigger": "team_turnover"}, "rules.0.trigger"),
        ({"teamBps": 500}, "rules.0.trigger"),
        ({"entryFeeMinor": 9900}, "rules.0.trigger"),
        ({"levels": 3}, "rules.0.levels"),
        ({"secondLevelPoints": 51}, "rules.0.secondLevelPoints"),
    ],
)
def test_heads_teams_and_a_third_level_are_refused_when_saved(params, field):
    with pytest.raises(InvalidInput) as refused:
        save({**SOUND, **params})

    assert refused.value.field == field
    assert not Campaign.objects.exists()


def test_a_sound_rule_with_a_second_level_is_saved():
    assert save({**SOUND, "secondLevelPoints": 10, "levels": 2}).pk


@pytest.mark.parametrize("budget", [{"budget_points": 0}, {"budget_minor": -1}])
def test_a_budget_of_nothing_is_refused(budget):
    with pytest.raises(InvalidInput):
        save(SOUND, **budget)

    assert not Campaign.objects.exists()


@pytest.mark.parametrize(
    "params",
    [
        {"inviterPoints": 100_001, "inviteePoints": 0},
        {"inviterPoints": True, "inviteePoints": 0},
        {"inviterPoints": 0, "inviteePoints": 0},
        {**SOUND, "minOrderMinor": 0},
        {**SOUND, "perInviterCap": 1.5},
        {**SOUND, "inviterCoupon": "a coupon"},
        {**SOUND, "windowDays": 366},
    ],
)
def test_what_makes_no_sense_keeps_a_campaign_from_starting(params):
    assert any(problem.severity == "error" for problem in rules.reward_problems(params))


def test_an_own_link_binds_nobody_and_pays_nothing():
    make_invite_campaign(inviter=50, invitee=20)
    ali = make_person("Ali")

    with pytest.raises(CannotInvite):
        actions.bind_invitee(invitee_id=ali.id, link=make_link(ali), clicked_at=NOON, now=NOON)

    assert actions.reward_invite(order_id=make_confirmed_order(buyer_id=ali.id).id, now=NOON) == []
    assert not Binding.objects.exists()


def test_a_finished_campaign_promises_nothing():
    Campaign.objects.filter(pk=make_invite_campaign(inviter=50, invitee=20).pk).update(ends_at=NOON)
    ali, bob = make_person("Ali"), make_person("Bob")
    actions.bind_invitee(invitee_id=bob.id, link=make_link(ali), clicked_at=NOON, now=NOON)

    assert actions.reward_invite(order_id=make_confirmed_order(buyer_id=bob.id).id, now=NOON) == []


def test_a_coupon_as_reward_must_be_given_out_now_and_the_rule_says_so():
    running, draft = make_template(), make_template(started=False)
    params = {"inviterPoints": 50, "inviteePoints": 20, "secondLevelPoints": 5}

    refused = INVITE_REWARD.validate({**params, "inviteeCoupon": str(draft.pk)})

    assert [problem.field for problem in refused] == ["inviteeCoupon"]
    assert INVITE_REWARD.validate({**params, "inviteeCoupon": str(running.pk)}) == []
    assert INVITE_REWARD.describe({**params, "inviteeCoupon": str(running.pk)}, "en") == (
        "50 points for the inviter, a coupon for the friend, for the first kept order; "
        "5 points for whoever invited the inviter"
    )
