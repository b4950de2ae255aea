"""Comparing statements with payments and refunds, and reading what came of it."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from backend.core.errors import NotFound
from backend.core.paging import Page, keyset_page
from backend.payments.models import (
    Difference,
    DifferenceKind,
    Payment,
    Reconciliation,
    Refund,
    RefundState,
    StatementRow,
)
from backend.payments.ports import names_on_statement
from backend.payments.rules.statements import PAYMENT, REFUND


def compare(*, run: Reconciliation, rows: Sequence[StatementRow]) -> tuple[list[Difference], int]:
    """Find what differs between the rows of a file and what we know, and count what agrees."""
    payments, refunds = _payments_of(run, rows), _refunds_of(rows)
    found: list[Difference] = []
    matched = 0
    for row in rows:
        if row.kind not in (PAYMENT, REFUND):
            continue
        payment = payments.get(row.reference) or payments.get(row.provider_reference)
        refund = refunds.get(row.refund_key) if row.kind == REFUND else None
        difference = _difference(run, row, payment, refund)
        matched += difference is None
        found += [difference] if difference else []
    return [*found, *_missing_there(run)], matched


def reconciliations(*, first: int | None, after: str | None) -> Page:
    """Every comparison, newest first.

    Raises: InvalidInput.
    """
    return keyset_page(_counted(), order=("-made_at", "-id"), first=first, after=after)


def reconciliation(run_id: UUID) -> Reconciliation:
    """One comparison.

    Raises: NotFound.
    """
    run = _counted().filter(pk=run_id).first()
    if run is None:
        raise NotFound
    return run


def differences_of(run_id: UUID, *, first: int | None, after: str | None) -> Page:
    """The differences of one comparison, the oldest first.

    Raises: InvalidInput.
    """
    rows = Difference.objects.filter(reconciliation_id=run_id)
    rows = rows.select_related("row", "payment__order", "refund__payment", "refund__order")
    return keyset_page(rows, order=("id",), first=first, after=after)


def _counted() -> QuerySet[Reconciliation]:
    """Comparisons with how many differences they found, and how many are open."""
    found = Difference.objects.filter(reconciliation=OuterRef("pk")).values("reconciliation")
    return Reconciliation.objects.annotate(
        differences_count=_number(found), open_count=_number(found.filter(resolution=""))
    )


def _number(rows: Any) -> Any:
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number"), output_field=IntegerField()), 0)


def _payments_of(run: Reconciliation, rows: Iterable[StatementRow]) -> dict[str, Payment]:
    """Our payments by our reference and by the provider's number."""
    rows = list(rows)
    wanted = Payment.objects.filter(provider__in=names_on_statement(run.provider)).filter(
        Q(reference__in={row.reference for row in rows if row.reference})
        | Q(provider_reference__in={row.provider_reference for row in rows if row.provider_reference})
    )
    found: dict[str, Payment] = {}
    for payment in wanted:
        found[payment.reference] = payment
        if payment.provider_reference:
            found.setdefault(payment.provider_reference, payment)
    return found


def _refunds_of(rows: Iterable[StatementRow]) -> dict[str, Refund]:
    """Our refunds by the key that the provider states: ours, or its own for one it made by itself."""
    keys = {row.refund_key for row in rows if row.kind == REFUND and row.refund_key}
    ours = {str(refund.id): refund for refund in Refund.objects.filter(pk__in=[key for key in keys if _is_id(key)])}
    made_there = Refund.objects.filter(cause__in=[f"provider:{key}" for key in keys])
    return ours | {refund.cause.removeprefix("provider:"): refund for refund in made_there}


def _difference(
    run: Reconciliation, row: StatementRow, payment: Payment | None, refund: Refund | None
) -> Difference | None:
    if row.kind == PAYMENT:
        is_in = payment is not None and payment.captured_at is not None and not _is_another(row, payment)
        here = payment.captured_minor if payment is not None and is_in else None
    else:
        is_in = refund is not None and refund.state == RefundState.SUCCEEDED
        here = refund.provider_minor if refund is not None and is_in else None
    if is_in and here == row.amount_minor:
        return None
    return Difference(
        reconciliation=run,
        kind=DifferenceKind.AMOUNT_DIFFERS if is_in else DifferenceKind.MISSING_HERE,
        subject=f"{run.provider}:{row.key}"[:200],
        row=row,
        payment=payment,
        refund=refund,
        there_minor=row.amount_minor,
        here_minor=here,
    )


def _is_another(row: StatementRow, payment: Payment) -> bool:
    """Whether both have a number of the provider, and not the same one: the money came a second time."""
    return bool(row.provider_reference and payment.provider_reference != row.provider_reference)


def _missing_there(run: Reconciliation) -> list[Difference]:
    """What we hold for done within the time of the file, and no file has told."""
    told = StatementRow.objects.filter(provider=run.provider)
    span = (run.period_from, run.period_until)
    ours = names_on_statement(run.provider)
    paid = Payment.objects.filter(provider__in=ours, captured_at__range=span, captured_minor__gt=0)
    paid = paid.exclude(reference__in=told.filter(kind=PAYMENT).exclude(reference="").values("reference"))
    paid = paid.exclude(
        provider_reference__in=told.filter(kind=PAYMENT).exclude(provider_reference="").values("provider_reference")
    )
    back = Refund.objects.filter(
        payment__provider__in=ours, state=RefundState.SUCCEEDED, settled_at__range=span
    ).exclude(credit_minor=F("amount_minor"))
    keys = set(told.filter(kind=REFUND).values_list("refund_key", flat=True))
    absent = [one for one in back if str(one.id) not in keys and one.cause.removeprefix("provider:") not in keys]
    common: dict[str, Any] = {"reconciliation": run, "kind": DifferenceKind.MISSING_THERE}
    found = []
    for payment in paid:
        here = payment.captured_minor
        found.append(Difference(**common, subject=f"payment:{payment.id}", payment=payment, here_minor=here))
    back_here = [
        Difference(**common, subject=f"refund:{one.id}", refund=one, here_minor=one.provider_minor) for one in absent
    ]
    return [*found, *back_here]


def _is_id(key: str) -> bool:
    try:
        return str(UUID(key)) == key
    except ValueError:
        return False
