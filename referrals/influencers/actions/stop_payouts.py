"""A breach stops what is on its way to the bank: the item leaves its batch, the money is in the balance again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from backend.core.locks import advisory_lock, lock_many
from backend.core.outbox import emit
from backend.core.state_log import log_move
from referrals.influencers.actions.moving import move_row
from referrals.influencers.actions.pay import give_back, sum_up
from referrals.influencers.errors import BatchMovedOn
from referrals.influencers.events import PayoutStopped
from referrals.influencers.models import BatchState, ItemState, PayoutBatch, PayoutItem, Statement, Violation
from referrals.influencers.rules import moves

BECAUSE = "a breach stopped a payment"
NOBODY_AGREED: dict[str, object] = {
    "first_approver_id": None,
    "first_approved_at": None,
    "second_approver_id": None,
    "second_approved_at": None,
}


def hold_unsent_batches(promoter_id: UUID) -> list[PayoutBatch]:
    """Hold the batches that would pay a creator and are not with the bank; call it before the creator is held.

    No other batch is opened meanwhile.
    """
    advisory_lock("creators.payout", "open")
    waiting = PayoutItem.objects.filter(
        promoter_id=promoter_id, state=ItemState.WAITING, batch__state__in=moves.NOT_SENT
    )
    return lock_many(PayoutBatch, waiting.values_list("batch_id", flat=True))


def stop_payouts(batches: Sequence[PayoutBatch], *, violation: Violation, by: UUID, now: datetime) -> int:
    """Take a creator out of held batches that are not sent, and say how many payments were stopped.

    A batch whose sum has changed is agreed to anew by two people; one that pays nobody any more is given up.

    Emits: PayoutStopped.
    """
    stopped = 0
    for batch in batches:
        waiting = PayoutItem.objects.filter(batch=batch, promoter_id=violation.promoter_id, state=ItemState.WAITING)
        item = waiting.first() if batch.state in moves.NOT_SENT else None
        if item is not None:
            _stop(item, batch, violation=violation, now=now)
            _agree_anew(batch, by=by, now=now)
            stopped += 1
    return stopped


def _stop(item: PayoutItem, batch: PayoutBatch, *, violation: Violation, now: datetime) -> None:
    if batch.state in moves.HOLDS_MONEY:
        give_back(item, now=now)
    Statement.objects.filter(item=item).update(item=None)
    item.state, item.violation, item.decided_at = ItemState.STOPPED, violation, now
    item.save(update_fields=["state", "violation", "decided_at"])
    emit(PayoutStopped(item_id=item.pk, promoter_id=item.promoter_id, gross_minor=item.gross_minor, at=now))


def _agree_anew(batch: PayoutBatch, *, by: UUID, now: datetime) -> None:
    sum_up(batch)
    if not batch.items_count:
        _move(batch, BatchState.CANCELLED, by=by, now=now)
    elif batch.state == BatchState.APPROVED:
        _move(batch, BatchState.FROZEN, by=by, now=now, frozen_at=now, **NOBODY_AGREED)
    elif batch.state == BatchState.FROZEN:
        for name, value in {**NOBODY_AGREED, "frozen_at": now}.items():
            setattr(batch, name, value)
        batch.save(update_fields=["frozen_at", *NOBODY_AGREED])
        log_move(
            entity_type="creator.payoutbatch",
            entity_id=batch.pk,
            from_state=batch.state,
            to_state=batch.state,
            actor_id=by,
            reason=BECAUSE,
            now=now,
        )


def _move(batch: PayoutBatch, to: str, *, by: UUID, now: datetime, **changes: object) -> None:
    move_row(
        batch,
        to=to,
        moves=moves.BATCH,
        refusal=BatchMovedOn,
        actor_id=by,
        reason=BECAUSE,
        now=now,
        changes=changes,
    )
