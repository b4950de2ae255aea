"""What a buyer does with orders that are over: put them out of sight, or buy the same again."""

from collections import Counter
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.cart.actions import put_all_in_cart
from backend.cart.rules import CartOwner
from backend.core.locks import lock_one
from backend.orders.errors import OrderStillOpen
from backend.orders.models import Order, OrderLine
from backend.orders.rules import OVER
from backend.orders.selectors import own_order


@transaction.atomic
def hide_order(*, order_id: UUID, buyer_id: UUID, now: datetime) -> UUID:
    """Put an order that is over out of its buyer's list; it stays in the books. Again changes nothing.

    Raises: NotFound, OrderStillOpen.
    """
    order = lock_one(Order, own_order(order_id=order_id, buyer_id=buyer_id).pk)
    if order.state not in OVER:
        raise OrderStillOpen(state=order.state)
    if order.hidden_at is None:
        order.hidden_at = now
        order.save(update_fields=["hidden_at"])
    return order.pk


@transaction.atomic
def buy_again(*, order_id: UUID, buyer_id: UUID, now: datetime) -> int:
    """Put what was ordered into the cart again, as far as it can be had, and say how many kinds could not.

    Raises: NotFound.
    Emits: PutInCart.
    """
    own_order(order_id=order_id, buyer_id=buyer_id)
    wanted: Counter[UUID] = Counter()
    bought = OrderLine.objects.filter(order_id=order_id, is_gift=False).order_by("-position")
    for variant_id, quantity in bought.values_list("variant_id", "quantity"):
        wanted[variant_id] += quantity
    return len(put_all_in_cart(owner=CartOwner(user_id=buyer_id), wanted=wanted, now=now))
