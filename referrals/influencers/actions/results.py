"""What the bank answers: taken once, whole, or not at all."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core.locks import lock_many, lock_one
from backend.core.outbox import emit
from backend.ledger.actions import hold_shop_accounts, post_transfer
from referrals.influencers.actions.booking import IN_FLIGHT, PAID, SHOP_ACCOUNTS, WITHHELD, leg
from referrals.influencers.actions.moving import move_row
from referrals.influencers.actions.pay import give_back
from referrals.influencers.errors import BatchMovedOn, ResultFileRefused
from referrals.influencers.events import PayoutDecided
from referrals.influencers.models import (
    BatchState,
    Commission,
    CommissionEntry,
    CommissionState,
    ItemState,
    PayoutBatch,
    PayoutItem,
    Promoter,
    Statement,
)
from referrals.influencers.rules import moves
from referrals.influencers.rules.bank_file import ResultRow, Unreadable, read_results
from referrals.influencers.selectors.payouts import standing_items


@transaction.atomic
def import_results(*, batch_id: UUID, text: str, by: UUID, now: datetime) -> PayoutBatch:
    """Take the bank's answer to a batch: what was paid is paid, what came back returns to the balance.

    The same file again answers the settled batch. A file that misses a payment, knows one too many or names
    another amount is refused, and nothing is written.

    Raises: BatchMovedOn, ResultFileRefused, NotFound.
    Emits: PayoutDecided.
    """
    batch = lock_one(PayoutBatch, batch_id)
    digest = hashlib.sha256(text.strip().encode()).hexdigest()
    if batch.state == BatchState.SETTLED and batch.result_digest == digest:
        return batch
    if batch.state == BatchState.SETTLED:
        raise ResultFileRefused(problem=_("another answer was taken for this batch already"))
    if batch.state != BatchState.SENT:
        raise BatchMovedOn
    items = sorted(standing_items(batch), key=lambda item: item.promoter_id)
    rows = check_results(text, items)
    lock_many(Promoter, [item.promoter_id for item in items])
    hold_shop_accounts(SHOP_ACCOUNTS)
    for item in items:
        _settle(item, rows[item.reference], now=now)
    move_row(
        batch,
        to=BatchState.SETTLED,
        moves=moves.BATCH,
        refusal=BatchMovedOn,
        actor_id=by,
        now=now,
        changes={"settled_at": now, "result_digest": digest},
    )
    return batch


def check_results(text: str, items: Sequence[PayoutItem]) -> Mapping[str, ResultRow]:
    """Read a result file and insist that it speaks of exactly these payments and amounts."""
    try:
        rows = {row.reference: row for row in read_results(text)}
    except Unreadable as wrong:
        raise ResultFileRefused(problem=wrong.problem) from wrong
    if set(rows) != {item.reference for item in items}:
        raise ResultFileRefused(problem=_("it does not speak of exactly the payments of this batch"))
    if any(rows[item.reference].net_minor != item.net_minor for item in items):
        raise ResultFileRefused(problem=_("an amount is not the one that was sent"))
    return rows


def _settle(item: PayoutItem, row: ResultRow, *, now: datetime) -> None:
    item.state = ItemState.PAID if row.is_paid else ItemState.FAILED
    item.failure, item.decided_at = "" if row.is_paid else row.reason, now
    item.save(update_fields=["state", "failure", "decided_at"])
    if row.is_paid:
        _pay(item, now=now)
    else:
        give_back(item, now=now)
        Statement.objects.filter(item=item).update(item=None)
    emit(
        PayoutDecided(
            item_id=item.pk, promoter_id=item.promoter_id, net_minor=item.net_minor, is_paid=row.is_paid, at=now
        )
    )


def _pay(item: PayoutItem, *, now: datetime) -> None:
    legs = [
        leg(IN_FLIGHT, item.promoter_id, -item.gross_minor),
        leg(PAID, item.promoter_id, item.net_minor),
        leg(WITHHELD, item.promoter_id, item.withheld_minor),
    ]
    post_transfer(
        kind="settle_payout",
        source=("payout_item", item.pk),
        legs=[each for each in legs if each.amount],
        rule=item.tax_rule,
        facts={"gross_minor": item.gross_minor, "withheld_minor": item.withheld_minor},
        now=now,
    )
    stated = CommissionEntry.objects.filter(statement__item=item).values("commission_id")
    Commission.objects.filter(pk__in=stated, state=CommissionState.IN_STATEMENT).update(state=CommissionState.PAID)
