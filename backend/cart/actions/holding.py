"""Holding the cart of somebody, made if there is none, and clearing away those of browsers that never came back."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from backend.cart.errors import BrowserUnknown
from backend.cart.models import Cart, CartLine
from backend.cart.rules import CartOwner
from backend.cart.selectors import cart_of
from backend.core.errors import NotFound
from backend.core.locks import lock_found
from backend.core.rows import insert_row_once

KEPT_FOR = timedelta(days=60)
_FORGET = """
WITH old AS (
    SELECT id FROM cart_cart WHERE user_id IS NULL AND changed_at < %s ORDER BY changed_at LIMIT %s
    FOR UPDATE SKIP LOCKED
), emptied AS (DELETE FROM cart_cartline line USING old WHERE line.cart_id = old.id)
SELECT id FROM old
"""


def hold_cart(owner: CartOwner, *, now: datetime) -> Cart:
    """Lock the cart of somebody until the transaction ends; a first one is made.

    Raises: BrowserUnknown.
    """
    if not owner.is_known:
        raise BrowserUnknown
    while True:
        cart = cart_of(owner)
        if cart is None:
            made = Cart(
                user_id=owner.user_id, visitor=None if owner.user_id is not None else owner.visitor, changed_at=now
            )
            insert_row_once(made)
            cart = cart_of(owner)
        # Another transaction may have merged it away in between.
        if cart is not None and (held := lock_found(Cart, [cart.pk])):
            return held[0]


def held_line(owner: CartOwner, line_id: UUID, *, now: datetime) -> tuple[Cart, CartLine]:
    """Lock the cart of somebody and give one of its lines.

    Raises: NotFound, BrowserUnknown.
    """
    cart = hold_cart(owner, now=now)
    line = CartLine.objects.filter(cart=cart, pk=line_id).first()
    if line is None:
        raise NotFound
    return cart, line


def touch(cart: Cart, *, now: datetime) -> None:
    """Note that a held cart changed."""
    Cart.objects.filter(pk=cart.pk).update(version=F("version") + 1, changed_at=now)


@transaction.atomic
def forget_old_carts(*, now: datetime, limit: int = 1000) -> int:
    """Delete carts of browsers that did not come back for sixty days, and say how many."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [now - KEPT_FOR, limit])
        found = [row[0] for row in cursor.fetchall()]
    Cart.objects.filter(pk__in=found).delete()
    return len(found)
