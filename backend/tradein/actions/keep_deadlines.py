"""What time makes of a trade-in that nobody moved."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.locks import lock_one
from backend.tradein import rules
from backend.tradein.actions.move import move_trade_in
from backend.tradein.models import TradeIn
from backend.tradein.selectors import overdue


def keep_deadlines(*, now: datetime, limit: int = 200) -> int:
    """Move every trade-in whose time is over, each in its own transaction, and say how many moved.

    Emits: TradeInMoved.
    """
    return sum(pass_deadline(trade_in_id=each, now=now) for each in overdue(now=now, limit=limit))


@transaction.atomic
def pass_deadline(*, trade_in_id: UUID, now: datetime) -> bool:
    """Do with one trade-in what its time says; one that has moved meanwhile answers False.

    Raises: NotFound.
    Emits: TradeInMoved.
    """
    trade_in = lock_one(TradeIn, trade_in_id)
    to = rules.shown_state(state=trade_in.state, deadline_at=trade_in.deadline_at, now=now)
    if to == trade_in.state:
        return False
    move_trade_in(trade_in=trade_in, to=to, actor_id=None, reason="not_in_time", now=now)
    return True
