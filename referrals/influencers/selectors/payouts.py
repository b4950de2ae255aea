"""Batches and what is in them."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import BigIntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from backend.core.paging import Page, keyset_page
from referrals.influencers.models import (
    BatchState,
    ItemState,
    PayoutBatch,
    PayoutItem,
    PromoterIdentity,
    Statement,
    Violation,
)
from referrals.influencers.rules.moves import HOLDING


def batches(*, first: int, after: str | None) -> Page:
    """Batches, newest first."""
    return keyset_page(PayoutBatch.objects.all(), order=("-opened_at", "-id"), first=first, after=after)


def batch_by_id(batch_id: UUID) -> PayoutBatch | None:
    """One batch."""
    return PayoutBatch.objects.filter(pk=batch_id).first()


def items_of(batch_ids: Iterable[UUID]) -> dict[UUID, list[PayoutItem]]:
    """The items of each batch, by reference."""
    found: dict[UUID, list[PayoutItem]] = {batch_id: [] for batch_id in batch_ids}
    for item in PayoutItem.objects.filter(batch_id__in=found).select_related("violation").order_by("reference"):
        found[item.batch_id].append(item)
    return found


def standing_items(batch: PayoutBatch) -> list[PayoutItem]:
    """What a batch pays, by reference; what a breach stopped is no part of it."""
    items = PayoutItem.objects.filter(batch=batch).exclude(state=ItemState.STOPPED)
    return list(items.order_by("reference"))


def with_stopped(violations: QuerySet[Violation]) -> QuerySet[Violation]:
    """Breaches with what each of them stopped on its way to the bank, as `stopped_minor`."""
    items = PayoutItem.objects.filter(violation_id=OuterRef("pk")).order_by().values("violation_id")
    total = items.annotate(total=Sum("gross_minor")).values("total")
    return violations.annotate(stopped_minor=Coalesce(Subquery(total), 0, output_field=BigIntegerField()))


def unpaid_statements() -> QuerySet[Statement]:
    """Statements whose money is still with the creator's balance: in no batch, or in one that is not frozen."""
    return Statement.objects.filter(Q(item=None) | Q(item__batch__state=BatchState.OPEN))


def payable_of(promoter_ids: Iterable[UUID]) -> Mapping[UUID, int]:
    """What each creator's statements in no batch come to."""
    rows = Statement.objects.filter(item=None, promoter_id__in=list(promoter_ids))
    return dict(rows.order_by().values_list("promoter_id").annotate(total=Sum("total_minor")))


def promoters_to_pay(*, least_minor: int) -> list[UUID]:
    """Creators whose statements in no batch reach the least amount, who can be paid and over whom nothing hangs."""
    rows = Statement.objects.filter(
        item=None, promoter_id__in=PromoterIdentity.objects.exclude(id_digest=None).values("pk")
    )
    rows = rows.exclude(promoter_id__in=Violation.objects.filter(state__in=HOLDING).values("promoter_id"))
    totals = rows.order_by().values("promoter_id").annotate(total=Sum("total_minor")).filter(total__gte=least_minor)
    return sorted(totals.values_list("promoter_id", flat=True))
