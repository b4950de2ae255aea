"""Reads of carts and favourites. Price, stock and state are those of this moment, never those of yesterday."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from backend.cart.models import Cart, CartLine, Favourite
from backend.cart.rules import CartOwner, can_be_ordered, state_of
from backend.catalogue.models import Variant
from backend.catalogue.selectors import sellable_variants
from backend.core.paging import Page, keyset_page
from backend.core.pictures.models import Picture
from backend.inventory.selectors import available_of
from backend.promotions.basket import Choices, basket_lines
from backend.promotions.pricing import PricedBasket
from backend.promotions.selectors import price_basket


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveLine:
    """One line of a cart with what the shelf says of it now."""

    id: UUID
    variant_id: UUID
    product_id: UUID
    category_id: UUID
    product_slug: str
    title: Mapping[str, str]
    option_title: Mapping[str, str]
    picture_id: UUID | None
    quantity: int
    is_selected: bool
    version: int
    added_minor: int
    unit_minor: int
    available: int
    state: str
    added_at: datetime

    @property
    def is_buyable(self) -> bool:
        """Whether the line can go into an order as it is."""
        return can_be_ordered(self.state)

    @property
    def is_wanted(self) -> bool:
        """Whether the line is chosen and can be ordered."""
        return self.is_selected and self.is_buyable

    @property
    def change_minor(self) -> int:
        """How the price moved since it was put in; below zero is cheaper."""
        return self.unit_minor - self.added_minor


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveCart:
    """A cart as its page shows it."""

    id: UUID | None
    version: int
    lines: tuple[LiveLine, ...]
    has_guest_lines: bool
    can_undo: bool

    @property
    def wanted(self) -> tuple[LiveLine, ...]:
        """The lines that are chosen and can be ordered."""
        return tuple(line for line in self.lines if line.is_wanted)


def cart_of(owner: CartOwner) -> Cart | None:
    """The cart of somebody, if there is one."""
    if owner.user_id is not None:
        return Cart.objects.filter(user_id=owner.user_id).first()
    return Cart.objects.filter(visitor=owner.visitor).first() if owner.visitor else None


def guest_cart_of(owner: CartOwner) -> Cart | None:
    """What the browser of a signed-in person collected before they signed in."""
    if owner.user_id is None or not owner.visitor:
        return None
    return Cart.objects.filter(visitor=owner.visitor).first()


def live_cart(owner: CartOwner) -> LiveCart:
    """The cart of somebody with prices, stock and state of this moment; an empty one if there is none."""
    cart = cart_of(owner)
    guest = guest_cart_of(owner)
    return LiveCart(
        id=cart.id if cart else None,
        version=cart.version if cart else 0,
        lines=tuple(live_lines(CartLine.objects.filter(cart=cart))) if cart else (),
        has_guest_lines=bool(guest and guest.lines.exists()),
        can_undo=bool(cart and cart.removed),
    )


def live_lines(lines: QuerySet[CartLine]) -> list[LiveLine]:
    """Lines with what the shelf says of them now, the newest first."""
    rows = list(lines.order_by("-added_at", "-pk"))
    ids = [row.variant_id for row in rows]
    on_shelf, available = sellable_variants(ids), available_of(ids)
    gone = {variant.pk: variant for variant in _gone(set(ids) - on_shelf.keys())}
    live = []
    for row in rows:
        shelf, left = on_shelf.get(row.variant_id), max(0, available[row.variant_id])
        variant = gone.get(row.variant_id)
        state = state_of(is_on_shelf=shelf is not None, available=left, quantity=row.quantity)
        if shelf is not None:
            words = (shelf.product_id, shelf.category_id, shelf.product_slug, shelf.product_title, shelf.title)
            picture_id, price = shelf.picture_id, shelf.price_minor
        elif variant is not None:
            product = variant.product
            words = (product.id, product.category_id, product.slug, product.title, variant.title)
            picture_id, price = variant.picture_id, variant.price_minor
        else:
            continue
        live.append(_live(row, words=words, picture_id=picture_id, price=price, left=left, state=state))
    return live


def pieces_in(owner: CartOwner) -> int:
    """How many pieces lie in the cart, for the small number beside its sign."""
    if not owner.is_known:
        return 0
    mine = Q(cart__user_id=owner.user_id) if owner.user_id else Q(cart__visitor=owner.visitor)
    return int(CartLine.objects.filter(mine).aggregate(pieces=Sum("quantity"))["pieces"] or 0)


def favourites_of(*, user_id: UUID, first: int | None, after: str | None) -> Page:
    """What somebody remembers, the newest first."""
    rows = Favourite.objects.filter(user_id=user_id).values("id", "product_id", "added_minor", "added_at")
    return keyset_page(rows, order=("-added_at", "-id"), first=first, after=after)


def favourites_count(user_id: UUID) -> int:
    """How many products somebody remembers."""
    return Favourite.objects.filter(user_id=user_id).count()


def favourites_among(*, user_id: UUID | None, product_ids: Iterable[UUID]) -> dict[UUID, bool]:
    """Which of these products somebody remembers."""
    if user_id is None:
        return {}
    kept = Favourite.objects.filter(user_id=user_id, product_id__in=list(product_ids))
    return dict.fromkeys(kept.values_list("product_id", flat=True), True)


def wanted_by_count(product_ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many people remember each of these products."""
    counted = Favourite.objects.filter(product_id__in=product_ids).values("product_id").annotate(people=Count("pk"))
    return {row["product_id"]: row["people"] for row in counted}


def _gone(variant_ids: set[UUID]) -> QuerySet[Variant]:
    return Variant.objects.filter(pk__in=variant_ids).select_related("product")


def _live(
    row: CartLine,
    *,
    words: tuple[UUID, UUID, str, Mapping[str, str], Mapping[str, str]],
    picture_id: UUID | None,
    price: int,
    left: int,
    state: str,
) -> LiveLine:
    product_id, category_id, slug, title, option_title = words
    return LiveLine(
        id=row.id,
        variant_id=row.variant_id,
        product_id=product_id,
        category_id=category_id,
        product_slug=slug,
        title=title,
        option_title=option_title,
        picture_id=picture_id,
        quantity=row.quantity,
        is_selected=row.is_selected,
        version=row.version,
        added_minor=row.added_minor,
        unit_minor=price,
        available=min(left, 99),
        state=state,
        added_at=row.added_at,
    )


def price_of_cart(cart: LiveCart, *, user_id: UUID | None, choices: Choices, now: datetime) -> PricedBasket | None:
    """What the chosen lines cost now, with everything that is taken off; nothing is chosen, nothing is said."""
    if not cart.wanted:
        return None
    return price_basket(lines=basket_lines(cart.wanted), choices=choices, buyer_id=user_id, now=now)


def pictures_by_id(picture_ids: Sequence[UUID]) -> dict[UUID, Picture]:
    """The pictures of lines."""
    return Picture.objects.in_bulk(picture_ids)
