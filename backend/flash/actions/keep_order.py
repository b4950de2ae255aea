"""What becomes of the pieces of one order: reserved, sold, given back, taken again when money comes late."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from backend.core.locks import lock_found, lock_one
from backend.core.outbox import emit
from backend.flash import rules, selectors
from backend.flash.actions.count_pieces import hold_buckets, move_pieces, take_piece
from backend.flash.actions.take_token import check_first_order
from backend.flash.errors import FlashSoldOut, FlashTokenRefused
from backend.flash.events import FlashHouseholdFlagged, FlashPiecesBack
from backend.flash.models import FlashBucket, FlashItem, FlashOrder, FlashOrderState, FlashSale, FlashToken
from backend.inventory.actions import hand_over, put_back, set_aside, take_back

ONCE_PER_PERSON = "flash_once_per_person"


@transaction.atomic
def reserve_pieces(
    *,
    order_id: UUID,
    token_id: UUID,
    quantity: int,
    discount_minor: int,
    address: Mapping[str, Any],
    now: datetime,
) -> FlashOrder:
    """Take pieces for an order that waits for its money. A token does this once, a person once per sale.

    Raises: FlashTokenRefused, FlashAlreadyBought, FlashSoldOut.
    Emits: FlashHouseholdFlagged.
    """
    token = FlashToken.objects.select_related("item__sale").get(pk=token_id)
    item, sale = token.item, token.item.sale
    if FlashOrder.objects.filter(token=token).exists():
        raise FlashTokenRefused
    check_first_order(sale, buyer_id=token.buyer_id)
    bucket_id = take_piece(item_id=item.pk, quantity=quantity)
    if bucket_id is None:
        raise FlashSoldOut(item_id=item.pk)
    household = rules.household_of(address) if sale.flags_households else ""
    order = FlashOrder(
        order_id=order_id,
        token=token,
        sale=sale,
        item=item,
        bucket_id=bucket_id,
        buyer_id=token.buyer_id,
        lineage_id=sale.lineage_id,
        quantity=quantity,
        discount_minor=discount_minor,
        household=household,
        is_flagged=selectors.is_known_household(sale.pk, household, but_not=token.buyer_id),
        reserved_at=now,
        pay_by=now + rules.PAY_WITHIN,
        changed_at=now,
    )
    _write_once(order)
    hand_over(holder_id=sale.pk, order_id=order_id, variant_id=item.variant_id, quantity=quantity, now=now)
    if order.is_flagged:
        emit(FlashHouseholdFlagged(sale_id=sale.pk, order_id=order_id, buyer_id=token.buyer_id, at=now))
    return order


def hold_flash_order(token_id: UUID) -> None:
    """Hold the order of a token, then its bucket; one that gave its pieces back may need any, so all are held."""
    order_id = FlashOrder.objects.filter(token_id=token_id).values_list("pk", flat=True).first()
    if order_id is None:
        return
    order = lock_one(FlashOrder, order_id)
    if order.state == FlashOrderState.RELEASED:
        hold_buckets(order.item_id)
    else:
        lock_found(FlashBucket, [order.bucket_id])


@transaction.atomic
def sell_pieces(*, order_id: UUID, now: datetime) -> bool:
    """The money is in: what was reserved is sold. What was given back meanwhile is taken again at the same price.

    False says that it cannot be had any more. Call it while the order is held.

    Raises: NotFound.
    """
    order = lock_one(FlashOrder, order_id)
    if order.state == FlashOrderState.SOLD:
        return True
    if order.state == FlashOrderState.RELEASED and not _take_again(order, now=now):
        return False
    move_pieces(bucket_id=order.bucket_id, quantity=order.quantity, from_column="reserved", to_column="sold")
    _move(order, FlashOrderState.SOLD, now=now)
    return True


@transaction.atomic
def give_back_pieces(*, order_id: UUID, now: datetime) -> str:
    """Give back what an order took: to the sale while it is open, else to stock. Say what the order was before.

    Raises: NotFound.
    Emits: FlashPiecesBack, AvailabilityChanged.
    """
    order = lock_one(FlashOrder, order_id)
    before = order.state
    if before == FlashOrderState.RELEASED:
        return before
    lock_found(FlashBucket, [order.bucket_id])
    sale = FlashSale.objects.get(pk=order.sale_id)
    variant_id = FlashItem.objects.values_list("variant_id", flat=True).get(pk=order.item_id)
    came = take_back(holder_id=sale.pk, order_id=order.order_id, variant_id=variant_id, now=now)
    is_open = sale.closed_at is None and now < sale.ends_at
    column = "reserved" if before == FlashOrderState.RESERVED else "sold"
    again = came if is_open else 0
    _move_if_any(order, again, column, "available")
    _move_if_any(order, order.quantity - again, column, "returned")
    if came and not is_open:
        put_back(holder_id=sale.pk, quantities={variant_id: came}, now=now)
    _move(order, FlashOrderState.RELEASED, now=now)
    if again:
        emit(FlashPiecesBack(sale_id=sale.pk, item_id=order.item_id, quantity=again, at=now))
    return before


def _take_again(order: FlashOrder, *, now: datetime) -> bool:
    """Reserve pieces anew for an order whose own were given back."""
    sale = FlashSale.objects.get(pk=order.sale_id)
    variant_id = FlashItem.objects.values_list("variant_id", flat=True).get(pk=order.item_id)
    others = FlashOrder.objects.filter(
        lineage_id=order.lineage_id, buyer_id=order.buyer_id, state__in=selectors.STANDING
    )
    if others.exists():
        return False
    if sale.closed_at is None and now < sale.ends_at:
        bucket_id = take_piece(item_id=order.item_id, quantity=order.quantity)
        if bucket_id is None:
            return False
        order.bucket_id = bucket_id
    elif not _take_from_stock(order, sale, variant_id, now=now):
        return False
    _move(order, FlashOrderState.RESERVED, now=now)
    hand_over(holder_id=sale.pk, order_id=order.order_id, variant_id=variant_id, quantity=order.quantity, now=now)
    return True


def _take_from_stock(order: FlashOrder, sale: FlashSale, variant_id: UUID, *, now: datetime) -> bool:
    """The sale is over and its pieces went back to stock: take as many from there, never beyond the quota."""
    bucket = lock_found(FlashBucket, [order.bucket_id])[0]
    if bucket.returned < order.quantity:
        return False
    taken = set_aside(holder_id=sale.pk, quantities={variant_id: order.quantity}, now=now)[variant_id]
    if taken < order.quantity:
        put_back(holder_id=sale.pk, quantities={variant_id: taken}, now=now)
        return False
    move_pieces(bucket_id=bucket.pk, quantity=order.quantity, from_column="returned", to_column="reserved")
    return True


def _write_once(order: FlashOrder) -> None:
    """Write the order; of two devices of one person the second is refused by the table."""
    try:
        with transaction.atomic():
            order.save(force_insert=True)
    except IntegrityError as twice:
        if ONCE_PER_PERSON not in str(twice):
            raise FlashTokenRefused from twice
        sale = FlashSale.objects.get(pk=order.sale_id)
        check_first_order(sale, buyer_id=order.buyer_id)
        raise


def _move(order: FlashOrder, to: FlashOrderState, *, now: datetime) -> None:
    order.state, order.changed_at = to, now
    order.save(update_fields=["state", "changed_at", "bucket"])


def _move_if_any(order: FlashOrder, quantity: int, from_column: str, to_column: str) -> None:
    if quantity:
        move_pieces(bucket_id=order.bucket_id, quantity=quantity, from_column=from_column, to_column=to_column)
