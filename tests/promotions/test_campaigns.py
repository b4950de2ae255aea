"""Campaigns: saving, starting, pausing, ending; a rule in use never changes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from backend.core.errors import InvalidInput
from backend.core.ids import new_id
from backend.core.outbox.models import OutboxEvent
from backend.promotions.actions import (
    CampaignDraft,
    RuleDraft,
    end_campaign,
    pause_campaign,
    resume_campaign,
    save_campaign,
    start_campaign,
)
from backend.promotions.errors import BudgetTooSmall, CampaignChanged, CampaignNotReady, CampaignStateRefuses
from backend.promotions.models import Campaign, CampaignRule, CampaignState
from backend.promotions.selectors import current_rules, live_rules, shown_state
from tests.factories.catalogue import make_product
from tests.factories.promotions import group_rule, make_campaign, make_draft, make_running_campaign, this_moment

pytestmark = pytest.mark.django_db


def rule_of(campaign):
    """The one rule of a campaign."""
    (rule,) = current_rules([campaign.id])[campaign.id]
    return rule


def again(campaign, *rules, **changes):
    """Save a campaign with other rules."""
    now = this_moment()
    draft = make_draft(rules, now=now, **changes)
    return save_campaign(
        draft=draft, campaign_id=campaign.id, version=campaign.version, actor_id=campaign.created_by_id, now=now
    )


def move(action, campaign, **options):
    """Do something with a campaign."""
    return action(campaign_id=campaign.id, actor_id=campaign.created_by_id, now=this_moment(), **options)


def test_a_draft_may_be_saved_with_problems_but_not_started():
    campaign = make_campaign([RuleDraft("group_price", {"productIds": [], "size": 1})])

    with pytest.raises(CampaignNotReady) as refused:
        move(start_campaign, campaign, version=campaign.version, idempotency_key=new_id())

    assert {problem["field"] for problem in refused.value.problems} >= {"rules.0.productIds", "rules.0.size"}
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.DRAFT
    assert not OutboxEvent.objects.filter(name="CampaignStarted").exists()


def test_a_group_price_above_the_single_price_keeps_a_campaign_from_starting():
    product = make_product(price_minor=1000, now=this_moment())
    campaign = make_campaign([group_rule([product], priceMinor=1000)])

    with pytest.raises(CampaignNotReady) as refused:
        move(start_campaign, campaign, version=campaign.version, idempotency_key=new_id())

    assert [problem["field"] for problem in refused.value.problems if problem["severity"] == "error"] == [
        "rules.0.priceMinor"
    ]


def test_a_colleagues_change_is_not_overwritten():
    product = make_product(now=this_moment())
    campaign = make_campaign([group_rule([product])])
    again(campaign, group_rule([product], size=5))

    with pytest.raises(CampaignChanged) as refused:
        again(campaign, group_rule([product], size=9))

    assert refused.value.current_version == 2
    assert rule_of(campaign).params["size"] == 5


def test_starting_twice_with_one_key_starts_once():
    campaign = make_campaign([group_rule([make_product(now=this_moment())])])
    key = new_id()
    move(start_campaign, campaign, version=campaign.version, idempotency_key=key)

    move(start_campaign, campaign, version=campaign.version, idempotency_key=key)

    assert OutboxEvent.objects.filter(name="CampaignStarted").count() == 1


def test_a_rule_in_use_is_followed_by_a_new_version():
    product = make_product(now=this_moment())
    campaign = make_running_campaign([group_rule([product])])
    old = rule_of(campaign)

    again(campaign, RuleDraft("group_price", {**old.params, "size": 4}, id=old.id))

    new = rule_of(campaign)
    old.refresh_from_db()
    assert (new.version, new.lineage_id, new.params["size"]) == (2, old.lineage_id, 4)
    assert (old.params["size"], old.is_current) == (3, False)
    assert [rule.id for rule in live_rules("group_price", this_moment())] == [new.id]


@pytest.mark.parametrize(
    "statement", ["UPDATE promotions_campaignrule SET params = '{}'", "DELETE FROM promotions_campaignrule"]
)
def test_the_database_keeps_a_used_rule_as_it_was(statement):
    campaign = make_running_campaign([group_rule([make_product(now=this_moment())])])
    before = rule_of(campaign).params

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert CampaignRule.objects.get().params == before


def test_a_running_campaign_cannot_be_saved_with_errors():
    campaign = make_running_campaign([group_rule([make_product(now=this_moment())])])

    with pytest.raises(CampaignNotReady):
        again(campaign, RuleDraft("group_price", {}))

    assert rule_of(campaign).is_current


def test_a_pause_is_obeyed_by_the_next_question_and_undone_by_resuming():
    campaign = make_running_campaign([group_rule([make_product(now=this_moment())])])

    paused = move(pause_campaign, campaign, version=campaign.version)
    assert live_rules("group_price", this_moment()) == []

    move(resume_campaign, paused, version=paused.version)
    assert len(live_rules("group_price", this_moment())) == 1


def test_the_window_is_judged_when_it_is_read():
    now = this_moment()
    campaign = make_running_campaign(
        [group_rule([make_product(now=now)])], now=now, starts_in=timedelta(hours=1), lasts=timedelta(hours=2)
    )

    states = [shown_state(campaign, now + timedelta(hours=hours)) for hours in (0, 1, 3)]

    assert states == ["SCHEDULED", "RUNNING", "ENDED"]
    assert [len(live_rules("group_price", now + timedelta(hours=hours))) for hours in (0, 1, 3)] == [0, 1, 0]


def test_an_ended_campaign_stays_ended():
    campaign = make_running_campaign([group_rule([make_product(now=this_moment())])])
    move(end_campaign, campaign, stop_manner="LET_FINISH")

    with pytest.raises(CampaignStateRefuses):
        move(end_campaign, campaign, stop_manner="CANCEL_AND_REFUND")

    assert Campaign.objects.get().stop_manner == "LET_FINISH"
    assert OutboxEvent.objects.filter(name="CampaignEnded").count() == 1


def test_a_budget_is_not_cut_below_what_is_promised():
    product = make_product(now=this_moment())
    campaign = make_running_campaign([group_rule([product])], budget_minor=10_000)
    Campaign.objects.filter(pk=campaign.pk).update(reserved_minor=3_000, spent_minor=2_000)

    with pytest.raises(BudgetTooSmall) as refused:
        again(campaign, group_rule([product]), budget_minor=4_999)

    assert refused.value.least == 5_000
    assert Campaign.objects.get().budget_minor == 10_000


def test_an_end_before_the_start_is_not_even_a_draft():
    now = this_moment()
    draft = CampaignDraft(names={"en": "Backwards"}, starts_at=now, ends_at=now)

    with pytest.raises(InvalidInput) as refused:
        save_campaign(draft=draft, actor_id=new_id(), now=now)

    assert refused.value.field == "endsAt"
    assert not Campaign.objects.exists()
