"""Putting things into a cart."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.cart.actions.holding import hold_cart, touch
from backend.cart.errors import CartFull, NotOnTheShelf
from backend.cart.events import PutInCart
from backend.cart.models import Cart, CartLine
from backend.cart.rules import MOST_LINES, MOST_OF_ONE, CartOwner, joined
from backend.catalogue.selectors import SellableVariant, sellable_variants
from backend.core.errors import InvalidInput
from backend.core.idempotency import remember, replay_or_reserve
from backend.core.outbox import emit
from backend.inventory.errors import OutOfStock
from backend.inventory.selectors import available_of


@transaction.atomic
def add_to_cart(
    *, owner: CartOwner, variant_id: UUID, quantity: int, idempotency_key: UUID, now: datetime
) -> CartLine | None:
    """Put so many of a variant into the cart, on top of what lies there, within 99 and within what is left.

    A repeat with the same key adds nothing; it answers None if the line was taken out since.

    Raises: NotOnTheShelf, OutOfStock, CartFull, BrowserUnknown, InvalidInput, KeyReused.
    Emits: PutInCart.
    """
    if not 1 <= quantity <= MOST_OF_ONE:
        raise InvalidInput("quantity")
    cart = hold_cart(owner, now=now)
    key: dict[str, Any] = {"principal_id": cart.pk, "action": "add_to_cart", "key": idempotency_key}
    if replay_or_reserve(**key, request={"variant": variant_id, "quantity": quantity}) is not None:
        return CartLine.objects.filter(cart=cart, variant_id=variant_id).first()

    shelf = sellable_variants([variant_id]).get(variant_id)
    if shelf is None:
        raise NotOnTheShelf
    available = available_of([variant_id])[variant_id]
    if available < 1:
        raise OutOfStock(variant_id=variant_id, available=0)
    line = _put(cart, shelf, quantity, available=available, now=now)
    touch(cart, now=now)
    remember(**key, answer={"lineId": line.pk})
    return line


@transaction.atomic
def put_all_in_cart(*, owner: CartOwner, wanted: Mapping[UUID, int], now: datetime) -> list[UUID]:
    """Put in what can be had of a list, such as an earlier order; the variants that cannot be had are answered.

    Raises: BrowserUnknown.
    Emits: PutInCart.
    """
    cart = hold_cart(owner, now=now)
    on_shelf, available = sellable_variants(wanted), available_of(wanted)
    missing = []
    for variant_id, quantity in wanted.items():
        shelf = on_shelf.get(variant_id)
        if shelf is None or available[variant_id] < 1:
            missing.append(variant_id)
            continue
        try:
            _put(cart, shelf, min(quantity, MOST_OF_ONE), available=available[variant_id], now=now)
        except CartFull:
            missing.append(variant_id)
    touch(cart, now=now)
    return missing


def _put(cart: Cart, shelf: SellableVariant, quantity: int, *, available: int, now: datetime) -> CartLine:
    line = CartLine.objects.filter(cart=cart, variant_id=shelf.id).first()
    if line is None:
        if cart.lines.count() >= MOST_LINES:
            raise CartFull(limit=MOST_LINES)
        line = CartLine(
            cart=cart,
            variant_id=shelf.id,
            quantity=joined(quantity, 0, available=available),
            added_minor=shelf.price_minor,
            added_at=now,
        )
        line.save(force_insert=True)
    else:
        line.quantity = joined(line.quantity, quantity, available=available)
        line.is_selected = True
        line.added_minor, line.added_at = shelf.price_minor, now
        line.version += 1
        line.save(update_fields=["quantity", "is_selected", "added_minor", "added_at", "version"])
    emit(
        PutInCart(
            cart_id=cart.pk,
            user_id=cart.user_id,
            product_id=shelf.product_id,
            variant_id=shelf.id,
            quantity=quantity,
            at=now,
        )
    )
    return line
