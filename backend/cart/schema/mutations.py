"""What shoppers can do about their carts and favourites."""

from datetime import datetime
from typing import Any

import graphene

from backend.cart import errors
from backend.cart.actions import (
    add_favourite,
    add_to_cart,
    change_cart_line,
    merge_cart,
    move_to_favourites,
    remove_cart_lines,
    remove_favourite,
    select_cart_lines,
    undo_removal,
)
from backend.cart.schema.queries import owner_of
from backend.cart.schema.types import CartType
from backend.cart.selectors import live_cart
from backend.catalogue.schema.types import ProductType
from backend.catalogue.selectors import product_rows
from backend.core.graphql import Mutation, RequestFacts, Viewer, anyone, signed_in
from backend.inventory.errors import OutOfStock


def _shown(viewer: Viewer) -> dict[str, Any]:
    return {"cart": live_cart(owner_of(viewer))}


class AddToCart(Mutation):
    """Put so many of a variant into the cart; what is more than can be had is left out."""

    class Input:
        variant_id = graphene.ID(required=True, description="The variant.")
        quantity = graphene.Int(required=True, description="How many more, 1 to 99.")
        idempotency_key = graphene.ID(required=True, description="The same key adds once.")

    errors = (errors.NotOnTheShelf, OutOfStock, errors.CartFull, errors.BrowserUnknown)
    permission = anyone
    cart = graphene.Field(CartType, description="The cart as it is now.")
    quantity = graphene.Int(description="How many of this variant lie in the cart now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Put it in."""
        line = add_to_cart(
            owner=owner_of(viewer),
            variant_id=input.variant_id,
            quantity=input.quantity,
            idempotency_key=input.idempotency_key,
            now=now,
        )
        return {**_shown(viewer), "quantity": line.quantity if line else 0}


class ChangeCartLine(Mutation):
    """Change how many of a line there are, or whether it is chosen."""

    class Input:
        line_id = graphene.ID(required=True, description="The line.")
        quantity = graphene.Int(description="How many, 1 to 99.")
        is_selected = graphene.Boolean(description="Whether it is chosen for the next order.")
        version = graphene.Int(required=True, description="The version that was looked at.")

    errors = (errors.CartLineChanged, OutOfStock, errors.BrowserUnknown)
    permission = anyone
    cart = graphene.Field(CartType, description="The cart as it is now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Change it."""
        change_cart_line(
            owner=owner_of(viewer),
            line_id=input.line_id,
            quantity=input.quantity,
            is_selected=input.is_selected,
            version=input.version,
            now=now,
        )
        return _shown(viewer)


class SelectCartLines(Mutation):
    """Choose all lines for the next order, or none."""

    class Input:
        is_selected = graphene.Boolean(required=True, description="Whether all are chosen.")

    errors = (errors.BrowserUnknown,)
    permission = anyone
    cart = graphene.Field(CartType, description="The cart as it is now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Choose them."""
        select_cart_lines(owner=owner_of(viewer), is_selected=input.is_selected, now=now)
        return _shown(viewer)


class RemoveCartLines(Mutation):
    """Take lines out of the cart, or all of them. It can be undone."""

    class Input:
        line_ids = graphene.List(graphene.NonNull(graphene.ID), description="The lines; leave it out for all.")

    errors = (errors.BrowserUnknown,)
    permission = anyone
    cart = graphene.Field(CartType, description="The cart as it is now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Take them out."""
        remove_cart_lines(owner=owner_of(viewer), line_ids=input.line_ids, now=now)
        return _shown(viewer)


class UndoCartRemoval(Mutation):
    """Put back what was taken out last."""

    class Input:
        version = graphene.Int(description="Nothing is needed; it may be left out.")

    errors = (errors.NothingToUndo, errors.BrowserUnknown)
    permission = anyone
    cart = graphene.Field(CartType, description="The cart as it is now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Put it back."""
        undo_removal(owner=owner_of(viewer), now=now)
        return _shown(viewer)


class MergeCart(Mutation):
    """Bring what this browser collected before its person signed in into the person's cart. Again changes nothing."""

    class Input:
        version = graphene.Int(description="Nothing is needed; it may be left out.")

    permission = signed_in
    cart = graphene.Field(CartType, description="The cart as it is now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Merge them."""
        merge_cart(user_id=viewer.id, visitor=viewer.visitor, now=now)
        return _shown(viewer)


class MoveToFavourites(Mutation):
    """Take a line out of the cart and remember its product instead."""

    class Input:
        line_id = graphene.ID(required=True, description="The line.")

    errors = (errors.FavouritesFull,)
    permission = signed_in
    cart = graphene.Field(CartType, description="The cart as it is now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Move it."""
        move_to_favourites(user_id=viewer.id, line_id=input.line_id, now=now)
        return _shown(viewer)


class AddFavourite(Mutation):
    """Remember a product. Its viewer hears when it costs less."""

    class Input:
        product_id = graphene.ID(required=True, description="The product.")

    errors = (errors.FavouritesFull,)
    permission = signed_in
    product = graphene.Field(ProductType, description="The product.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Remember it."""
        add_favourite(user_id=viewer.id, product_id=input.product_id, now=now)
        return {"product": product_rows(product_ids=[input.product_id], locale=viewer.locale).get(input.product_id)}


class RemoveFavourite(Mutation):
    """Forget a product."""

    class Input:
        product_id = graphene.ID(required=True, description="The product.")

    permission = signed_in
    product = graphene.Field(ProductType, description="The product, where there is one.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Forget it."""
        remove_favourite(user_id=viewer.id, product_id=input.product_id)
        return {"product": product_rows(product_ids=[input.product_id], locale=viewer.locale).get(input.product_id)}


class Mutations:
    """The mutations of carts and favourites."""

    add_to_cart = AddToCart.field()
    change_cart_line = ChangeCartLine.field()
    select_cart_lines = SelectCartLines.field()
    remove_cart_lines = RemoveCartLines.field()
    undo_cart_removal = UndoCartRemoval.field()
    merge_cart = MergeCart.field()
    move_to_favourites = MoveToFavourites.field()
    add_favourite = AddFavourite.field()
    remove_favourite = RemoveFavourite.field()
