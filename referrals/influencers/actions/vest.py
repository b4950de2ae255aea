"""Commissions become earned, and a period is closed with a statement."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from backend.core.locks import claim_rows, lock_one, lock_rows
from backend.core.outbox import emit
from referrals.influencers.actions.booking import PAYABLE, PENDING, VESTED, book
from referrals.influencers.actions.earn import settle_state
from referrals.influencers.events import StatementClosed
from referrals.influencers.models import (
    Commission,
    CommissionEntry,
    CommissionState,
    EntryKind,
    Promoter,
    Statement,
)
from referrals.influencers.selectors.earnings import due_commissions, entries_to_state, promoters_to_state


@transaction.atomic
def vest_commissions(*, now: datetime, most: int = 50) -> int:
    """Let commissions whose window is over be earned, creator by creator, and say how many.

    Workers may run side by side: a creator whom somebody holds is passed over.
    """
    owners = Promoter.objects.filter(pk__in=due_commissions(now).values("promoter_id"))
    vested = 0
    for promoter in claim_rows(owners, limit=most):
        for commission in lock_rows(due_commissions(now).filter(promoter=promoter)):
            _vest(commission, now=now)
            vested += 1
    return vested


@transaction.atomic
def close_statement(*, promoter_id: UUID, until: datetime, now: datetime) -> Statement | None:
    """Put what a creator has earned before a moment into a statement; nothing where there is nothing new.

    Raises: NotFound.
    Emits: StatementClosed.
    """
    promoter = lock_one(Promoter, promoter_id)
    entries = entries_to_state(promoter_id=promoter.pk, until=until)
    if not entries:
        return None
    last = Statement.objects.filter(promoter=promoter).aggregate(last=Max("sequence"))["last"] or 0
    total = sum(entry.amount_minor for entry in entries)
    statement = Statement.objects.create(
        promoter=promoter,
        sequence=last + 1,
        until=until,
        entries_count=len(entries),
        total_minor=total,
        closed_at=now,
    )
    CommissionEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(statement=statement)
    book(
        "state_commission",
        source=("statement", statement.pk),
        out_of=VESTED,
        into=PAYABLE,
        amount_minor=total,
        owner_id=promoter.pk,
        now=now,
    )
    stated = [each.commission_id for each in entries if each.commission_id and each.kind == EntryKind.COMMISSION]
    Commission.objects.filter(pk__in=stated, state=CommissionState.VESTED).update(state=CommissionState.IN_STATEMENT)
    emit(StatementClosed(statement_id=statement.pk, promoter_id=promoter.pk, total_minor=total, at=now))
    return statement


def close_statements(*, until: datetime, now: datetime) -> int:
    """Close the statements of all creators, each in a transaction of its own, and say how many there are."""
    return sum(
        close_statement(promoter_id=promoter_id, until=until, now=now) is not None
        for promoter_id in promoters_to_state(until=until)
    )


def _vest(commission: Commission, *, now: datetime) -> None:
    commission.vested_at = now
    commission.save(update_fields=["vested_at"])
    book(
        "vest_commission",
        source=("commission", commission.pk),
        out_of=PENDING,
        into=VESTED,
        amount_minor=commission.kept_minor,
        owner_id=commission.promoter_id,
        rule=f"rate:{commission.rate_id}",
        now=now,
    )
    if commission.kept_minor:
        CommissionEntry.objects.create(
            promoter_id=commission.promoter_id,
            kind=EntryKind.COMMISSION,
            commission=commission,
            amount_minor=commission.kept_minor,
            at=now,
        )
    settle_state(commission)
