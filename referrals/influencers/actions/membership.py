"""A membership: paused, resumed, ended; breaches of the rules and their appeal; levels."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from backend.core.errors import InvalidInput
from backend.core.locks import lock_one
from backend.core.outbox import emit
from referrals.influencers.actions.collaborate import end_all
from referrals.influencers.actions.moving import move_row
from referrals.influencers.actions.stop_payouts import hold_unsent_batches, stop_payouts
from referrals.influencers.errors import AppealTooLate, MembershipMovedOn, ViolationMovedOn
from referrals.influencers.events import ViolationDecided, ViolationRecorded
from referrals.influencers.models import Promoter, PromoterState, Violation, ViolationState
from referrals.influencers.rules import moves, sums
from referrals.influencers.selectors.earnings import tier_facts
from referrals.influencers.selectors.members import own_violation, terms_at

TIER_WINDOW = timedelta(days=180)
SHORTEST_REASON = 10


@transaction.atomic
def move_promoter(*, promoter_id: UUID, to: str, reason: str, by: UUID, now: datetime) -> Promoter:
    """Pause, resume or end a membership. What was earned stays earned; an end closes open collaborations.

    Raises: MembershipMovedOn, InvalidInput, NotFound.
    Emits: CollaborationMoved.
    """
    promoter = lock_one(Promoter, promoter_id)
    if len(reason.strip()) < SHORTEST_REASON:
        raise InvalidInput("reason")
    move_row(
        promoter,
        to=to,
        moves=moves.MEMBERSHIP,
        refusal=MembershipMovedOn,
        actor_id=by,
        reason=reason.strip(),
        now=now,
        changes={"state_reason": reason.strip()[:300]},
    )
    if to == PromoterState.TERMINATED:
        end_all(promoter=promoter, by=by, now=now)
    return promoter


@transaction.atomic
def record_violation(*, promoter_id: UUID, words: str, by: UUID, now: datetime) -> Violation:
    """Write down a breach: from now on new orders earn nothing, nothing vests, and payments that are not with the
    bank are stopped; thirty days for an appeal.

    Raises: InvalidInput, NotFound.
    Emits: ViolationRecorded, PayoutStopped.
    """
    batches = hold_unsent_batches(promoter_id)
    promoter = lock_one(Promoter, promoter_id)
    if len(words.strip()) < SHORTEST_REASON:
        raise InvalidInput("words")
    violation = Violation.objects.create(
        promoter=promoter,
        words=words.strip()[:500],
        recorded_by_id=by,
        recorded_at=now,
        appeal_until=now + timedelta(days=terms_at(now).appeal_days),
    )
    stop_payouts(batches, violation=violation, by=by, now=now)
    emit(ViolationRecorded(violation_id=violation.id, promoter_id=promoter.pk, at=now))
    return violation


@transaction.atomic
def appeal_violation(*, violation_id: UUID, user_id: UUID, words: str, now: datetime) -> Violation:
    """Say why a breach was none.

    Raises: AppealTooLate, ViolationMovedOn, InvalidInput, NotFound.
    """
    own_violation(violation_id=violation_id, user_id=user_id)
    violation = lock_one(Violation, violation_id)
    if now > violation.appeal_until:
        raise AppealTooLate
    if len(words.strip()) < SHORTEST_REASON:
        raise InvalidInput("words")
    _move(violation, ViolationState.APPEALED, by=user_id, now=now, appeal=words.strip()[:500], appealed_at=now)
    return violation


@transaction.atomic
def decide_violation(*, violation_id: UUID, is_lifted: bool, answer: str, by: UUID, now: datetime) -> Violation:
    """Lift a breach or uphold it against an appeal.

    Raises: ViolationMovedOn, InvalidInput, NotFound.
    Emits: ViolationDecided.
    """
    violation = lock_one(Violation, violation_id)
    if len(answer.strip()) < SHORTEST_REASON:
        raise InvalidInput("answer")
    to = ViolationState.LIFTED if is_lifted else ViolationState.UPHELD
    _move(violation, to, by=by, now=now, answer=answer.strip()[:500], decided_by_id=by, decided_at=now)
    emit(ViolationDecided(violation_id=violation.id, promoter_id=violation.promoter_id, is_lifted=is_lifted, at=now))
    return violation


@transaction.atomic
def refresh_tier(*, promoter_id: UUID, now: datetime) -> Promoter:
    """Work out the level of a creator anew from the last one hundred and eighty days.

    Raises: NotFound.
    """
    promoter = lock_one(Promoter, promoter_id)
    facts = tier_facts(promoter_id, since=now - TIER_WINDOW)
    promoter.tier = sums.tier_for(**facts)
    promoter.tier_facts = facts
    promoter.save(update_fields=["tier", "tier_facts"])
    return promoter


def refresh_tiers(*, now: datetime) -> int:
    """Work out the levels of all creators who are not gone, one after the other."""
    ids = list(Promoter.objects.exclude(state=PromoterState.TERMINATED).order_by("pk").values_list("pk", flat=True))
    for promoter_id in ids:
        refresh_tier(promoter_id=promoter_id, now=now)
    return len(ids)


def _move(violation: Violation, to: str, *, by: UUID, now: datetime, **changes: object) -> None:
    move_row(violation, to=to, moves=moves.VIOLATION, refusal=ViolationMovedOn, actor_id=by, now=now, changes=changes)
