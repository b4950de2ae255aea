"""Hand a case up, or put it off. Both end the lease."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from backend.core.errors import InvalidInput
from backend.core.outbox import emit
from community.moderation.actions.audit import record
from community.moderation.errors import LeaseLost
from community.moderation.events import CaseMoved
from community.moderation.models import Case, CaseState

LONGEST_SNOOZE = timedelta(days=7)


@transaction.atomic
def escalate_case(*, case_id: UUID, moderator_id: UUID, fence: int, note: str, now: datetime) -> Case:
    """Hand a case that one holds to the senior moderators.

    Raises: LeaseLost.
    Emits: CaseMoved.
    """
    return _move(case_id, moderator_id=moderator_id, fence=fence, state=CaseState.ESCALATED, note=note, now=now)


@transaction.atomic
def snooze_case(*, case_id: UUID, moderator_id: UUID, fence: int, until: datetime, now: datetime) -> Case:
    """Put a case that one holds off, a week at most.

    Raises: InvalidInput, LeaseLost.
    Emits: CaseMoved.
    """
    if not now < until <= now + LONGEST_SNOOZE:
        raise InvalidInput("until")
    return _move(
        case_id, moderator_id=moderator_id, fence=fence, state=CaseState.SNOOZED, until=until, note="", now=now
    )


def _move(
    case_id: UUID,
    *,
    moderator_id: UUID,
    fence: int,
    state: CaseState,
    note: str,
    now: datetime,
    until: datetime | None = None,
) -> Case:
    held = Case.objects.filter(pk=case_id, lease_by_id=moderator_id, fence=fence, lease_until__gt=now)
    moved = held.exclude(state=CaseState.DECIDED).update(
        state=state, snoozed_until=until, lease_by=None, lease_until=None, version=F("version") + 1
    )
    if not moved:
        raise LeaseLost
    case = Case.objects.get(pk=case_id)
    record(actor_id=moderator_id, action=state.lower(), case=case, details={"note": note}, now=now)
    emit(CaseMoved(case_id=case.id, state=state, at=now))
    return case
