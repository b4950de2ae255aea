"""Small reads by which the actions decide."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from backend.catalogue.models import Variant
from backend.core.errors import NotFound
from backend.flash import rules
from backend.flash.models import (
    FlashBucket,
    FlashItem,
    FlashOrder,
    FlashOrderState,
    FlashReminder,
    FlashSale,
    FlashWait,
)

STANDING = (FlashOrderState.RESERVED, FlashOrderState.SOLD)


def sale_by_id(sale_id: UUID) -> FlashSale:
    """One sale with its campaign.

    Raises: NotFound.
    """
    found = FlashSale.objects.select_related("campaign").filter(pk=sale_id).first()
    if found is None:
        raise NotFound
    return found


def token_item(item_id: UUID) -> FlashItem | None:
    """The item of a token with its sale and campaign."""
    return FlashItem.objects.select_related("sale__campaign", "sale__rule").filter(pk=item_id).first()


def offered_to_others(*, item_id: UUID, user_id: UUID | None, now: datetime) -> int:
    """How many pieces are kept at the moment for people of the line other than this one."""
    told = FlashWait.objects.filter(item_id=item_id, told_at__gt=now - rules.OFFER_LIFE)
    came = FlashOrder.objects.filter(item_id=item_id, buyer=OuterRef("user"), reserved_at__gte=OuterRef("told_at"))
    others = told if user_id is None else told.exclude(user_id=user_id)
    return others.exclude(Exists(came)).count()


def is_known_household(sale_id: UUID, household: str, *, but_not: UUID) -> bool:
    """Say whether somebody else has ordered to the same address in this sale."""
    if not household:
        return False
    others = FlashOrder.objects.filter(sale_id=sale_id, household=household, state__in=STANDING)
    return others.exclude(buyer_id=but_not).exists()


def sales_to_remind_of(*, now: datetime) -> list[UUID]:
    """The sales that begin in a few minutes and of which somebody wants to hear."""
    soon = FlashSale.objects.filter(
        closed_at=None, paused_at=None, starts_at__lte=now + rules.REMIND_BEFORE, ends_at__gt=now
    )
    waiting = FlashReminder.objects.filter(told_at=None, sale__in=soon)
    return list(waiting.order_by("sale_id").values_list("sale_id", flat=True).distinct())


def items_waited_for(*, now: datetime) -> list[UUID]:
    """The items of open sales in whose line somebody stands and of which pieces are free."""
    free = FlashBucket.objects.filter(item=OuterRef("item"), available__gt=0)
    waiting = FlashWait.objects.filter(told_at=None, item__sale__closed_at=None, item__sale__ends_at__gt=now)
    return list(waiting.filter(Exists(free)).order_by("item_id").values_list("item_id", flat=True).distinct())


def products_of_sale(sale_id: UUID) -> list[UUID]:
    """The products that a sale touches."""
    variants = FlashItem.objects.filter(sale_id=sale_id).values("variant_id")
    return list(Variant.objects.filter(pk__in=variants).values_list("product_id", flat=True).distinct())
