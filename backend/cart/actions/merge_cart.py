"""What a browser collected before its person signed in comes into the person's cart."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.cart.actions.holding import hold_cart, touch
from backend.cart.models import Cart, CartLine
from backend.cart.rules import CartOwner, joined
from backend.core.locks import lock_found
from backend.inventory.selectors import available_of


@transaction.atomic
def merge_cart(*, user_id: UUID, visitor: str | None, now: datetime) -> int:
    """Put the lines of the browser's cart into the person's and forget it; a repeat finds nothing and changes nothing.

    Equal variants are added up, within 99 and within what is left. The number of merged lines is answered.
    """
    guest = Cart.objects.filter(visitor=visitor).first() if visitor else None
    if guest is None:
        return 0
    own = hold_own(user_id, now=now)
    held = {cart.pk: cart for cart in lock_found(Cart, [own.pk, guest.pk])}
    if guest.pk not in held:
        return 0
    brought = list(CartLine.objects.filter(cart=guest).order_by("pk"))
    mine = {line.variant_id: line for line in CartLine.objects.filter(cart=own)}
    available = available_of([line.variant_id for line in brought])
    for line in brought:
        _bring(line, mine.get(line.variant_id), own, available=available[line.variant_id])
    CartLine.objects.filter(cart=guest).delete()
    guest.delete()
    touch(own, now=now)
    return len(brought)


def hold_own(user_id: UUID, *, now: datetime) -> Cart:
    """Find the person's cart, made if there is none. It is not held yet: both carts are held at once, by their keys."""
    owner = CartOwner(user_id=user_id)
    return Cart.objects.filter(user_id=user_id).first() or hold_cart(owner, now=now)


def _bring(line: CartLine, standing: CartLine | None, own: Cart, *, available: int) -> None:
    if standing is None:
        line.cart = own
        line.save(update_fields=["cart"])
        return
    standing.quantity = joined(standing.quantity, line.quantity, available=available)
    standing.is_selected = standing.is_selected or line.is_selected
    standing.version += 1
    standing.save(update_fields=["quantity", "is_selected", "version"])
