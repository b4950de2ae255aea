"""Commissions, entries, statements and disputes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from backend.aftersales.models import AfterSaleCase
from backend.aftersales.rules import moves as after_sale_moves
from backend.core.clock import BUSINESS_ZONE
from backend.core.errors import NotFound
from backend.core.paging import Page, keyset_page
from backend.ledger.selectors import balances_of
from backend.orders.models import Order, OrderLine, OrderState
from backend.payments.models import Refund
from referrals.influencers.models import (
    Commission,
    CommissionEntry,
    CommissionState,
    Dispute,
    DisputeState,
    EntryKind,
    ItemState,
    Statement,
    Violation,
)
from referrals.influencers.rules import sums
from referrals.influencers.rules.moves import HOLDING

NEVER_KEPT = frozenset({OrderState.CLOSED, OrderState.CANCELLED, OrderState.REFUNDED})


def commissions_of(promoter_id: UUID, *, state: str | None, first: int, after: str | None) -> Page:
    """The commissions of a creator, newest first."""
    rows = Commission.objects.filter(promoter_id=promoter_id)
    if state:
        rows = rows.filter(state=state)
    rows = rows.select_related("order", "line", "content", "rate", "terms", "touch__link")
    return keyset_page(rows, order=("-estimated_at", "-id"), first=first, after=after)


def own_commission(*, commission_id: UUID, user_id: UUID) -> Commission:
    """A commission of this creator.

    Raises: NotFound.
    """
    found = Commission.objects.filter(pk=commission_id, promoter_id=user_id).first()
    if found is None:
        raise NotFound
    return found


def refunded_per_line(order: Order) -> dict[UUID, int]:
    """What went back, or is on its way back, of each line of an order; all of it when the order was given up."""
    lines = list(OrderLine.objects.filter(order=order).order_by("position"))
    if order.state in NEVER_KEPT:
        return {line.pk: line.total_minor for line in lines}
    refunds = list(Refund.objects.filter(order=order, payment__settles_order=True))
    counted = [line.refunded_minor for line in lines]
    shipping = sum(refund.amount_minor for refund in refunds if refund.cause.endswith(":shipping"))
    other = sum(refund.amount_minor for refund in refunds) - sum(counted) - shipping
    parts = sums.refunds_per_line(
        totals=[line.total_minor for line in lines],
        counted=counted,
        other_minor=other,
        shipping_minor=max(0, order.shipping_minor - shipping),
    )
    return {line.pk: part for line, part in zip(lines, parts, strict=True)}


def month_left(collaboration_id: UUID, *, cap_minor: int | None, at: datetime) -> int | None:
    """What the cap of a month still allows; nothing stands for no cap."""
    if cap_minor is None:
        return None
    local = at.astimezone(BUSINESS_ZONE)
    start = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    rows = Commission.objects.filter(collaboration_id=collaboration_id, estimated_at__gte=start)
    used: int = rows.aggregate(total=Sum("kept_minor", default=0))["total"]
    return max(0, cap_minor - used)


def due_commissions(now: datetime) -> QuerySet[Commission]:
    """What vests now: the window is over, no case of the order is open, nothing hangs over the creator."""
    open_case = AfterSaleCase.objects.filter(order_id=OuterRef("order_id"), state__in=after_sale_moves.OPEN)
    held = Violation.objects.filter(promoter_id=OuterRef("promoter_id"), state__in=HOLDING)
    due = Commission.objects.filter(state=CommissionState.CONFIRMED, vests_at__lte=now)
    return due.filter(~Exists(open_case), ~Exists(held))


def entries_to_state(*, promoter_id: UUID, until: datetime) -> list[CommissionEntry]:
    """Entries for the next statement. A disputed line waits; what goes back waits for nothing."""
    disputed = Dispute.objects.filter(commission_id=OuterRef("commission_id"), state=DisputeState.OPEN)
    rows = CommissionEntry.objects.filter(promoter_id=promoter_id, statement=None, at__lt=until)
    return list(rows.filter(Q(amount_minor__lt=0) | ~Exists(disputed)).order_by("at", "pk"))


def promoters_to_state(*, until: datetime) -> list[UUID]:
    """Creators with entries that stand in no statement, by id."""
    rows = CommissionEntry.objects.filter(statement=None, at__lt=until)
    return list(rows.order_by("promoter_id").values_list("promoter_id", flat=True).distinct())


def standing_of(commission: Commission) -> sums.Standing:
    """What decides the state of a commission, read now."""
    entry = CommissionEntry.objects.filter(commission=commission, kind=EntryKind.COMMISSION).first()
    stated = entry.statement_id if entry else None
    statement = Statement.objects.filter(pk=stated).select_related("item").first() if stated else None
    return sums.Standing(
        is_disputed=Dispute.objects.filter(commission=commission, state=DisputeState.OPEN).exists(),
        is_confirmed=commission.confirmed_at is not None,
        is_vested=commission.vested_at is not None,
        is_stated=statement is not None,
        is_paid=bool(statement and statement.item and statement.item.state == ItemState.PAID),
        kept_minor=commission.kept_minor,
        is_given_up=commission.refunded_minor >= commission.paid_minor,
    )


def entries_of_commissions(commission_ids: Iterable[UUID]) -> dict[UUID, list[CommissionEntry]]:
    """The entries of each commission, oldest first."""
    found: dict[UUID, list[CommissionEntry]] = {}
    rows = CommissionEntry.objects.filter(commission_id__in=list(commission_ids)).select_related("statement__item")
    for entry in rows.order_by("at", "pk"):
        if entry.commission_id is not None:
            found.setdefault(entry.commission_id, []).append(entry)
    return found


def disputes_of(commission_ids: Iterable[UUID]) -> dict[UUID, Dispute]:
    """The newest dispute of each commission."""
    rows = Dispute.objects.filter(commission_id__in=list(commission_ids)).order_by("opened_at", "pk")
    return {dispute.commission_id: dispute for dispute in rows}


def statements_of(promoter_id: UUID, *, first: int, after: str | None) -> Page:
    """The statements of a creator, newest first."""
    rows = Statement.objects.filter(promoter_id=promoter_id).select_related("item__batch")
    return keyset_page(rows, order=("-closed_at", "-id"), first=first, after=after)


def own_statement(*, statement_id: UUID, user_id: UUID) -> Statement | None:
    """A statement of this creator; nothing for strangers."""
    return Statement.objects.filter(pk=statement_id, promoter_id=user_id).select_related("item__batch").first()


def entries_of_statement(statement_id: UUID, *, first: int, after: str | None) -> Page:
    """The entries of a statement, oldest first."""
    rows = CommissionEntry.objects.filter(statement_id=statement_id).select_related(
        "collaboration__brief", "commission__order", "commission__line", "commission__content", "commission__rate",
        "commission__terms", "commission__touch__link", "statement__item",
    )  # fmt: skip
    return keyset_page(rows, order=("at", "id"), first=first, after=after)


def open_disputes(*, first: int, after: str | None) -> Page:
    """Disputes that wait for an answer, oldest first."""
    rows = Dispute.objects.filter(state=DisputeState.OPEN).select_related(
        "commission__order", "commission__line", "commission__content", "commission__rate", "commission__terms",
        "commission__touch__link",
    )  # fmt: skip
    return keyset_page(rows, order=("opened_at", "id"), first=first, after=after)


def sums_of(promoter_id: UUID) -> Mapping[str, int]:
    """What a creator has where, in fen: estimated from the lines, all else from the book."""
    rows = Commission.objects.filter(promoter_id=promoter_id)
    estimated = rows.filter(state=CommissionState.ESTIMATED).aggregate(total=Sum("kept_minor", default=0))["total"]
    held = balances_of(promoter_id)
    paid = Statement.objects.filter(promoter_id=promoter_id, item__state=ItemState.PAID)
    return {
        "estimated": estimated,
        "confirmed": held.get("commission_pending", 0),
        "vested": held.get("commission_vested", 0),
        "stated": held.get("commission_payable", 0),
        "paid": paid.aggregate(total=Sum("total_minor", default=0))["total"],
        "orders": rows.aggregate(total=Count("order_id", distinct=True))["total"],
    }


def tier_facts(promoter_id: UUID, *, since: datetime) -> dict[str, int]:
    """What the level of a creator follows from: kept sales, the share that came back, the share with complaints."""
    rows = Commission.objects.filter(promoter_id=promoter_id, estimated_at__gte=since)
    kept = rows.filter(vested_at__isnull=False).aggregate(total=Sum(F("paid_minor") - F("refunded_minor"), default=0))[
        "total"
    ]
    paid = rows.filter(confirmed_at__isnull=False).aggregate(
        paid=Sum("paid_minor", default=0), back=Sum("refunded_minor", default=0)
    )
    orders: Sequence[UUID] = list(rows.values_list("order_id", flat=True).distinct())
    faults = ["QUALITY", "NOT_AS_DESCRIBED", "DAMAGED", "WRONG_ITEM", "MISSING"]
    complaints = AfterSaleCase.objects.filter(order_id__in=orders, reason__in=faults).values("order_id").distinct()
    return {
        "sales_minor": kept,
        "return_bps": paid["back"] * 10_000 // paid["paid"] if paid["paid"] else 0,
        "complaint_bps": complaints.count() * 10_000 // len(orders) if orders else 0,
    }
