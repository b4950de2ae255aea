"""Take a decision back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.idempotency import remember, replay_or_reserve
from backend.core.locks import lock_one
from backend.core.outbox import emit
from community.moderation import rules
from community.moderation.actions.audit import record
from community.moderation.actions.claim_case import check_no_conflict
from community.moderation.errors import NotReversible, ReasonsNeeded
from community.moderation.events import DecisionReversed
from community.moderation.models import Case, Decision, DecisionAction
from community.moderation.ports import moderatable


@transaction.atomic
def reverse_decision(
    *, decision_id: UUID, moderator_id: UUID, statement: str, idempotency_key: UUID, now: datetime
) -> Decision:
    """Take a decision back by a new one that undoes its effects in one transaction.

    It refuses when something else has changed the content since, so nobody's work is overwritten.

    Raises: NotFound, ReasonsNeeded, ConflictOfInterest, NotReversible, KeyReused.
    Emits: DecisionReversed.
    """
    request = {"decision": decision_id, "statement": statement}
    first = replay_or_reserve(
        principal_id=moderator_id, action="reverse_decision", key=idempotency_key, request=request
    )
    if first:
        return Decision.objects.get(pk=first["decision_id"])

    if len(statement.strip()) < rules.SHORTEST_STATEMENT:
        raise ReasonsNeeded
    decision = lock_one(Decision, decision_id)
    check_no_conflict(case_id=decision.case_id, moderator_id=moderator_id)
    if decision.action == DecisionAction.REVERSE or Decision.objects.filter(reverses=decision).exists():
        raise NotReversible

    case = Case.objects.get(pk=decision.case_id)
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
    record(
        actor_id=moderator_id,
        action="reverse",
        case=case,
        details={"decision": reversal.id, "reverses": decision.id, "effects": reversal.effects},
        now=now,
    )
    emit(
        DecisionReversed(
            case_id=case.id,
            decision_id=reversal.id,
            reversed_id=decision.id,
            author_id=case.author_id,
            moderator_id=moderator_id,
            at=now,
        )
    )
    remember(
        principal_id=moderator_id, action="reverse_decision", key=idempotency_key, answer={"decision_id": reversal.id}
    )
    return reversal


def _undo(case: Case, effect: dict[str, str], *, now: datetime) -> dict[str, str]:
    owner = moderatable(case.subject_kind)
    subject = owner.subject(case.subject_id)
    if subject is None or subject.visibility != effect["to"]:
        raise NotReversible
    owner.change_visibility(case.subject_id, effect["from"], now)
    return {"kind": effect["kind"], "from": effect["to"], "to": effect["from"]}
