"""Giving a buyer the right to try for one piece: the gate in front of the buckets."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.errors import NotFound, TooManyRequests
from backend.flash import rules, selectors
from backend.flash.actions.count_pieces import left_of
from backend.flash.actions.run_sale import stock_sale
from backend.flash.errors import (
    FlashAlreadyBought,
    FlashNotForYou,
    FlashNotOpen,
    FlashOver,
    FlashPaused,
    FlashSoldOut,
)
from backend.flash.models import FlashItem, FlashOrder, FlashSale, FlashToken
from backend.promotions.ports import buyer_facts
from backend.promotions.selectors import admits


@transaction.atomic
def take_token(
    *, sale_id: UUID, variant_id: UUID, buyer_id: UUID, address: str, now: datetime
) -> tuple[FlashToken, str]:
    """Give a signed token for one piece of a sale that is open for this person. It reserves nothing.

    Raises: NotFound, TooManyRequests, FlashNotOpen, FlashPaused, FlashOver, FlashNotForYou, FlashAlreadyBought,
        FlashSoldOut.
    Emits: FlashSaleMoved, AvailabilityChanged.
    """
    item = FlashItem.objects.select_related("sale__campaign").filter(sale_id=sale_id, variant_id=variant_id).first()
    if item is None:
        raise NotFound
    place = rules.place_digest(address)
    check_pace(buyer_id=buyer_id, place=place, now=now)
    check_open(item.sale, buyer_id=buyer_id, now=now)
    check_first_order(item.sale, buyer_id=buyer_id)
    if item.sale.stocked_at is None:
        stock_sale(sale_id=sale_id, now=now)
    if left_of(item.pk) - selectors.offered_to_others(item_id=item.pk, user_id=buyer_id, now=now) < 1:
        raise FlashSoldOut(item_id=item.pk)
    token = FlashToken.objects.create(
        item=item, buyer_id=buyer_id, place=place, given_at=now, expires_at=now + rules.TOKEN_LIFE
    )
    return token, rules.sign_token(rules.ReadToken(token.pk, item.pk, buyer_id, token.expires_at))


def check_pace(*, buyer_id: UUID, place: str, now: datetime) -> None:
    """Refuse who asks faster than a person taps, and places from which a crowd of machines asks.

    Raises: TooManyRequests.
    """
    recent = FlashToken.objects.filter(given_at__gt=now - rules.MINUTE)
    if recent.filter(buyer_id=buyer_id).count() >= rules.TOKENS_A_MINUTE or (
        place and recent.filter(place=place).count() >= rules.TOKENS_OF_PLACE_A_MINUTE
    ):
        raise TooManyRequests(retry_after_seconds=int(rules.MINUTE.total_seconds()))


def check_open(sale: FlashSale, *, buyer_id: UUID, now: datetime) -> None:
    """Refuse when the sale is not open for this person at this moment, by the clock of the server.

    Raises: FlashOver, FlashPaused, FlashNotForYou, FlashNotOpen.
    """
    if sale.closed_at is not None or now >= sale.ends_at:
        raise FlashOver
    if sale.paused_at is not None:
        raise FlashPaused
    buyer = buyer_facts(buyer_id)
    if not admits(sale.campaign, buyer):
        raise FlashNotForYou
    opens = rules.opens_for(sale.starts_at, _hours(sale.early_hours), tier=buyer.tier)
    if now < opens:
        raise FlashNotOpen(opens_at=opens)


def check_first_order(sale: FlashSale, *, buyer_id: UUID) -> None:
    """Refuse a second order of one person. The table refuses it as well, for two devices at the same moment.

    Raises: FlashAlreadyBought.
    """
    standing = FlashOrder.objects.filter(
        lineage_id=sale.lineage_id, buyer_id=buyer_id, state__in=selectors.STANDING
    ).first()
    if standing is not None:
        raise FlashAlreadyBought(order_id=standing.order_id)


def _hours(stored: object) -> Mapping[str, int]:
    return stored if isinstance(stored, dict) else {}
