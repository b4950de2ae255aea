"""Working every commission out again and comparing tables with the book. None, if all is well."""

from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from django.db.models import F, Sum

from backend.ledger.models import Account
from referrals.influencers.models import (
    BatchState,
    Collaboration,
    Commission,
    CommissionEntry,
    EntryKind,
    ItemState,
    PayoutBatch,
    PayoutItem,
    Statement,
)
from referrals.influencers.rules import sums
from referrals.influencers.rules.moves import HOLDS_MONEY
from referrals.influencers.selectors.campaigns import added_of, bps_of
from referrals.influencers.selectors.earnings import standing_of
from referrals.influencers.selectors.payouts import standing_items, unpaid_statements


def differences() -> list[str]:
    """One sentence for each difference."""
    return [*_commissions(), *_statements(), *_batches(), *_accounts()]


def _commissions() -> Iterator[str]:
    """Base, amount and rest of every commission, worked out from its line, its rate and its terms."""
    rows = Commission.objects.select_related("line", "rate", "terms", "campaign_rule").order_by("pk")
    for each in rows.iterator(chunk_size=500):
        rates = (0, each.rate.bps) if each.campaign_rule is None else (bps_of(each.campaign_rule),)
        if each.paid_minor != each.line.total_minor or each.bps not in rates:
            yield f"commission {each.pk} was not made of its line and rate"
        if each.campaign_minor != added_of(each):
            yield f"commission {each.pk} owes {added_of(each)} to its campaign, and says {each.campaign_minor}"
        base = sums.base_of(each.paid_minor, tax_bps=each.terms.tax_bps)
        amount = sums.within_cap(sums.commission_of(base, bps=each.bps), left_minor=each.cap_left_minor)
        kept = sums.kept_of(
            paid_minor=each.paid_minor,
            refunded_minor=each.refunded_minor,
            tax_bps=each.terms.tax_bps,
            bps=each.bps,
            amount_minor=amount,
        )
        if (base, amount, kept) != (each.base_minor, each.amount_minor, each.kept_minor):
            yield f"commission {each.pk} should be {kept} of {amount}, and is {each.kept_minor} of {each.amount_minor}"
        if each.state != sums.state_of(standing_of(each)):
            yield f"commission {each.pk} says {each.state}"
    entries = CommissionEntry.objects.exclude(kind__in=[EntryKind.DISPUTE, EntryKind.FEE]).values("commission_id")
    for row in entries.annotate(total=Sum("amount_minor"), kept=F("commission__kept_minor")).exclude(total=F("kept")):
        yield f"entries of commission {row['commission_id']} come to {row['total']}, not {row['kept']}"


def _statements() -> Iterator[str]:
    rows = CommissionEntry.objects.exclude(statement=None).values("statement_id")
    for row in rows.annotate(total=Sum("amount_minor"), said=F("statement__total_minor")).exclude(total=F("said")):
        yield f"statement {row['statement_id']} says {row['said']}, its entries come to {row['total']}"


def _batches() -> Iterator[str]:
    for batch in PayoutBatch.objects.exclude(state=BatchState.CANCELLED):
        items = standing_items(batch)
        if batch.gross_minor != sum(item.gross_minor for item in items):
            yield f"batch {batch.number} is not the sum of its items"
        for item in items:
            stated = Statement.objects.filter(item=item).aggregate(total=Sum("total_minor", default=0))["total"]
            if item.state != ItemState.FAILED and stated != item.gross_minor:
                yield f"item {item.reference} pays {item.gross_minor}, its statements come to {stated}"


def _accounts() -> Iterator[str]:
    """Every account of the programme, from the tables."""
    wanted: Counter[tuple[str, UUID | None]] = Counter()
    pending = Commission.objects.filter(confirmed_at__isnull=False, vested_at=None)
    for promoter_id, kept in pending.values_list("promoter_id", "kept_minor"):
        wanted["commission_pending", promoter_id] += kept
    for promoter_id, amount in CommissionEntry.objects.filter(statement=None).values_list(
        "promoter_id", "amount_minor"
    ):
        wanted["commission_vested", promoter_id] += amount
    for promoter_id, total in unpaid_statements().values_list("promoter_id", "total_minor"):
        wanted["commission_payable", promoter_id] += total
    wanted["creator_escrow", None] = Collaboration.objects.filter(fee_in_escrow=True).aggregate(
        total=Sum("fee_minor", default=0)
    )["total"]
    waiting = PayoutItem.objects.filter(batch__state__in=HOLDS_MONEY, state=ItemState.WAITING)
    wanted["payout_in_flight", None] = waiting.aggregate(total=Sum("gross_minor", default=0))["total"]
    paid = PayoutItem.objects.filter(state=ItemState.PAID)
    wanted["payout_paid", None] = paid.aggregate(total=Sum("net_minor", default=0))["total"]
    wanted["tax_withheld", None] = paid.aggregate(total=Sum("withheld_minor", default=0))["total"]
    kinds = {kind for kind, _owner in wanted} | {"commission_pending", "commission_vested", "commission_payable"}
    book = {(each.kind, each.owner_id): each.balance for each in Account.objects.filter(kind__in=kinds)}
    for key in sorted({*wanted, *book}, key=str):
        if wanted[key] != book.get(key, 0):
            yield f"{key[0]} of {key[1] or 'the shop'} should hold {wanted[key]} and holds {book.get(key, 0)}"
