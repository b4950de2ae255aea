"""Changing how many of a line, and which lines are chosen."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from backend.cart.actions.holding import held_line, hold_cart, touch
from backend.cart.errors import CartLineChanged
from backend.cart.models import CartLine
from backend.cart.rules import MOST_OF_ONE, CartOwner
from backend.core.errors import InvalidInput
from backend.inventory.errors import OutOfStock
from backend.inventory.selectors import available_of


@transaction.atomic
def change_cart_line(
    *,
    owner: CartOwner,
    line_id: UUID,
    quantity: int | None = None,
    is_selected: bool | None = None,
    version: int,
    now: datetime,
) -> CartLine:
    """Change a line as its owner saw it; what another tab changed meanwhile is told instead of written over.

    Raises: CartLineChanged, OutOfStock, BrowserUnknown, NotFound, InvalidInput.
    """
    if quantity is not None and not 1 <= quantity <= MOST_OF_ONE:
        raise InvalidInput("quantity")
    cart, line = held_line(owner, line_id, now=now)
    if line.version != version:
        if _is_so_already(line, quantity=quantity, is_selected=is_selected):
            return line
        raise CartLineChanged(quantity=line.quantity)
    if quantity is not None and quantity > line.quantity:
        available = available_of([line.variant_id])[line.variant_id]
        if quantity > available:
            raise OutOfStock(variant_id=line.variant_id, available=max(0, available))
    line.quantity = line.quantity if quantity is None else quantity
    line.is_selected = line.is_selected if is_selected is None else is_selected
    line.version += 1
    line.save(update_fields=["quantity", "is_selected", "version"])
    touch(cart, now=now)
    return line


@transaction.atomic
def select_cart_lines(*, owner: CartOwner, is_selected: bool, now: datetime) -> None:
    """Choose all lines for the next order, or none.

    Raises: BrowserUnknown.
    """
    cart = hold_cart(owner, now=now)
    changed = CartLine.objects.filter(cart=cart).exclude(is_selected=is_selected)
    if changed.update(is_selected=is_selected, version=F("version") + 1):
        touch(cart, now=now)


def _is_so_already(line: CartLine, *, quantity: int | None, is_selected: bool | None) -> bool:
    """Whether the line stands as asked for, so that a repeated tap is no quarrel between tabs."""
    return quantity in (None, line.quantity) and is_selected in (None, line.is_selected)
