"""Holding a trade-in, moving it on, and giving its credit."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from backend.core.locks import lock_one
from backend.core.outbox import emit
from backend.core.state_log import log_move
from backend.payments.actions import grant_store_credit
from backend.tradein import rules
from backend.tradein.actions.budget import free_promise, spend_promise
from backend.tradein.errors import TradeInMovedOn, TradeInTimeOver
from backend.tradein.events import TradeInMoved
from backend.tradein.models import TradeIn, TradeInState

REASON = {"zh-Hans": "以旧换新", "zh-Hant": "以舊換新", "en": "Trade-in"}


def hold_trade_in(*, trade_in_id: UUID, now: datetime) -> TradeIn:
    """Hold a trade-in; one whose time is over is refused, even if nobody has moved it yet.

    Raises: TradeInTimeOver, NotFound.
    """
    held = lock_one(TradeIn, trade_in_id)
    shown = rules.shown_state(state=held.state, deadline_at=held.deadline_at, now=now)
    if shown != held.state:
        raise TradeInTimeOver(state=shown)
    return held


@transaction.atomic(savepoint=False)
def move_trade_in(
    *,
    trade_in: TradeIn,
    to: TradeInState,
    now: datetime,
    actor_id: UUID | None,
    reason: str = "",
    **columns: Any,
) -> None:
    """Move a trade-in from the state it was read in to another; the condition in the statement decides.

    What the month kept for a thing that comes to nothing is free again.

    Raises: TradeInMovedOn.
    Emits: TradeInMoved.
    """
    came_from = trade_in.state
    if not rules.is_legal(from_state=came_from, to_state=to):
        raise TradeInMovedOn(state=came_from)
    changes: dict[str, Any] = {"deadline_at": rules.deadline_after(to, now=now), **columns}
    if to in rules.OVER:
        changes["finished_at"] = now
    moved = TradeIn.objects.filter(pk=trade_in.pk, state=came_from)
    if not moved.update(state=to, version=F("version") + 1, **changes):
        raise TradeInMovedOn(state=came_from)
    if came_from in rules.PROMISED and to not in rules.PROMISED and to != TradeInState.CREDITED:
        free_promise(trade_in)
    trade_in.refresh_from_db()
    log_move(
        entity_type="trade_in", entity_id=trade_in.pk, from_state=came_from, to_state=to, now=now, actor_id=actor_id,
        reason=reason,
    )  # fmt: skip
    emit(TradeInMoved(trade_in_id=trade_in.pk, person_id=trade_in.person_id, from_state=came_from, state=to, at=now))


def credit(trade_in: TradeIn, *, amount_minor: int, actor_id: UUID, now: datetime, **columns: Any) -> None:
    """Give the credit for a held trade-in, once, out of what its month kept for it.

    Raises: TradeInMovedOn, InvalidInput, KeyReused.
    Emits: TradeInMoved, StoreCreditGranted.
    """
    move_trade_in(
        trade_in=trade_in, to=TradeInState.CREDITED, actor_id=actor_id, now=now, found_minor=amount_minor, **columns
    )
    spend_promise(trade_in, amount_minor=amount_minor)
    grant_store_credit(
        user_id=trade_in.person_id,
        amount_minor=amount_minor,
        reason=REASON,
        source=("trade_in", trade_in.pk),
        now=now,
    )
