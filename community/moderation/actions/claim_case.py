"""Claim a case, keep it, give it back. A claim is a lease: it ends by itself."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q

from backend.core.errors import NotFound
from backend.core.outbox import emit
from community.moderation import rules, selectors
from community.moderation.errors import CaseTaken, ConflictOfInterest, LeaseLost, NothingToClaim
from community.moderation.events import CaseMoved
from community.moderation.models import Case, CaseState

CLAIM_NEXT = """
UPDATE moderation_case SET lease_by_id = %(moderator)s, lease_until = %(until)s, fence = fence + 1
WHERE id = (
    SELECT id FROM moderation_case AS candidate
    WHERE state = ANY(%(states)s)
      AND (state <> 'SNOOZED' OR snoozed_until <= %(now)s)
      AND (lease_until IS NULL OR lease_until <= %(now)s)
      AND author_id <> %(moderator)s
      AND NOT EXISTS (SELECT 1 FROM moderation_report
                      WHERE case_id = candidate.id AND reporter_id = %(moderator)s)
    ORDER BY priority DESC, id FOR UPDATE SKIP LOCKED LIMIT 1)
RETURNING id
"""


@transaction.atomic
def claim_next(*, moderator_id: UUID, is_senior: bool, now: datetime) -> Case:
    """Claim the case that matters most and that nobody holds; never one that one wrote or reported.

    Raises: NothingToClaim.
    Emits: CaseMoved.
    """
    states = [state.value for state in rules.claimable_states(is_senior=is_senior)]
    with connection.cursor() as cursor:
        cursor.execute(
            CLAIM_NEXT, {"moderator": moderator_id, "until": now + rules.LEASE, "states": states, "now": now}
        )
        row = cursor.fetchone()
    if row is None:
        raise NothingToClaim
    return _told(row[0], state=selectors.LEASED, now=now)


@transaction.atomic
def claim_case(*, case_id: UUID, moderator_id: UUID, is_senior: bool, now: datetime) -> Case:
    """Claim one case; whoever holds it already goes on holding it with a new lease.

    Raises: NotFound, ConflictOfInterest, CaseTaken.
    Emits: CaseMoved.
    """
    check_no_conflict(case_id=case_id, moderator_id=moderator_id)
    free = Q(lease_until=None) | Q(lease_until__lte=now) | Q(lease_by_id=moderator_id)
    claimable = rules.claimable_states(is_senior=is_senior)
    taken = Case.objects.filter(free, pk=case_id, state__in=claimable).update(
        lease_by_id=moderator_id, lease_until=now + rules.LEASE, fence=F("fence") + 1
    )
    if not taken:
        raise CaseTaken
    return _told(case_id, state=selectors.LEASED, now=now)


@transaction.atomic
def renew_lease(*, case_id: UUID, moderator_id: UUID, fence: int, now: datetime) -> Case:
    """Hold on to a case for another lease.

    Raises: LeaseLost.
    """
    held = Case.objects.filter(pk=case_id, lease_by_id=moderator_id, fence=fence, lease_until__gt=now)
    if not held.update(lease_until=now + rules.LEASE):
        raise LeaseLost
    return Case.objects.get(pk=case_id)


@transaction.atomic
def release_case(*, case_id: UUID, moderator_id: UUID, fence: int, now: datetime) -> Case:
    """Give a case back; one that was lost already stays as it is.

    Raises: NotFound.
    Emits: CaseMoved.
    """
    held = Case.objects.filter(pk=case_id, lease_by_id=moderator_id, fence=fence)
    if held.update(lease_by=None, lease_until=None):
        return _told(case_id, state=CaseState.OPEN, now=now)
    found = Case.objects.filter(pk=case_id).first()
    if found is None:
        raise NotFound
    return found


def _told(case_id: UUID, *, state: str, now: datetime) -> Case:
    """Tell the other moderators who look at the queue; a lease is no history, so the log has no line of it."""
    emit(CaseMoved(case_id=case_id, state=state, at=now))
    return Case.objects.get(pk=case_id)


def check_no_conflict(*, case_id: UUID, moderator_id: UUID) -> None:
    """Refuse a moderator who wrote or reported the content.

    Raises: NotFound, ConflictOfInterest.
    """
    case = Case.objects.filter(pk=case_id).first()
    if case is None:
        raise NotFound
    if case.author_id == moderator_id or selectors.has_reported(case_id=case_id, user_id=moderator_id):
        raise ConflictOfInterest
