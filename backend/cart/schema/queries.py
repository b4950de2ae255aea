"""What can be asked about carts."""

from typing import Any

import graphene

from backend.cart.rules import CartOwner
from backend.cart.schema.types import CartType
from backend.cart.selectors import LiveCart, live_cart, pieces_in
from backend.core.graphql import Viewer, anyone, query_field


def owner_of(viewer: Viewer) -> CartOwner:
    """Whose cart a viewer means: their own, or that of their browser."""
    return CartOwner(user_id=viewer.user_id, visitor=viewer.visitor)


def _cart(root: Any, info: Any) -> LiveCart:
    return live_cart(owner_of(info.context.viewer))


class Query:
    """The root fields of carts."""

    cart = query_field(
        CartType,
        _cart,
        permission=anyone,
        required=True,
        description="The cart of the viewer, or of the browser while nobody is signed in.",
    )
    cart_pieces = query_field(
        graphene.Int,
        lambda root, info: pieces_in(owner_of(info.context.viewer)),
        permission=anyone,
        required=True,
        description="How many pieces lie in the cart.",
    )
