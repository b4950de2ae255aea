"""Telling people that something they remember costs less now."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from backend.cart.models import Favourite
from backend.catalogue.models import Product, ProductState
from backend.core.locks import lock_rows
from backend.messaging.actions import notify

KIND = "price_dropped"


@transaction.atomic
def tell_of_lower_price(*, product_id: UUID, now: datetime) -> int:
    """Tell everybody whose remembered price lies above the present one, once per lower price; say how many.

    Emits: NotificationsChanged.
    """
    product = Product.objects.filter(pk=product_id, state=ProductState.PUBLISHED).first()
    if product is None:
        return 0
    price = product.price_minor
    untold = Q(told_minor=None) | Q(told_minor__gt=price)
    hopeful = lock_rows(
        Favourite.objects.filter(untold, product_id=product_id, added_minor__gt=F("product__price_minor"))
    )
    for favourite in hopeful:
        favourite.told_minor = price
        favourite.save(update_fields=["told_minor"])
        notify(
            user_id=favourite.user_id,
            kind=KIND,
            params={
                "product": dict(product.title),
                "price": _yuan(price),
                "saved": _yuan(favourite.added_minor - price),
            },
            url=f"/p/{product.slug}",
            dedupe_key=f"{KIND}:{favourite.pk}:{price}",
            now=now,
        )
    return len(hopeful)


def _yuan(minor: int) -> str:
    return f"¥{minor // 100}.{minor % 100:02d}"
