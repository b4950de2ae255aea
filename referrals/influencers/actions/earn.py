"""From an order to a commission per line: estimated, confirmed, its clock started, reduced by refunds."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.core.locks import lock_one, lock_rows
from backend.core.outbox import emit
from backend.orders.models import Order, OrderLine
from referrals.influencers.actions.booking import PENDING, SOURCE, VESTED, book
from referrals.influencers.events import CommissionEstimated
from referrals.influencers.models import (
    Commission,
    CommissionEntry,
    Content,
    EntryKind,
    ProgrammeTerms,
    Promoter,
    Rate,
)
from referrals.influencers.rules import sums
from referrals.influencers.selectors.earnings import month_left, refunded_per_line, standing_of
from referrals.influencers.selectors.members import is_held, terms_at
from referrals.influencers.selectors.work import eligible_contents, rate_at
from referrals.invites.models import Attribution


@transaction.atomic
def estimate_commissions(*, order_id: UUID, promoter_id: UUID, now: datetime) -> list[Commission]:
    """Note what a creator will earn of an order that was credited to them, line by line, once.

    A line counts when a collaboration about its product is live and its post still says that it is advertising.
    Buyer and creator who are one person earn nothing. While a breach hangs over the creator the rate is nothing.

    Raises: NotFound.
    Emits: CommissionEstimated.
    """
    promoter = lock_one(Promoter, promoter_id)
    order = Order.objects.get(pk=order_id)
    attribution = Attribution.objects.get(order_id=order_id)
    if Commission.objects.filter(order=order).exists() or attribution.facts.get("identity"):
        return []
    lines = [line for line in OrderLine.objects.filter(order=order).order_by("position") if line.total_minor > 0]
    contents = eligible_contents(promoter.pk, [line.product_id for line in lines])
    held, terms = is_held(promoter.pk), terms_at(now)
    made = []
    for line in lines:
        content = contents.get(line.product_id)
        rate = rate_at(promoter.pk, line.product_id, at=order.placed_at) if content else None
        if content and rate:
            bps = 0 if held else rate.bps
            made.append(_estimate(line, content, rate, terms, attribution, order=order, bps=bps, now=now))
    if order.confirmed_at is not None:
        _confirm(made, now=order.confirmed_at)
    if order.delivered_at is not None:
        _start(made, delivered_at=order.delivered_at)
    reduce_held(made, order=order, now=now)
    return made


@transaction.atomic
def confirm_commissions(*, order_id: UUID, now: datetime) -> int:
    """The order will be sent: from now on its commissions stand in the book. Say how many.

    Raises: NotFound.
    """
    held = hold_of_order(order_id)
    _confirm(held, now=now)
    reduce_held(held, order=Order.objects.get(pk=order_id), now=now)
    return len(held)


@transaction.atomic
def start_window(*, order_id: UUID, delivered_at: datetime) -> int:
    """With the parcel handed over the return window runs. Say for how many lines.

    Raises: NotFound.
    """
    return _start(hold_of_order(order_id), delivered_at=delivered_at)


@transaction.atomic
def reduce_commissions(*, order_id: UUID, now: datetime) -> int:
    """Take back what hung on refunded parts of an order, by the rate of each line. Say for how many lines.

    Before vesting the promise shrinks. After it there is an entry below zero, which waits for nothing.

    Raises: NotFound.
    """
    return reduce_held(hold_of_order(order_id), order=Order.objects.get(pk=order_id), now=now)


def hold_of_order(order_id: UUID) -> list[Commission]:
    """Hold the creator of an order, then its commissions by id."""
    owners = sorted(set(Commission.objects.filter(order_id=order_id).values_list("promoter_id", flat=True)))
    for promoter_id in owners:
        lock_one(Promoter, promoter_id)
    return lock_rows(Commission.objects.filter(order_id=order_id).select_related("terms"))


def reduce_held(commissions: list[Commission], *, order: Order, now: datetime) -> int:
    """Bring held commissions to what is left of their lines."""
    if not commissions:
        return 0
    refunded = refunded_per_line(order)
    return sum(_reduce(each, refunded_minor=refunded[each.line_id], now=now) for each in commissions)


def settle_state(commission: Commission) -> None:
    """Bring the state of a held commission to what its facts say."""
    commission.state = sums.state_of(standing_of(commission))
    commission.save(update_fields=["state"])


def _estimate(
    line: OrderLine,
    content: Content,
    rate: Rate,
    terms: ProgrammeTerms,
    attribution: Attribution,
    *,
    order: Order,
    bps: int,
    now: datetime,
) -> Commission:
    base = sums.base_of(line.total_minor, tax_bps=terms.tax_bps)
    left = month_left(content.collaboration_id, cap_minor=content.collaboration.brief.month_cap_minor, at=now)
    amount = sums.within_cap(sums.commission_of(base, bps=bps), left_minor=left)
    commission = Commission.objects.create(
        promoter_id=content.collaboration.promoter_id,
        order=order,
        line=line,
        product_id=line.product_id,
        collaboration_id=content.collaboration_id,
        content=content,
        rate=rate,
        terms=terms,
        touch_id=attribution.touch_id,
        source=attribution.source,
        bps=bps,
        paid_minor=line.total_minor,
        base_minor=base,
        amount_minor=amount,
        kept_minor=amount,
        cap_left_minor=left,
        facts=_facts(order, line, content, attribution),
        estimated_at=now,
    )
    emit(
        CommissionEstimated(
            order_id=order.pk,
            promoter_id=commission.promoter_id,
            commission_id=commission.pk,
            amount_minor=amount,
            at=now,
        )
    )
    return commission


def _facts(order: Order, line: OrderLine, content: Content, attribution: Attribution) -> Mapping[str, Any]:
    return {
        "order_number": order.number,
        "placed_at": order.placed_at.isoformat(),
        "touched_at": attribution.facts.get("touched_at"),
        "code": attribution.code,
        "quantity": line.quantity,
        "tag": content.tag,
        "post_id": str(content.post_id),
    }


def _confirm(commissions: list[Commission], *, now: datetime) -> None:
    for commission in commissions:
        if commission.confirmed_at is not None:
            continue
        commission.confirmed_at = now
        commission.save(update_fields=["confirmed_at"])
        book(
            "promise_commission",
            source=("commission", commission.pk),
            out_of=SOURCE,
            into=PENDING,
            amount_minor=commission.kept_minor,
            owner_id=commission.promoter_id,
            rule=f"rate:{commission.rate_id}",
            facts={"bps": commission.bps, "base_minor": commission.base_minor},
            now=now,
        )
        settle_state(commission)


def _start(commissions: list[Commission], *, delivered_at: datetime) -> int:
    waiting = [each for each in commissions if each.delivered_at is None]
    for commission in waiting:
        commission.delivered_at = delivered_at
        commission.vests_at = sums.vests_at(delivered_at=delivered_at, terms=commission.terms)
        commission.save(update_fields=["delivered_at", "vests_at"])
    return len(waiting)


def _reduce(commission: Commission, *, refunded_minor: int, now: datetime) -> bool:
    if refunded_minor <= commission.refunded_minor:
        return False
    kept = sums.kept_of(
        paid_minor=commission.paid_minor,
        refunded_minor=refunded_minor,
        tax_bps=commission.terms.tax_bps,
        bps=commission.bps,
        amount_minor=commission.amount_minor,
    )
    taken = commission.kept_minor - kept
    commission.refunded_minor, commission.kept_minor = refunded_minor, kept
    commission.save(update_fields=["refunded_minor", "kept_minor"])
    if commission.confirmed_at is not None:
        _take_back(commission, taken=taken, now=now)
    settle_state(commission)
    return True


def _take_back(commission: Commission, *, taken: int, now: datetime) -> None:
    """Book what goes back. Its sequence is all that has gone back so far, so no step can be booked twice."""
    is_vested = commission.vested_at is not None
    gone = commission.amount_minor - commission.kept_minor
    book(
        "take_back_commission",
        source=("commission", commission.pk),
        sequence=gone,
        out_of=VESTED if is_vested else PENDING,
        into=SOURCE,
        amount_minor=taken,
        owner_id=commission.promoter_id,
        rule=f"rate:{commission.rate_id}",
        facts={"bps": commission.bps, "refunded_minor": commission.refunded_minor},
        now=now,
    )
    if is_vested and taken:
        CommissionEntry.objects.create(
            promoter_id=commission.promoter_id,
            kind=EntryKind.REFUND,
            commission=commission,
            sequence=gone,
            amount_minor=-taken,
            at=now,
        )
