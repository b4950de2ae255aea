"""The promise that money goes back when the carrier has the parcel, and the end of an advance."""

from datetime import datetime
from uuid import UUID

from backend.aftersales.models import Advance, AdvanceState, AfterSaleCase
from backend.aftersales.selectors.advances import advanceable_minor
from backend.aftersales.selectors.cases import ASKER
from backend.core.rows import insert_row_once
from backend.core.state_log import log_move
from backend.fulfilment.actions import announce_return_parcel


def promise_advance(case: AfterSaleCase, *, carrier_code: str, tracking: str, now: datetime) -> None:
    """Promise the money of a case at the carrier's scan, if the buyer is entitled and the number is a new one.

    Two cases at once: the table lets one of them have the buyer's only open advance.

    Raises: InvalidInput.
    Emits: ReturnParcelScanned.
    """
    is_awaited = announce_return_parcel(
        carrier=carrier_code, tracking_number=tracking, asker_kind=ASKER, asker_id=case.id, not_before=case.opened_at,
        now=now,
    )  # fmt: skip
    amount = advanceable_minor(case, now=now) if is_awaited else 0
    if amount:
        insert_row_once(Advance(case=case, buyer_id=case.buyer_id, amount_minor=amount, promised_at=now))


def end_advance(case: AfterSaleCase, *, to: AdvanceState, actor_id: UUID | None, now: datetime) -> bool:
    """Write down how the advance of a held case ended; say whether one was open.

    One that was only promised lapses whatever became of the thing; one that was paid is closed with how it ended.
    """
    advance = Advance.objects.filter(case=case).first()
    if advance is None or advance.state not in (AdvanceState.PROMISED, AdvanceState.PAID):
        return False
    if advance.state == AdvanceState.PAID and to == AdvanceState.LAPSED:
        return False
    came_from = advance.state
    advance.state = to if came_from == AdvanceState.PAID else AdvanceState.LAPSED
    advance.settled_at, advance.settled_by_id = now, actor_id
    advance.save(update_fields=["state", "settled_at", "settled_by"])
    log_move(
        entity_type="advance", entity_id=case.id, from_state=came_from, to_state=advance.state, now=now,
        actor_id=actor_id,
    )  # fmt: skip
    return True
