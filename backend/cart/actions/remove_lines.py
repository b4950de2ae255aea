"""Taking lines out, and putting back what was taken out last."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.cart.actions.holding import hold_cart, touch
from backend.cart.errors import NothingToUndo
from backend.cart.models import Cart, CartLine
from backend.cart.rules import CartOwner
from backend.core.errors import NotFound
from backend.core.locks import lock_where


@transaction.atomic
def remove_cart_lines(*, owner: CartOwner, line_ids: Sequence[UUID] | None = None, now: datetime) -> int:
    """Take lines out, or all of them; it can be undone until something else is taken out.

    Raises: BrowserUnknown, NotFound.
    """
    cart = hold_cart(owner, now=now)
    lines = CartLine.objects.filter(cart=cart)
    if line_ids is not None:
        lines = lines.filter(pk__in=line_ids)
    taken = list(lines.order_by("added_at", "pk"))
    if not taken:
        if line_ids:
            raise NotFound
        return 0
    lines.delete()
    cart.removed = [_kept(line) for line in taken]
    cart.save(update_fields=["removed"])
    touch(cart, now=now)
    return len(taken)


@transaction.atomic
def undo_removal(*, owner: CartOwner, now: datetime) -> None:
    """Put back what was taken out last; lines that came back meanwhile stay as they are.

    Raises: NothingToUndo, BrowserUnknown.
    """
    cart = hold_cart(owner, now=now)
    if not cart.removed:
        raise NothingToUndo
    rows = [_line(cart, kept) for kept in cart.removed]
    CartLine.objects.bulk_create(rows, ignore_conflicts=True)
    cart.removed = []
    cart.save(update_fields=["removed"])
    touch(cart, now=now)


@transaction.atomic(savepoint=False)
def take_ordered(*, user_id: UUID, variant_ids: Iterable[UUID], now: datetime) -> None:
    """Take out what was ordered; call it in the transaction of the order."""
    held = lock_where(Cart, "user_id = %s", [user_id], order="id")
    if held and CartLine.objects.filter(cart=held[0], variant_id__in=list(variant_ids)).delete()[0]:
        touch(held[0], now=now)


def _kept(line: CartLine) -> dict[str, Any]:
    return {
        "variant": str(line.variant_id),
        "quantity": line.quantity,
        "selected": line.is_selected,
        "minor": line.added_minor,
        "at": line.added_at.isoformat(),
    }


def _line(cart: Cart, kept: dict[str, Any]) -> CartLine:
    return CartLine(
        cart=cart,
        variant_id=UUID(kept["variant"]),
        quantity=kept["quantity"],
        is_selected=kept["selected"],
        added_minor=kept["minor"],
        added_at=datetime.fromisoformat(kept["at"]),
    )
