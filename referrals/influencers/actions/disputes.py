"""A creator says that a line is wrong; somebody answers."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.errors import InvalidInput, NotFound
from backend.core.locks import lock_one
from referrals.influencers.actions.booking import SOURCE, VESTED, book
from referrals.influencers.actions.earn import settle_state
from referrals.influencers.errors import DisputeDecided, NothingToDispute
from referrals.influencers.models import (
    Commission,
    CommissionEntry,
    CommissionState,
    Dispute,
    DisputeState,
    EntryKind,
    Promoter,
)
from referrals.influencers.selectors.earnings import own_commission

SHORTEST_WORDS = 10


@transaction.atomic
def open_dispute(*, commission_id: UUID, user_id: UUID, words: str, now: datetime) -> Dispute:
    """Say that a line is wrong. Until it is answered the line does not vest and goes into no statement.

    Raises: NothingToDispute, InvalidInput, NotFound.
    """
    own_commission(commission_id=commission_id, user_id=user_id)
    lock_one(Promoter, user_id)
    commission = lock_one(Commission, commission_id)
    if commission.state in (CommissionState.ESTIMATED, CommissionState.DISPUTED):
        raise NothingToDispute
    if len(words.strip()) < SHORTEST_WORDS:
        raise InvalidInput("words")
    dispute = Dispute.objects.create(commission=commission, words=words.strip()[:500], opened_at=now)
    settle_state(commission)
    return dispute


@transaction.atomic
def decide_dispute(*, dispute_id: UUID, added_minor: int, answer: str, by: UUID, now: datetime) -> Dispute:
    """Answer a dispute: the computation stands, or so much is added to what the creator has earned.

    Raises: DisputeDecided, InvalidInput, NotFound.
    """
    found = Dispute.objects.filter(pk=dispute_id).select_related("commission").first()
    if found is None:
        raise NotFound
    lock_one(Promoter, found.commission.promoter_id)
    commission = lock_one(Commission, found.commission_id)
    dispute = lock_one(Dispute, dispute_id)
    if dispute.state != DisputeState.OPEN:
        raise DisputeDecided
    if not 0 <= added_minor <= commission.base_minor - commission.kept_minor:
        raise InvalidInput("added_minor")
    if len(answer.strip()) < SHORTEST_WORDS:
        raise InvalidInput("answer")
    dispute.state = DisputeState.UPHELD if added_minor else DisputeState.DECLINED
    dispute.answer, dispute.added_minor = answer.strip()[:500], added_minor
    dispute.decided_by_id, dispute.decided_at = by, now
    dispute.save(update_fields=["state", "answer", "added_minor", "decided_by_id", "decided_at"])
    if added_minor:
        _add(dispute, commission, now=now)
    settle_state(commission)
    return dispute


def _add(dispute: Dispute, commission: Commission, *, now: datetime) -> None:
    book(
        "settle_creator_dispute",
        source=("creator_dispute", dispute.pk),
        out_of=SOURCE,
        into=VESTED,
        amount_minor=dispute.added_minor,
        owner_id=commission.promoter_id,
        facts={"answer": dispute.answer},
        now=now,
    )
    CommissionEntry.objects.create(
        promoter_id=commission.promoter_id,
        kind=EntryKind.DISPUTE,
        commission=commission,
        sequence=CommissionEntry.objects.filter(commission=commission, kind=EntryKind.DISPUTE).count(),
        amount_minor=dispute.added_minor,
        at=now,
    )
