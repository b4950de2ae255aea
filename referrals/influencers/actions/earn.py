"""From an order to a commission per line: estimated, confirmed, its clock started, reduced by refunds."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.locks import lock_one, lock_rows
from backend.orders.models import Order, OrderLine
from backend.promotions.actions import hold_budgets
from referrals.influencers.actions.booking import PENDING, SOURCE, VESTED, book
from referrals.influencers.actions.estimate import Credit, estimate_line
from referrals.influencers.actions.raising import hold_campaigns, return_added, spend_added
from referrals.influencers.models import Commission, CommissionEntry, EntryKind, Promoter
from referrals.influencers.rules import sums
from referrals.influencers.selectors.campaigns import added_of, raised_rates
from referrals.influencers.selectors.earnings import refunded_per_line, standing_of
from referrals.influencers.selectors.members import is_held, terms_at
from referrals.influencers.selectors.work import eligible_contents, rate_at
from referrals.invites.models import Attribution


@transaction.atomic
def estimate_commissions(*, order_id: UUID, promoter_id: UUID, now: datetime) -> list[Commission]:
    """Note what a creator will earn of an order that was credited to them, line by line, once.

    A line counts when a collaboration about its product is live and its post still says that it is advertising.
    Its rate is the higher one of the lock and of a campaign that ran when the order was placed. Buyer and creator
    who are one person earn nothing. While a breach hangs over the creator the rate is nothing.

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
    held = is_held(promoter.pk)
    raised = {} if held else raised_rates(promoter, contents, at=order.placed_at, order=order)
    hold_budgets(rule.campaign_id for rule in raised.values())
    credit = Credit(order=order, attribution=attribution, terms=terms_at(now), is_held=held, raised=raised, at=now)
    made = []
    for line in lines:
        content = contents.get(line.product_id)
        rate = rate_at(promoter.pk, line.product_id, at=order.placed_at) if content else None
        if content and rate:
            made.append(estimate_line(line, content=content, rate=rate, credit=credit))
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
    """Hold the creator of an order, the campaigns that raised its commissions, then these by id."""
    mine = Commission.objects.filter(order_id=order_id)
    for promoter_id in sorted(set(mine.values_list("promoter_id", flat=True))):
        lock_one(Promoter, promoter_id)
    hold_campaigns(mine.filter(campaign_rule__isnull=False).select_related("campaign_rule"))
    return lock_rows(mine.select_related("terms", "rate", "campaign_rule"))


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


def _confirm(commissions: list[Commission], *, now: datetime) -> None:
    for commission in commissions:
        if commission.confirmed_at is not None:
            continue
        commission.confirmed_at = now
        commission.save(update_fields=["confirmed_at"])
        spend_added(commission)
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
    commission.campaign_minor, back = added_of(commission), commission.campaign_minor
    commission.save(update_fields=["refunded_minor", "kept_minor", "campaign_minor"])
    return_added(commission, back_minor=back - commission.campaign_minor)
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
