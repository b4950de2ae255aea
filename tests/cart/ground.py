"""What the tests of carts share."""

from datetime import datetime
from uuid import UUID

from backend.accounts.models import User
from backend.cart.actions import add_to_cart
from backend.cart.models import CartLine
from backend.cart.rules import CartOwner
from backend.catalogue.models import Variant
from backend.core.ids import new_id
from tests.factories.catalogue import NOON

VISITOR = "browser-of-carol"


def of(user: User) -> CartOwner:
    """A person's cart."""
    return CartOwner(user_id=user.pk)


GUEST = CartOwner(visitor=VISITOR)


def put(
    owner: CartOwner, variant: Variant, quantity: int = 1, *, key: UUID | None = None, now: datetime = NOON
) -> CartLine:
    """Put something in and give the line."""
    line = add_to_cart(owner=owner, variant_id=variant.pk, quantity=quantity, idempotency_key=key or new_id(), now=now)
    assert line is not None
    return line
