"""The life of a sale: announced, stocked, paused, aborted, closed.

A sale takes its pieces out of stock when it opens and gives what is left back when it closes.
The campaign is held by whoever calls from a campaign; then the sale, its buckets by id, then stock.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.locks import lock_one, lock_where
from backend.core.outbox import emit
from backend.flash.errors import FlashOver
from backend.flash.events import FlashSaleMoved
from backend.flash.models import FlashBucket, FlashItem, FlashSale
from backend.flash.rules import FlashTerms, bucket_shares, opens_at
from backend.inventory.actions import put_back, set_aside
from backend.promotions.models import CampaignState
from backend.promotions.ports import RuleVersion
from backend.promotions.selectors import campaign_by_id


@transaction.atomic
def announce_sale(*, rule: RuleVersion, terms: FlashTerms, now: datetime) -> FlashSale:
    """Write down the sale of a rule that works now, or let one that was paused go on.

    Emits: FlashSaleMoved.
    """
    campaign = campaign_by_id(rule.campaign_id)
    sale, is_new = FlashSale.objects.get_or_create(
        rule_id=rule.id,
        defaults={
            "campaign_id": rule.campaign_id,
            "lineage_id": rule.lineage_id,
            "starts_at": campaign.starts_at,
            "ends_at": campaign.ends_at,
            "opens_at": opens_at(campaign.starts_at, terms.early_hours),
            "early_hours": dict(terms.early_hours),
            "per_person": terms.per_person,
            "flags_households": terms.flags_households,
            "created_at": now,
        },
    )
    if is_new:
        FlashItem.objects.bulk_create(
            FlashItem(
                sale=sale,
                variant_id=item.variant_id,
                price_minor=item.price_minor,
                planned=item.quota,
                position=position,
            )
            for position, item in enumerate(terms.items)
        )
    elif sale.paused_at is not None and sale.closed_at is None:
        sale.paused_at = None
        sale.save(update_fields=["paused_at"])
    emit(FlashSaleMoved(sale_id=sale.id, to="announced" if is_new else "resumed", at=now))
    return sale


@transaction.atomic
def stop_sale(*, rule: RuleVersion, now: datetime) -> None:
    """A rule works no longer: pause its sale, or abort it when the campaign is over or a new version follows.

    Emits: FlashSaleMoved.
    """
    sale = FlashSale.objects.filter(rule_id=rule.id, closed_at=None).first()
    if sale is None:
        return
    campaign = campaign_by_id(rule.campaign_id)
    if campaign.state == CampaignState.PAUSED:
        FlashSale.objects.filter(pk=sale.pk, paused_at=None).update(paused_at=now)
        emit(FlashSaleMoved(sale_id=sale.id, to="paused", at=now))
    else:
        abort_sale(sale_id=sale.id, now=now)


@transaction.atomic
def keep_window(*, campaign_id: UUID, now: datetime) -> None:
    """Take over the window of a campaign that was saved; a sale that is over stays over.

    Emits: FlashSaleMoved.
    """
    campaign = campaign_by_id(campaign_id)
    for sale in lock_where(FlashSale, "campaign_id = %s AND closed_at IS NULL", [campaign_id], order="id"):
        if (sale.starts_at, sale.ends_at) == (campaign.starts_at, campaign.ends_at):
            continue
        sale.starts_at, sale.ends_at = campaign.starts_at, campaign.ends_at
        sale.opens_at = opens_at(campaign.starts_at, sale.early_hours)
        sale.save(update_fields=["starts_at", "ends_at", "opens_at"])
        emit(FlashSaleMoved(sale_id=sale.id, to="moved", at=now))


@transaction.atomic
def stock_sale(*, sale_id: UUID, now: datetime) -> bool:
    """Take the pieces of a sale that opens out of stock and part them into buckets; False if that is done.

    Where stock holds fewer than planned, the quota is what there is.

    Raises: NotFound.
    Emits: FlashSaleMoved, AvailabilityChanged.
    """
    sale = lock_one(FlashSale, sale_id)
    if sale.stocked_at is not None or sale.closed_at is not None or now < sale.opens_at:
        return False
    items = list(FlashItem.objects.filter(sale=sale).order_by("position"))
    taken = set_aside(holder_id=sale.id, quantities={item.variant_id: item.planned for item in items}, now=now)
    for item in items:
        item.quota = taken[item.variant_id]
        item.save(update_fields=["quota"])
        FlashBucket.objects.bulk_create(
            FlashBucket(item=item, number=number, quota=share, available=share)
            for number, share in enumerate(bucket_shares(item.quota))
        )
    sale.stocked_at = now
    sale.save(update_fields=["stocked_at"])
    emit(FlashSaleMoved(sale_id=sale.id, to="stocked", at=now))
    return True


@transaction.atomic
def abort_sale(*, sale_id: UUID, now: datetime) -> FlashSale:
    """Stop a sale before its end. What is paid is kept, what is reserved may still be paid in its five minutes.

    Raises: NotFound, FlashOver.
    Emits: FlashSaleMoved, AvailabilityChanged.
    """
    sale = lock_one(FlashSale, sale_id)
    if sale.aborted_at is not None:
        return sale
    if sale.closed_at is not None or now >= sale.ends_at:
        raise FlashOver
    sale.aborted_at = now
    _close(sale, to="aborted", now=now)
    return sale


@transaction.atomic
def close_sale(*, sale_id: UUID, now: datetime) -> bool:
    """Give what is left of a sale whose time is over back to stock; False if there is nothing to do.

    Raises: NotFound.
    Emits: FlashSaleMoved, AvailabilityChanged.
    """
    sale = lock_one(FlashSale, sale_id)
    if sale.closed_at is not None or now < sale.ends_at:
        return False
    _close(sale, to="closed", now=now)
    return True


def open_due_sales(*, now: datetime) -> int:
    """Stock every sale that opens, each in its own transaction, and say how many."""
    due = FlashSale.objects.filter(stocked_at=None, closed_at=None, opens_at__lte=now, ends_at__gt=now)
    return sum(stock_sale(sale_id=sale_id, now=now) for sale_id in _ids(due))


def close_due_sales(*, now: datetime) -> int:
    """Close every sale whose time is over, each in its own transaction, and say how many."""
    return sum(
        close_sale(sale_id=each, now=now) for each in _ids(FlashSale.objects.filter(closed_at=None, ends_at__lte=now))
    )


def _ids(sales: Iterable[FlashSale]) -> list[UUID]:
    return [sale.id for sale in sales]


def _close(sale: FlashSale, *, to: str, now: datetime) -> None:
    left: dict[UUID, int] = {}
    for item in FlashItem.objects.filter(sale=sale).order_by("pk"):
        buckets = lock_where(FlashBucket, "item_id = %s", [item.pk], order="id")
        left[item.variant_id] = sum(bucket.available for bucket in buckets)
        for bucket in buckets:
            bucket.returned += bucket.available
            bucket.available = 0
        FlashBucket.objects.bulk_update(buckets, ["available", "returned"])
    sale.closed_at = now
    sale.save(update_fields=["closed_at", "aborted_at"])
    put_back(holder_id=sale.id, quantities=left, now=now)
    emit(FlashSaleMoved(sale_id=sale.id, to=to, at=now))
