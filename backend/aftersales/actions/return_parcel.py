"""The parcel on its way back, and its inspection."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.aftersales.actions.hold_advance import promise_advance
from backend.aftersales.actions.hold_case import check_not_own, checked_words, hold_case, move_case
from backend.aftersales.actions.settle_case import accept
from backend.aftersales.models import Actor, AfterSaleCase, CaseLine, CaseState
from backend.aftersales.selectors.cases import lines_of_case, own_case
from backend.core.errors import InvalidInput
from backend.fulfilment.rules import checked_name


@transaction.atomic
def send_back(
    *, case_id: UUID, buyer_id: UUID, carrier: str, tracking: str, now: datetime, carrier_code: str | None = None
) -> AfterSaleCase:
    """Let the buyer say with whom and under which number the parcel comes back.

    With the code of a carrier that tells of its parcels, the money of a valued buyer goes back at its first scan.

    Raises: CaseMovedOn, DeadlineOver, NotFound, InvalidInput.
    Emits: AfterSaleMoved, ReturnParcelScanned.
    """
    changes = {"back_carrier": checked_name(carrier, "carrier"), "back_tracking": checked_name(tracking, "tracking")}
    own_case(case_id=case_id, buyer_id=buyer_id)
    case = hold_case(case_id=case_id, now=now)
    move_case(
        case=case,
        to=CaseState.IN_TRANSIT,
        actor=Actor.BUYER,
        actor_id=buyer_id,
        facts={"carrier": changes["back_carrier"], "tracking": changes["back_tracking"]},
        changes=changes,
        now=now,
    )
    if carrier_code:
        promise_advance(case, carrier_code=carrier_code, tracking=changes["back_tracking"], now=now)
    return case


@transaction.atomic
def receive_back(*, case_id: UUID, agent_id: UUID, now: datetime) -> AfterSaleCase:
    """Record that the parcel is back at the warehouse and is being looked at.

    Raises: CaseMovedOn, DeadlineOver, OwnCase, NotFound.
    Emits: AfterSaleMoved.
    """
    case = hold_case(case_id=case_id, now=now)
    check_not_own(case, agent_id)
    move_case(case=case, to=CaseState.RECEIVED, actor=Actor.AGENT, actor_id=agent_id, now=now)
    move_case(case=case, to=CaseState.INSPECTING, actor=Actor.SYSTEM, now=now)
    return case


@transaction.atomic
def inspect_case(
    *, case_id: UUID, agent_id: UUID, version: int, fit: Mapping[UUID, int], is_good: bool, note: str, now: datetime
) -> AfterSaleCase:
    """Say what came back: how many pieces are fit to be sold again, and whether the return is accepted.

    Raises: CaseMovedOn, DeadlineOver, OwnCase, ReasonsNeeded, NothingToRefund, MoreThanBought, NotFound, InvalidInput.
    Emits: AfterSaleMoved, LinesRefunded, RefundRequested.
    """
    case = hold_case(case_id=case_id, now=now, version=version)
    check_not_own(case, agent_id)
    _note_fit(case, fit)
    if is_good:
        accept(case, actor=Actor.AGENT, actor_id=agent_id, note=note.strip()[:1000], now=now)
        return case
    words = checked_words(note)
    move_case(
        case=case,
        to=CaseState.DISPUTED,
        actor=Actor.AGENT,
        actor_id=agent_id,
        note=words,
        changes={"decided_by_id": agent_id},
        now=now,
    )
    return case


def _note_fit(case: AfterSaleCase, fit: Mapping[UUID, int]) -> None:
    """Keep how many pieces of each line are fit; an unknown line or too many is refused."""
    lines = {line.id: line for line in lines_of_case(case.id)}
    for line_id, quantity in fit.items():
        line = lines.get(line_id)
        if line is None or not 0 <= quantity <= line.quantity:
            raise InvalidInput("fit")
        CaseLine.objects.filter(pk=line.pk).update(fit_quantity=quantity)
