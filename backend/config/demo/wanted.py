"""What the demo shoppers want but have not bought: full carts, and lists of what they like."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from backend.accounts.models import User
from backend.cart.actions import add_favourite, add_to_cart
from backend.cart.rules import CartOwner
from backend.catalogue.models import Product, Variant
from backend.core.errors import DomainError
from backend.core.ids import new_id

logger = logging.getLogger(__name__)

# By the order of the demo shoppers: what lies in the cart, and what is remembered.
CARTS = (
    {"succulent-yard": 2, "potting-soil-kit": 1, "soy-candle": 1},
    {"two-person-tent": 1, "yunnan-drip-coffee": 3},
    {"cloud-runner": 1, "wool-socks": 2, "canvas-tote": 1, "soft-tissue": 1},
)
LIKED = (
    ("tulips-in-bud", "teal-pendant-lamp", "hanging-willow", "linen-dress"),
    ("hiking-boots", "instant-camera", "camp-lantern"),
    ("headphones-soft", "blue-armchair", "dark-chocolate", "board-game"),
)


def want_things(*, shoppers: Sequence[User], products: Mapping[str, Product], now: datetime) -> None:
    """Fill the carts and the lists of the first shoppers; what cannot be had is left out."""
    for number, (cart, liked) in enumerate(zip(CARTS, LIKED, strict=True)):
        person = shoppers[number]
        for slug, quantity in cart.items():
            _put(person, products[slug], quantity, at=now - timedelta(days=2))
        for slug in liked:
            add_favourite(user_id=person.pk, product_id=products[slug].pk, now=now - timedelta(days=9))


def _put(person: User, product: Product, quantity: int, *, at: datetime) -> None:
    variant = Variant.objects.filter(product=product, is_offered=True).order_by("position").first()
    if variant is None:
        return
    try:
        add_to_cart(
            owner=CartOwner(user_id=person.pk),
            variant_id=variant.pk,
            quantity=quantity,
            idempotency_key=new_id(),
            now=at,
        )
    except DomainError as refusal:
        logger.debug("%s is not in the cart: %s", product.slug, refusal)
