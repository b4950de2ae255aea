"""A batch on its way to the bank: opened, frozen, approved by two, sent."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.clock import business_day
from backend.core.ids import short_code
from backend.core.locks import advisory_lock, lock_many, lock_one
from backend.core.money import Money
from backend.core.state_log import log_move
from backend.ledger.actions import hold_shop_accounts
from backend.ledger.selectors import balance
from referrals.influencers.actions.booking import IN_FLIGHT, PAYABLE, book
from referrals.influencers.actions.moving import move_row
from referrals.influencers.errors import BatchDoesNotAddUp, BatchMovedOn, NothingToPay, SecondPersonNeeded
from referrals.influencers.models import (
    BatchState,
    PayoutBatch,
    PayoutItem,
    Promoter,
    PromoterIdentity,
    Statement,
    TaxKind,
)
from referrals.influencers.rules import moves, sums
from referrals.influencers.rules.bank_file import PaymentRow, write_payments
from referrals.influencers.rules.sealing import unseal
from referrals.influencers.selectors.members import identities_of, terms_at
from referrals.influencers.selectors.payouts import payable_of, promoters_to_pay, standing_items, unpaid_statements

B = BatchState


@transaction.atomic
def open_batch(*, by: UUID, now: datetime, least_minor: int = 0) -> PayoutBatch:
    """Gather the statements of all creators who have reached the least amount; what is below zero is netted in.

    Raises: NothingToPay.
    """
    advisory_lock("creators.payout", "open")
    least = max(least_minor, terms_at(now).least_payout_minor)
    held = lock_many(Promoter, promoters_to_pay(least_minor=least))
    still = set(promoters_to_pay(least_minor=least)) & {each.pk for each in held}
    due = payable_of(still)
    if not due:
        raise NothingToPay
    batch = PayoutBatch.objects.create(number=_number(now), opened_by_id=by, opened_at=now)
    people = identities_of(due)
    for place, promoter_id in enumerate(sorted(due), start=1):
        item = _item(batch, people[promoter_id], gross=due[promoter_id], place=place)
        Statement.objects.filter(promoter_id=promoter_id, item=None).update(item=item)
    sum_up(batch)
    return batch


@transaction.atomic
def freeze_batch(*, batch_id: UUID, by: UUID, now: datetime) -> PayoutBatch:
    """Take the money of a batch out of the creators' balances, if batch, items, statements and book are one sum.

    Raises: BatchMovedOn, BatchDoesNotAddUp, NotFound.
    """
    batch = lock_one(PayoutBatch, batch_id)
    items = _hold_items(batch)
    if batch.state != B.OPEN:
        raise BatchMovedOn
    check_sums(batch, items)
    hold_shop_accounts([IN_FLIGHT])
    for item in items:
        book(
            "freeze_payout",
            source=("payout_item", item.pk),
            out_of=PAYABLE,
            into=IN_FLIGHT,
            amount_minor=item.gross_minor,
            owner_id=item.promoter_id,
            rule=item.tax_rule,
            now=now,
        )
    _move(batch, B.FROZEN, by=by, now=now, frozen_at=now)
    return batch


@transaction.atomic
def approve_batch(*, batch_id: UUID, by: UUID, now: datetime) -> PayoutBatch:
    """Agree to a frozen batch. It is approved when a second, different person agrees.

    Raises: BatchMovedOn, SecondPersonNeeded, NotFound.
    """
    batch = lock_one(PayoutBatch, batch_id)
    if batch.state != B.FROZEN:
        raise BatchMovedOn
    if batch.first_approver_id is None:
        batch.first_approver_id, batch.first_approved_at = by, now
        batch.save(update_fields=["first_approver_id", "first_approved_at"])
        return batch
    if batch.first_approver_id == by:
        raise SecondPersonNeeded
    _move(batch, B.APPROVED, by=by, now=now, second_approver_id=by, second_approved_at=now)
    return batch


@transaction.atomic
def take_payout_file(*, batch_id: UUID, by: UUID, now: datetime) -> tuple[PayoutBatch, str]:
    """Give the table for the bank, with names and accounts; the batch is sent from then on. Each look is logged.

    Raises: BatchMovedOn, NotFound.
    """
    batch = lock_one(PayoutBatch, batch_id)
    if batch.state == B.APPROVED:
        _move(batch, B.SENT, by=by, now=now, sent_at=now)
    elif batch.state == B.SENT:
        log_move(
            entity_type="creator.payout_file",
            entity_id=batch.pk,
            from_state=batch.state,
            to_state=batch.state,
            actor_id=by,
            reason="file taken again",
            now=now,
        )
    else:
        raise BatchMovedOn
    items = standing_items(batch)
    people = identities_of([item.promoter_id for item in items])
    return batch, write_payments([_payment(item, people[item.promoter_id]) for item in items])


@transaction.atomic
def cancel_batch(*, batch_id: UUID, by: UUID, now: datetime) -> PayoutBatch:
    """Give a batch up before it is sent; frozen money goes back to the balances.

    Raises: BatchMovedOn, NotFound.
    """
    batch = lock_one(PayoutBatch, batch_id)
    items = _hold_items(batch)
    was_frozen = batch.state in moves.HOLDS_MONEY
    _move(batch, B.CANCELLED, by=by, now=now)
    for item in items:
        if was_frozen:
            give_back(item, now=now)
        Statement.objects.filter(item=item).update(item=None)
    return batch


def give_back(item: PayoutItem, *, now: datetime) -> None:
    """Return the frozen money of an item to its creator's balance, once."""
    book(
        "return_payout",
        source=("payout_item", item.pk),
        out_of=IN_FLIGHT,
        into=PAYABLE,
        amount_minor=item.gross_minor,
        owner_id=item.promoter_id,
        now=now,
    )


def check_sums(batch: PayoutBatch, items: Sequence[PayoutItem]) -> None:
    """Insist that the batch is the sum of its items, of their statements, and of what the book holds for them."""
    stated = sum(sum(Statement.objects.filter(item=item).values_list("total_minor", flat=True)) for item in items)
    later = sum(
        sum(
            unpaid_statements()
            .filter(promoter_id=item.promoter_id)
            .exclude(item=item)
            .values_list("total_minor", flat=True)
        )
        for item in items
    )
    book_sum = sum(balance(kind=PAYABLE, owner_id=item.promoter_id) for item in items) - later
    each = sum(item.gross_minor for item in items)
    if not batch.gross_minor == each == stated == book_sum:
        raise BatchDoesNotAddUp(batch=Money(batch.gross_minor), statements=Money(stated), book=Money(book_sum))


def _hold_items(batch: PayoutBatch) -> list[PayoutItem]:
    """Hold the creators of a batch by id; their items are theirs."""
    items = standing_items(batch)
    lock_many(Promoter, [item.promoter_id for item in items])
    return items


def _item(batch: PayoutBatch, person: PromoterIdentity, *, gross: int, place: int) -> PayoutItem:
    is_individual = person.tax_kind == TaxKind.INDIVIDUAL
    withheld = sums.withheld_of(gross, is_individual=is_individual)
    return PayoutItem.objects.create(
        batch=batch,
        promoter_id=person.pk,
        reference=f"{batch.number}-{place:04d}",
        gross_minor=gross,
        withheld_minor=withheld,
        net_minor=gross - withheld,
        tax_rule=sums.LABOUR_RULE if is_individual else sums.BUSINESS_RULE,
        bank_tail=person.bank_tail,
    )


def sum_up(batch: PayoutBatch) -> None:
    """Bring the sums of a batch to those of its items."""
    items = standing_items(batch)
    batch.items_count = len(items)
    batch.gross_minor = sum(item.gross_minor for item in items)
    batch.withheld_minor = sum(item.withheld_minor for item in items)
    batch.net_minor = sum(item.net_minor for item in items)
    batch.save(update_fields=["items_count", "gross_minor", "withheld_minor", "net_minor"])


def _payment(item: PayoutItem, person: PromoterIdentity) -> PaymentRow:
    return PaymentRow(
        reference=item.reference,
        name=unseal(person.legal_name_sealed),
        bank=person.bank_name,
        account=unseal(person.bank_account_sealed),
        net_minor=item.net_minor,
        note="Tuanzi",
    )


def _number(now: datetime) -> str:
    return f"PB{business_day(now):%y%m%d}{short_code(4)}"


def _move(batch: PayoutBatch, to: str, *, by: UUID, now: datetime, **changes: object) -> None:
    move_row(batch, to=to, moves=moves.BATCH, refusal=BatchMovedOn, actor_id=by, now=now, changes=changes)
