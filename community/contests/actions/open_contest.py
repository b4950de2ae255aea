"""Open a contest with its campaign, and close it early."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from backend.promotions.actions import reserve_budget
from backend.promotions.errors import BudgetExhausted, CampaignNotReady
from backend.promotions.models import Campaign, CampaignState
from backend.promotions.ports import RuleVersion
from community.contests import rules
from community.contests.models import Contest, ContestState
from community.forum.models import Topic


@transaction.atomic
def open_contest(*, rule: RuleVersion, now: datetime) -> Contest:
    """Open the contest of a rule and set its prizes aside; one that is there keeps its terms.

    A contest that was closed by a pause of the campaign is open again, as long as it is not judged.

    Raises: CampaignNotReady.
    """
    there = Contest.objects.filter(lineage_id=rule.lineage_id).first()
    if there is not None:
        return there
    terms = rules.read_terms(rule.params)
    campaign = Campaign.objects.get(pk=rule.campaign_id)
    try:
        reserve_budget(campaign_id=campaign.pk, points=sum(terms.prizes))
    except BudgetExhausted as missing:
        said = _("The prizes come to %(points)s points. Raise the budget of points to at least that.")
        problem = {"severity": "error", "message": said % {"points": sum(terms.prizes)}, "field": "budgetPoints"}
        raise CampaignNotReady(problems=[problem]) from missing
    return Contest.objects.create(
        campaign=campaign,
        rule_id=rule.id,
        lineage_id=rule.lineage_id,
        topic=Topic.objects.get(slug=terms.topic),
        names=campaign.name,
        starts_at=max(campaign.starts_at, now),
        ends_at=campaign.ends_at,
        prizes=list(terms.prizes),
        must_have_bought=terms.must_have_bought,
        least_votes=terms.least_votes,
    )


@transaction.atomic
def close_early(*, lineage_id: UUID, now: datetime) -> None:
    """Close a contest whose campaign is over before its day; what was promised is still judged and paid."""
    Contest.objects.filter(
        lineage_id=lineage_id, state=ContestState.OPEN, campaign__state=CampaignState.ENDED, ends_at__gt=now
    ).update(ends_at=now)
