"""The new or the repaired piece of a case: put on the packers' table, and taken off it again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.aftersales.actions.hold_case import check_not_own, hold_case, note_on_case
from backend.aftersales.errors import CaseMovedOn
from backend.aftersales.models import Actor, AfterSaleCase, CaseState, CaseType, Remedy
from backend.aftersales.selectors.cases import ASKER, lines_of_case, resend_of_case
from backend.fulfilment.actions import Again, Asker, ask_to_resend, withdraw_resend
from backend.fulfilment.models import ResendReason

REASONS = {
    CaseType.EXCHANGE: ResendReason.EXCHANGE,
    CaseType.REPAIR: ResendReason.REPAIR,
    CaseType.MISSING_OR_WRONG: ResendReason.REPLACEMENT,
}


@transaction.atomic
def finish_repair(*, case_id: UUID, agent_id: UUID, now: datetime) -> AfterSaleCase:
    """Say that the piece is repaired and can be packed.

    Raises: CaseMovedOn, DeadlineOver, OwnCase, NotFound.
    Emits: AfterSaleNoted, ResendAsked.
    """
    case = hold_case(case_id=case_id, now=now)
    check_not_own(case, agent_id)
    if case.remedy != Remedy.REPAIR or case.state != CaseState.ACCEPTED or resend_of_case(case.id) is not None:
        raise CaseMovedOn(state=case.state)
    hand_to_packers(case, actor=Actor.AGENT, actor_id=agent_id, now=now)
    return case


def hand_to_packers(case: AfterSaleCase, *, actor: Actor, actor_id: UUID | None, now: datetime) -> None:
    """Have the pieces of a case packed and sent once more.

    Emits: AfterSaleNoted, ResendAsked.
    """
    ask_to_resend(
        order_id=case.order_id,
        asker=Asker(kind=ASKER, id=case.id, number=case.number),
        reason=REASONS[CaseType(case.type)],
        pieces=[
            Again(
                line_id=line.order_line_id,
                variant_id=line.wanted_variant_id or line.order_line.variant_id,
                quantity=line.quantity,
            )
            for line in lines_of_case(case.id)
        ],
        now=now,
    )
    note_on_case(case=case, kind="to_packers", actor=actor, actor_id=actor_id, now=now)


def call_off(case: AfterSaleCase, *, now: datetime) -> None:
    """Take what was to be sent for a case off the table.

    Raises: ResendUnderway.
    """
    withdraw_resend(asker_kind=ASKER, asker_id=case.id, now=now)
