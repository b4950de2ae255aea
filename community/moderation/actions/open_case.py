"""Open a case that no person reported."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.locks import advisory_lock
from backend.core.outbox import emit
from community.moderation import rules
from community.moderation.actions.report_content import held_case, new_case, take_snapshot
from community.moderation.events import CaseMoved
from community.moderation.models import Case, CaseState
from community.moderation.ports import moderatable


@transaction.atomic
def open_case(*, kind: str, target_id: UUID, category: str, now: datetime) -> Case | None:
    """Put a content that the rules of its app hold back before a moderator; an open case takes it in.

    Its evidence revision begins at nothing, so the first report of a person is new evidence.

    Emits: CaseMoved.
    """
    advisory_lock(f"moderation.{kind}", target_id)
    subject = moderatable(kind).subject(target_id)
    if subject is None:
        return None
    case = held_case(kind=kind, target_id=target_id)
    if case is None:
        case = new_case(kind=kind, target_id=target_id, author_id=subject.author_id, category=category, now=now)
        case.evidence_revision = 0
        case.priority = rules.priority(severity=case.severity, weight_bps=0)
        case.save(update_fields=["evidence_revision", "priority"])
    take_snapshot(case, subject, now=now)
    emit(CaseMoved(case_id=case.id, state=CaseState.OPEN, at=now))
    return case
