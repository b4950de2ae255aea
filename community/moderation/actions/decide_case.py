"""Decide a case."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from backend.core.errors import InvalidInput
from backend.core.idempotency import remember, replay_or_reserve
from backend.core.outbox import emit
from community.forum.models import Visibility
from community.moderation import rules
from community.moderation.actions.audit import record
from community.moderation.actions.claim_case import check_no_conflict
from community.moderation.errors import EvidenceChanged, LeaseLost, PolicyUnknown, ReasonsNeeded
from community.moderation.events import CaseDecided
from community.moderation.models import Case, CaseState, Decision, DecisionAction, Policy
from community.moderation.ports import moderatable


@transaction.atomic
def decide_case(
    *,
    case_id: UUID,
    moderator_id: UUID,
    fence: int,
    version: int,
    evidence_revision: int,
    action: str,
    policy: str,
    statement: str,
    idempotency_key: UUID,
    now: datetime,
) -> Decision:
    """Decide a case that one holds, with reasons for the author; whoever lost the lease changes nothing.

    Raises: NotFound, InvalidInput, ReasonsNeeded, PolicyUnknown, ConflictOfInterest, LeaseLost, EvidenceChanged,
        KeyReused.
    Emits: CaseDecided.
    """
    request = {"case": case_id, "action": action, "policy": policy, "statement": statement}
    first = replay_or_reserve(principal_id=moderator_id, action="decide_case", key=idempotency_key, request=request)
    if first:
        return Decision.objects.get(pk=first["decision_id"])

    check_decision(action=action, policy=policy, statement=statement)
    check_no_conflict(case_id=case_id, moderator_id=moderator_id)
    case = _close(case_id, moderator_id=moderator_id, fence=fence, version=version, revision=evidence_revision, now=now)
    decision = Decision.objects.create(
        case=case,
        action=action,
        policy_id=policy,
        statement=statement.strip(),
        effects=_carry_out(case, action=action, now=now),
        decided_by_id=moderator_id,
        at=now,
    )
    record(
        actor_id=moderator_id,
        action="decide",
        case=case,
        details={"decision": decision.id, "action": action, "policy": policy, "effects": decision.effects},
        now=now,
    )
    emit(
        CaseDecided(
            case_id=case.id,
            decision_id=decision.id,
            action=action,
            author_id=case.author_id,
            moderator_id=moderator_id,
            at=now,
        )
    )
    remember(principal_id=moderator_id, action="decide_case", key=idempotency_key, answer={"decision_id": decision.id})
    return decision


def check_decision(*, action: str, policy: str, statement: str) -> None:
    """Refuse a decision without a known action, a policy and reasons.

    Raises: InvalidInput, ReasonsNeeded, PolicyUnknown.
    """
    if action not in rules.VISIBILITY_AFTER:
        raise InvalidInput("action")
    if len(statement.strip()) < rules.SHORTEST_STATEMENT:
        raise ReasonsNeeded
    if not Policy.objects.filter(pk=policy).exists():
        raise PolicyUnknown


def _close(case_id: UUID, *, moderator_id: UUID, fence: int, version: int, revision: int, now: datetime) -> Case:
    """Close the case by one conditional statement; what it asks for decides between two who act at once."""
    held = Case.objects.filter(
        pk=case_id, lease_by_id=moderator_id, fence=fence, version=version, lease_until__gt=now
    ).exclude(state=CaseState.DECIDED)
    closed = held.filter(evidence_revision=revision).update(
        state=CaseState.DECIDED, lease_by=None, lease_until=None, version=F("version") + 1
    )
    if closed:
        return Case.objects.get(pk=case_id)
    if seen := held.first():
        raise EvidenceChanged(evidence_revision=seen.evidence_revision)
    raise LeaseLost


def _carry_out(case: Case, *, action: str, now: datetime) -> list[dict[str, str]]:
    """Show or hide the content, and say what it was before. What its author deleted stays deleted."""
    owner = moderatable(case.subject_kind)
    wanted = rules.VISIBILITY_AFTER[DecisionAction(action)]
    if action == DecisionAction.ALLOW and case.hidden_from:
        wanted = case.hidden_from
    before = owner.change_visibility(case.subject_id, wanted, now)
    if before in (wanted, Visibility.AUTHOR_DELETED):
        return []
    return [{"kind": "visibility", "from": before, "to": wanted}]
