"""Reads of money that goes ahead of the thing."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from backend.aftersales.models import Advance, AdvanceState, AfterSaleCase
from backend.aftersales.rules import advances
from backend.aftersales.selectors.care import care_of

OPEN = (AdvanceState.PROMISED, AdvanceState.PAID)


def advanceable_minor(case: AfterSaleCase, *, now: datetime) -> int:
    """How much of a case would go back as soon as the carrier has the parcel; 0 if it has to arrive first."""
    amount = case.requested_minor if case.decided_minor is None else case.decided_minor
    plan = care_of(case.buyer_id, now=now)
    goes = advances.may_go_ahead(
        kind=case.type,
        remedy=case.remedy,
        was_sent=case.was_sent,
        amount_minor=amount,
        is_valued=plan.is_valued,
        must_be_looked_at=case.inspects_first or plan.flow is not None,
        has_open=Advance.objects.filter(buyer_id=case.buyer_id, state__in=OPEN).exclude(case=case).exists(),
    )
    return amount if goes else 0


def advances_of_cases(case_ids: Sequence[UUID]) -> dict[UUID, Advance]:
    """The advance of each case that has one."""
    return {advance.case_id: advance for advance in Advance.objects.filter(case__in=case_ids)}
