"""Comparing a provider's statement with what we know. Doing it again changes nothing."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.errors import InvalidInput
from backend.core.locks import advisory_lock, lock_one
from backend.core.outbox import emit
from backend.ledger.actions import Leg, post_transfer
from backend.payments.actions.alarm import STATEMENT_DIFFERS, close_alert, open_alert
from backend.payments.actions.take_transfers import money_found, take_transfers
from backend.payments.errors import CannotResolve, DifferenceResolved, StatementUnreadable
from backend.payments.models import Difference, DifferenceKind, Reconciliation, Resolution, StatementRow
from backend.payments.ports import provider_named
from backend.payments.rules import PROVIDER_CASH, UNEXPLAINED
from backend.payments.rules.statements import OTHER, PAYMENT, Movement, Unreadable, read_statement
from backend.payments.selectors.statements import compare

LONGEST_NOTE = 500


@transaction.atomic
def reconcile(*, provider: str, file_name: str, content: bytes, by: UUID, now: datetime) -> Reconciliation:
    """Compare a statement file with our payments and refunds; each difference becomes a task.

    The same file answers its first comparison. A movement that stood in an earlier file is not compared again. The
    statement of a bank is the only word of its transfers, so what fits in it is taken in.

    Raises: StatementUnreadable.
    Emits: PaymentAlertOpened, StatementMoneyFound.
    """
    digest = hashlib.sha256(content).hexdigest()
    advisory_lock("payments.reconcile", provider)
    if known := Reconciliation.objects.filter(provider=provider, digest=digest).first():
        return known
    try:
        movements = read_statement(provider, content)
    except Unreadable as wrong:
        raise StatementUnreadable(line=wrong.line, problem=wrong.problem) from wrong
    run = Reconciliation.objects.create(
        provider=provider,
        file_name=file_name[:200],
        digest=digest,
        uploaded_by_id=by,
        made_at=now,
        period_from=min(each.at for each in movements),
        period_until=max(each.at for each in movements),
        rows_count=len(movements),
    )
    rows = _new_rows(run, movements)
    taken = take_transfers(rows=rows, now=now) if _tells_transfers(provider) else set()
    found, matched = compare(run=run, rows=[row for row in rows if row.id not in taken])
    Difference.objects.bulk_create(found, ignore_conflicts=True)
    _found_later(rows, by=by, now=now)
    run.known_count = len(movements) - len(rows)
    run.ignored_count = sum(row.kind == OTHER for row in rows)
    run.matched_count = matched + len(taken)
    run.save(update_fields=["known_count", "ignored_count", "matched_count"])
    if Difference.objects.filter(reconciliation=run, resolution="").exists():
        open_alert(kind=STATEMENT_DIFFERS, evidence={"run": str(run.id), "differences": len(found)}, now=now)
    return run


@transaction.atomic
def resolve_difference(
    *, difference_id: UUID, resolution: Resolution, note: str, by: UUID, now: datetime
) -> Difference:
    """Decide about one difference: accept it, book it, or send the money back.

    Money for a payment of ours is taken in as if its message had come. Other money is booked as unexplained.

    Raises: DifferenceResolved, CannotResolve, InvalidInput, NotFound.
    Emits: StatementMoneyFound.
    """
    task = lock_one(Difference, difference_id)
    if task.resolution:
        raise DifferenceResolved(resolution=task.resolution)
    if not note.strip() or len(note) > LONGEST_NOTE:
        raise InvalidInput("note")
    if resolution != Resolution.ACCEPT:
        _settle(task, resolution, now=now)
    task.resolution, task.note, task.resolved_by_id, task.resolved_at = resolution, note.strip(), by, now
    task.save(update_fields=["resolution", "note", "resolved_by", "resolved_at"])
    if not Difference.objects.filter(resolution="").exists():
        close_alert(kind=STATEMENT_DIFFERS, now=now)
    return task


def _settle(task: Difference, resolution: Resolution, *, now: datetime) -> None:
    """Book what the statement knows and we do not."""
    row = task.row
    if row is None or task.kind == DifferenceKind.MISSING_THERE:
        raise CannotResolve
    part = _part_for_payment(task, row)
    if task.payment_id is not None and part is not None:
        found = money_found(
            row, payment_id=task.payment_id, amount_minor=part, now=now,
            difference_id=task.id, sends_back=resolution == Resolution.REFUND,
        )  # fmt: skip
        emit(found)
        if row.amount_minor > part:
            _book_unexplained(task, row, row.amount_minor - part, now=now)
        return
    if resolution == Resolution.REFUND:
        raise CannotResolve
    more = (task.there_minor or 0) - (task.here_minor or 0)
    _book_unexplained(task, row, more if row.kind == PAYMENT else -more, now=now)


def _part_for_payment(task: Difference, row: StatementRow) -> int | None:
    """How much of a movement is for a payment of ours; None says nothing of it.

    What somebody sent by bank may be too little, too much, or the second time; a payment takes its own sum or nothing.
    """
    if task.payment is None or task.kind != DifferenceKind.MISSING_HERE:
        return None
    if row.kind != PAYMENT or not _tells_transfers(row.provider):
        return row.amount_minor
    is_enough = task.payment.captured_at is None and row.amount_minor >= task.payment.amount_minor
    return task.payment.amount_minor if is_enough else None


def _tells_transfers(provider: str) -> bool:
    known = provider_named(provider)
    return known is not None and known.transfer is not None


def _book_unexplained(task: Difference, row: StatementRow, amount: int, *, now: datetime) -> None:
    post_transfer(
        kind="unexplained",
        source=("difference", task.id),
        legs=[Leg(PROVIDER_CASH, None, -amount, row.currency), Leg(UNEXPLAINED, None, amount, row.currency)],
        facts={"subject": task.subject},
        now=now,
    )


def _found_later(rows: Sequence[StatementRow], *, by: UUID, now: datetime) -> None:
    """What an earlier file did not tell stands in this one: those tasks are done."""
    told = {row.reference for row in rows if row.kind == PAYMENT and row.reference}
    waiting = Difference.objects.filter(kind=DifferenceKind.MISSING_THERE, resolution="", payment__reference__in=told)
    waiting.update(resolution=Resolution.ACCEPT, note="stands in a later file", resolved_by_id=by, resolved_at=now)


def _new_rows(run: Reconciliation, movements: Sequence[Movement]) -> list[StatementRow]:
    """Keep the movements that no earlier file told."""
    known = set(
        StatementRow.objects.filter(provider=run.provider, key__in=[each.key for each in movements]).values_list(
            "key", flat=True
        )
    )
    fresh = {each.key: each for each in movements if each.key not in known}
    rows = [
        StatementRow(
            reconciliation=run,
            provider=run.provider,
            key=each.key[:160],
            kind=each.kind,
            reference=each.reference[:64],
            provider_reference=each.provider_reference[:120],
            refund_key=each.refund_key[:64],
            currency=each.currency[:3],
            amount_minor=each.amount_minor,
            at=each.at,
        )
        for each in fresh.values()
    ]
    StatementRow.objects.bulk_create(rows, batch_size=1000)
    return rows
