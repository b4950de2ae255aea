"""Take a decision back."""

from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import transaction
from django.db.models import F

from backend.core.errors import NotAllowed
from backend.core.idempotency import remember, replay_or_reserve
from backend.core.locks import advisory_lock, lock_one
from backend.core.outbox import emit
from community.forum.models import Visibility
from community.moderation import rules, selectors
from community.moderation.actions.audit import record
from community.moderation.actions.claim_case import check_no_conflict
from community.moderation.errors import NotReversible, ReasonsNeeded
from community.moderation.events import CaseMoved, DecisionReversed
from community.moderation.models import Case, CaseState, Decision, DecisionAction
from community.moderation.ports import moderatable


@transaction.atomic
def reverse_decision(
    *,
    decision_id: UUID,
    moderator_id: UUID,
    is_senior: bool,
    statement: str,
    idempotency_key: UUID,
    now: datetime,
) -> Decision:
    """Take a decision back by a new one that undoes its effects in one transaction.

    It refuses when something else has changed the content since, so nobody's work is overwritten. What reports
    had hidden before the decision is hidden again, so its case waits for a decision again.

    Raises: NotFound, NotAllowed, ReasonsNeeded, ConflictOfInterest, NotReversible, KeyReused.
    Emits: DecisionReversed, CaseMoved.
    """
    request = {"decision": decision_id, "statement": statement}
    first = replay_or_reserve(
        principal_id=moderator_id, action="reverse_decision", key=idempotency_key, request=request
    )
    if first:
        return Decision.objects.get(pk=first["decision_id"])

    seen = selectors.decision_by_id(decision_id)
    advisory_lock(f"moderation.{seen.case.subject_kind}", seen.case.subject_id)
    decision = lock_one(Decision, decision_id)
    case = lock_one(Case, decision.case_id)
    check_can_reverse(decision, moderator_id=moderator_id, is_senior=is_senior, statement=statement)
    reversal = Decision.objects.create(
        case=case,
        action=DecisionAction.REVERSE,
        policy_id=decision.policy_id,
        statement=statement.strip(),
        effects=[_undo(case, effect, now=now) for effect in reversed(decision.effects)],
        decided_by_id=moderator_id,
        reverses=decision,
        at=now,
    )
    _open_again(case, now=now)
    record(
        actor_id=moderator_id,
        action="reverse",
        case=case,
        details={"decision": reversal.id, "reverses": decision.id, "effects": reversal.effects},
        now=now,
    )
    emit(_told(reversal, case=case, now=now))
    remember(
        principal_id=moderator_id, action="reverse_decision", key=idempotency_key, answer={"decision_id": reversal.id}
    )
    return reversal


def _told(reversal: Decision, *, case: Case, now: datetime) -> DecisionReversed:
    return DecisionReversed(
        case_id=case.id,
        decision_id=reversal.id,
        reversed_id=cast("UUID", reversal.reverses_id),
        author_id=case.author_id,
        moderator_id=reversal.decided_by_id,
        at=now,
    )


def check_can_reverse(decision: Decision, *, moderator_id: UUID, is_senior: bool, statement: str) -> None:
    """Refuse a reversal without reasons, by the wrong person, or of what was reversed before.

    Raises: NotAllowed, ReasonsNeeded, ConflictOfInterest, NotReversible.
    """
    if not rules.may_reverse(decided_by_id=decision.decided_by_id, moderator_id=moderator_id, is_senior=is_senior):
        raise NotAllowed
    if len(statement.strip()) < rules.SHORTEST_STATEMENT:
        raise ReasonsNeeded
    check_no_conflict(case_id=decision.case_id, moderator_id=moderator_id)
    if decision.action == DecisionAction.REVERSE or Decision.objects.filter(reverses=decision).exists():
        raise NotReversible


def _open_again(case: Case, *, now: datetime) -> None:
    """Put the case back into the queue when its content is now hidden by nobody's decision."""
    subject = moderatable(case.subject_kind).subject(case.subject_id)
    if subject is None:
        return
    hidden_by_reports = bool(case.hidden_from) and subject.visibility == Visibility.QUARANTINED
    if not hidden_by_reports and subject.visibility != Visibility.PENDING:
        return
    same_content = Case.objects.filter(subject_kind=case.subject_kind, subject_id=case.subject_id)
    if same_content.exclude(state=CaseState.DECIDED).exists():
        return
    Case.objects.filter(pk=case.pk).update(state=CaseState.OPEN, version=F("version") + 1)
    emit(CaseMoved(case_id=case.id, state=CaseState.OPEN, at=now))


def _undo(case: Case, effect: dict[str, str], *, now: datetime) -> dict[str, str]:
    before = moderatable(case.subject_kind).change_visibility(case.subject_id, effect["from"], now)
    if before != effect["to"]:
        raise NotReversible
    return {"kind": effect["kind"], "from": effect["to"], "to": effect["from"]}
