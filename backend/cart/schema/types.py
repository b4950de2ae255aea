"""The types of carts and favourites, and the words in which every price explains itself."""

from typing import Any

import graphene

from backend.accounts.schema.types import ViewerType
from backend.cart.selectors import LiveCart, LiveLine, favourites_among, favourites_of, pictures_by_id, price_of_cart
from backend.catalogue.schema.loaders import preload_products, product_of
from backend.catalogue.schema.types import ProductType
from backend.core.graphql import (
    DateTime,
    MoneyType,
    ObjectType,
    PictureType,
    connection_field,
    extend,
    object_field,
)
from backend.core.languages import translate
from backend.core.pictures import picture_urls


def text_field(name: str, description: str) -> Any:
    """A translated column of a row."""
    return object_field(
        graphene.String,
        lambda row, info: translate(getattr(row, name), info.context.viewer.locale),
        required=True,
        description=description,
    )


def money_field(name: str, description: str) -> Any:
    """An amount of a row, in fen."""
    return object_field(MoneyType, lambda row, info: getattr(row, name), required=True, description=description)


def remember_pictures(lines: Any, info: Any) -> None:
    """Note which pictures one statement will read if any is asked for."""
    wanted = {line.picture_id for line in lines if line.picture_id}
    info.context.loaders.setdefault("cart.picture_ids", set()).update(wanted)


def picture_of(row: Any, info: Any) -> dict[str, Any] | None:
    """The picture of a line; the first one asked for reads those of all lines."""
    loaders = info.context.loaders
    if "cart.pictures" not in loaders:
        loaders["cart.pictures"] = pictures_by_id(list(loaders.get("cart.picture_ids", ())))
    found = loaders["cart.pictures"].get(row.picture_id)
    return picture_urls(found) if found else None


class QuoteAdjustmentType(ObjectType):
    """Something that was taken off, and why."""

    kind = graphene.String(required=True, description="What took it off, such as group_price.")
    label = text_field("label", "Its name in the reader's language.")
    amount = money_field("amount_minor", "How much was taken off.")
    explanation = object_field(
        graphene.List(graphene.NonNull(graphene.String)),
        lambda row, info: [translate(sentence, info.context.viewer.locale) for sentence in row.explanation],
        required=True,
        size=5,
        description="How it came about, one sentence after the other.",
    )


CartLineState = graphene.Enum(
    "CartLineState",
    [(name, name) for name in ("FINE", "FEW", "SHORT", "SOLD_OUT", "GONE")],
    description="How a line stands now: FEW are left, fewer than wanted (SHORT), sold out, or gone from the shelf.",
)


class CartLineType(ObjectType):
    """So many of one variant, with price, stock and state of this moment."""

    id = graphene.ID(required=True, description="The line's id.")
    variant_id = graphene.ID(required=True, description="The variant.")
    product_id = graphene.ID(required=True, description="The product.")
    product_slug = graphene.String(required=True, description="The product's name in addresses.")
    title = text_field("title", "The name of the product.")
    option_title = text_field("option_title", "The chosen options.")
    picture = object_field(PictureType, picture_of, description="The picture of the variant.")
    quantity = graphene.Int(required=True, description="How many.")
    is_selected = graphene.Boolean(required=True, description="Whether it is chosen for the next order.")
    version = graphene.Int(required=True, description="Send it with a change, so that two tabs do not quarrel.")
    state = graphene.Field(CartLineState, required=True, description="How it stands now.")
    available = graphene.Int(required=True, description="How many can be had now, at most 99.")
    unit_price = money_field("unit_minor", "The price of one now, before discounts.")
    added_price = money_field("added_minor", "The price of one when it was put in.")
    price_change = money_field("change_minor", "How the price moved since; below zero is cheaper.")


class CartPriceType(ObjectType):
    """What the chosen lines cost now, without sending."""

    items_total = money_field("items_minor", "The lines before discounts.")
    adjustments = graphene.List(
        graphene.NonNull(QuoteAdjustmentType), required=True, description="What is taken off, and why."
    )
    discount = money_field("discount_minor", "What is taken off altogether.")
    shipping = money_field("shipping_minor", "What sending would cost at the usual rate.")
    total = object_field(
        MoneyType,
        lambda row, info: row.items_minor - row.discount_minor,
        required=True,
        description="What the lines cost after discounts.",
    )


def _lines(cart: LiveCart, info: Any) -> tuple[LiveLine, ...]:
    remember_pictures(cart.lines, info)
    return cart.lines


class CartType(ObjectType):
    """What the viewer means to buy. Nothing is reserved and no price is fixed before an order is placed."""

    version = graphene.Int(required=True, description="It grows with each change.")
    lines = object_field(
        graphene.List(graphene.NonNull(CartLineType)), _lines, required=True, size=30, description="Newest first."
    )
    price = object_field(
        CartPriceType,
        lambda cart, info: price_of_cart(cart, user_id=info.context.viewer.user_id, choices={}, now=info.context.now),
        personal=True,
        description="What the chosen lines cost; null while nothing is chosen that can be ordered.",
    )
    has_guest_lines = graphene.Boolean(
        required=True, description="Whether this browser collected things before its person signed in: call mergeCart."
    )
    can_undo = graphene.Boolean(required=True, description="Whether what was taken out last can be put back.")


class FavouriteType(ObjectType):
    """A product that the viewer remembers."""

    id = graphene.ID(required=True, description="The id of the note.")
    product = object_field(
        ProductType,
        lambda row, info: product_of(info, row["product_id"]),
        required=True,
        description="The product as it is now.",
    )
    added_price = object_field(
        MoneyType, lambda row, info: row["added_minor"], required=True, description="The price when it was saved."
    )
    added_at = graphene.Field(DateTime, required=True, description="When it was saved.")


def _favourites(root: Any, info: Any, first: int, after: str | None = None) -> Any:
    page = favourites_of(user_id=info.context.viewer.id, first=first, after=after)
    preload_products(info, [row["product_id"] for row in page.nodes])
    return page


def _is_favourite(row: dict[str, Any], info: Any) -> bool:
    user_id = info.context.viewer.user_id
    known = row["batch"].load(
        f"cart.favourites.{user_id}", lambda ids: favourites_among(user_id=user_id, product_ids=ids)
    )
    return bool(known.get(row["id"]))


extend(
    ProductType,
    is_favourite=object_field(
        graphene.Boolean, _is_favourite, required=True, personal=True, description="Whether the viewer remembers it."
    ),
)
extend(
    ViewerType,
    favourites=connection_field(
        FavouriteType, _favourites, personal=True, description="What the viewer remembers, newest first."
    ),
)
