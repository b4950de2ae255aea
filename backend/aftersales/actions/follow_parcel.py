"""What the parcel of a new or repaired piece makes of its case: it leaves, arrives, is held up or comes back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.aftersales.actions.hold_case import hold_case, move_case, note_on_case
from backend.aftersales.actions.settle_case import finish
from backend.aftersales.errors import CaseMovedOn, PartStillToCome
from backend.aftersales.models import Actor, AfterSaleCase, CaseState
from backend.aftersales.rules import moves
from backend.aftersales.selectors.cases import ASKER, own_case, resend_of_case
from backend.core.locks import lock_one
from backend.fulfilment.actions import confirm_resend
from backend.fulfilment.rules import has_all_arrived
from backend.fulfilment.selectors import progress_of_resend, resend_by_id
from backend.inventory.actions import commit

WAITS_FOR_PARCEL = (CaseState.APPROVED, CaseState.ACCEPTED)


@transaction.atomic
def confirm_reshipped(*, case_id: UUID, buyer_id: UUID, now: datetime) -> AfterSaleCase:
    """Let the buyer say that the new or repaired piece is there; its parcel counts as delivered.

    Raises: CaseMovedOn, DeadlineOver, PartStillToCome, NotFound.
    Emits: AfterSaleMoved, AfterSaleClosed, ShipmentDelivered.
    """
    own_case(case_id=case_id, buyer_id=buyer_id)
    case = hold_case(case_id=case_id, now=now)
    resend = resend_of_case(case.id)
    if case.state != CaseState.RESHIPPING or resend is None:
        raise CaseMovedOn(state=case.state)
    if not confirm_resend(resend_id=resend.id, buyer_id=buyer_id, now=now):
        raise PartStillToCome
    finish(case, actor=Actor.BUYER, actor_id=buyer_id, now=now)
    return case


@transaction.atomic
def note_parcel_left(*, resend_id: UUID, carrier: str, tracking_number: str, now: datetime) -> bool:
    """Record that a new or repaired piece left; what was reserved for it leaves the house with it.

    Raises: NotFound.
    Emits: AfterSaleMoved, AfterSaleNoted.
    """
    case = _case_of(resend_id)
    if case is None:
        return False
    facts = {"carrier": carrier, "tracking": tracking_number}
    if case.state in WAITS_FOR_PARCEL:
        commit(order_id=case.id, now=now)
        move_case(case=case, to=CaseState.RESHIPPING, actor=Actor.SYSTEM, facts=facts, now=now)
    elif case.state == CaseState.RESHIPPING:
        note_on_case(case=case, kind="parcel_left", actor=Actor.SYSTEM, facts=facts, now=now)
    return True


@transaction.atomic
def note_parcel_arrived(*, resend_id: UUID, now: datetime) -> bool:
    """Finish a case whose new or repaired piece has arrived, once all of its parcels have.

    Raises: NotFound.
    Emits: AfterSaleMoved, AfterSaleClosed.
    """
    case = _case_of(resend_id)
    if case is None or case.state != CaseState.RESHIPPING:
        return False
    if not has_all_arrived(list(progress_of_resend(resend_id).values())):
        return False
    finish(case, actor=Actor.SYSTEM, actor_id=None, now=now)
    return True


@transaction.atomic
def note_parcel_trouble(*, resend_id: UUID, is_returned: bool, now: datetime) -> bool:
    """Write down that a parcel is held up or came back, and let the desk look; what came back is packed again.

    Raises: NotFound.
    Emits: AfterSaleNoted.
    """
    case = _case_of(resend_id)
    if case is None or case.state != CaseState.RESHIPPING:
        return False
    case.escalation = min(case.escalation + 1, 3)
    case.deadline_at = now + moves.LASTS[CaseState.RESHIPPING]
    case.save(update_fields=["escalation", "deadline_at"])
    note_on_case(case=case, kind="parcel_back" if is_returned else "parcel_held_up", actor=Actor.SYSTEM, now=now)
    return True


def _case_of(resend_id: UUID) -> AfterSaleCase | None:
    """The case for which something is sent once more, held."""
    resend = resend_by_id(resend_id)
    return lock_one(AfterSaleCase, resend.asker_id) if resend.asker_kind == ASKER else None
