"""Starting, pausing, resuming and ending a campaign. The shop asks the stored state, so it obeys at once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.idempotency import remember, replay_or_reserve
from backend.core.locks import lock_one
from backend.core.outbox import emit
from backend.core.state_log import log_move
from backend.promotions import rules, selectors
from backend.promotions.actions.use_rules import begin_rules, stop_rules
from backend.promotions.errors import CampaignChanged, CampaignNotReady, CampaignStateRefuses
from backend.promotions.events import CampaignEnded, CampaignPaused, CampaignResumed, CampaignStarted
from backend.promotions.models import Campaign, CampaignRule, CampaignState, StopManner


@transaction.atomic
def start_campaign(
    *, campaign_id: UUID, version: int, actor_id: UUID, idempotency_key: UUID, now: datetime
) -> Campaign:
    """Let a campaign loose; from now on its rules are frozen and work within its window.

    Raises: NotFound, CampaignChanged, CampaignStateRefuses, CampaignNotReady, KeyReused.
    Emits: CampaignStarted.
    """
    campaign = lock_one(Campaign, campaign_id)
    request = {"campaign_id": campaign_id, "version": version}
    if replay_or_reserve(principal_id=actor_id, action="start_campaign", key=idempotency_key, request=request):
        return campaign
    _check_can_move(campaign, version=version, to_state=CampaignState.RUNNING, from_state=CampaignState.DRAFT)
    current = _check_ready(campaign, now)
    _move(campaign, to_state=CampaignState.RUNNING, actor_id=actor_id, now=now, started_at=now)
    begin_rules([rule for rule in current if rule.is_enabled], now=now)
    emit(CampaignStarted(campaign_id=campaign.id, version=campaign.version, actor_id=actor_id, at=now))
    remember(principal_id=actor_id, action="start_campaign", key=idempotency_key, answer={"campaign_id": campaign_id})
    return campaign


@transaction.atomic
def pause_campaign(*, campaign_id: UUID, version: int, actor_id: UUID, now: datetime) -> Campaign:
    """Make no new offers for now; what has begun goes on.

    Raises: NotFound, CampaignChanged, CampaignStateRefuses.
    Emits: CampaignPaused.
    """
    campaign = lock_one(Campaign, campaign_id)
    if campaign.state == CampaignState.PAUSED:
        return campaign
    _check_can_move(campaign, version=version, to_state=CampaignState.PAUSED, from_state=CampaignState.RUNNING)
    _move(campaign, to_state=CampaignState.PAUSED, actor_id=actor_id, now=now)
    stop_rules(_working_rules(campaign), now=now)
    emit(CampaignPaused(campaign_id=campaign.id, version=campaign.version, actor_id=actor_id, at=now))
    return campaign


@transaction.atomic
def resume_campaign(*, campaign_id: UUID, version: int, actor_id: UUID, now: datetime) -> Campaign:
    """Make offers again after a pause.

    Raises: NotFound, CampaignChanged, CampaignStateRefuses, CampaignNotReady.
    Emits: CampaignResumed.
    """
    campaign = lock_one(Campaign, campaign_id)
    if campaign.state == CampaignState.RUNNING:
        return campaign
    _check_can_move(campaign, version=version, to_state=CampaignState.RUNNING, from_state=CampaignState.PAUSED)
    current = _check_ready(campaign, now)
    _move(campaign, to_state=CampaignState.RUNNING, actor_id=actor_id, now=now)
    begin_rules([rule for rule in current if rule.is_enabled], now=now)
    emit(CampaignResumed(campaign_id=campaign.id, version=campaign.version, actor_id=actor_id, at=now))
    return campaign


@transaction.atomic
def end_campaign(*, campaign_id: UUID, stop_manner: str, actor_id: UUID, now: datetime) -> Campaign:
    """End a campaign for good; the manner says what becomes of what has begun.

    Raises: NotFound, CampaignStateRefuses.
    Emits: CampaignEnded.
    """
    campaign = lock_one(Campaign, campaign_id)
    if campaign.state == CampaignState.ENDED and campaign.stop_manner == stop_manner:
        return campaign
    if not rules.may_move(campaign.state, CampaignState.ENDED):
        raise CampaignStateRefuses(state=campaign.state)
    campaign.stop_manner = StopManner(stop_manner).value
    _move(campaign, to_state=CampaignState.ENDED, actor_id=actor_id, now=now, ended_at=now)
    stop_rules(_working_rules(campaign), now=now)
    emit(
        CampaignEnded(
            campaign_id=campaign.id, version=campaign.version, stop_manner=stop_manner, actor_id=actor_id, at=now
        )
    )
    return campaign


def _check_can_move(campaign: Campaign, *, version: int, to_state: str, from_state: str) -> None:
    if campaign.state != from_state or not rules.may_move(campaign.state, to_state):
        raise CampaignStateRefuses(state=campaign.state)
    if campaign.version != version:
        raise CampaignChanged(current_version=campaign.version)


def _check_ready(campaign: Campaign, now: datetime) -> list[CampaignRule]:
    current = selectors.current_rules([campaign.id])[campaign.id]
    if problems := rules.errors_in(selectors.problems_of_campaign(campaign, current, now)):
        raise CampaignNotReady(problems=selectors.problem_rows(problems))
    return current


def _working_rules(campaign: Campaign) -> list[CampaignRule]:
    return [rule for rule in selectors.current_rules([campaign.id])[campaign.id] if rule.is_enabled and rule.used_at]


def _move(campaign: Campaign, *, to_state: str, actor_id: UUID, now: datetime, **stamps: datetime) -> None:
    """Move a campaign whose row is held, and write the move down."""
    from_state = campaign.state
    campaign.state = to_state
    campaign.version += 1
    campaign.changed_at = now
    for name, at in stamps.items():
        setattr(campaign, name, at)
    campaign.save(update_fields=["state", "version", "changed_at", "stop_manner", *stamps])
    log_move(
        entity_type="promotions.Campaign",
        entity_id=campaign.id,
        from_state=from_state,
        to_state=to_state,
        actor_id=actor_id,
        now=now,
    )
