"""Reactions of picks, which stand above both search and orders and therefore tell search of deeds."""

from backend.cart.events import PutInCart
from backend.orders.events import OrderPaid
from backend.orders.models import OrderLine
from backend.recommendations.actions import forget_seen
from backend.search.actions.learning import note_deed
from backend.search.events import PersonalOrderSwitched
from backend.search.models import Deed


def follow_switch(event: PersonalOrderSwitched) -> None:
    """Who switches their own order off is forgotten here too."""
    if not event.is_personal:
        forget_seen(person_id=event.person_id)


def tell_of_cart(event: PutInCart) -> None:
    """Tell search that somebody means to buy what he opened from it."""
    if event.user_id:
        note_deed(person_id=event.user_id, product_ids=[event.product_id], deed=Deed.CARTED, now=event.at)


def tell_of_order(event: OrderPaid) -> None:
    """Tell search that somebody bought what he opened from it."""
    bought = list(OrderLine.objects.filter(order_id=event.order_id, is_gift=False).values_list("product_id", flat=True))
    note_deed(person_id=event.buyer_id, product_ids=bought, deed=Deed.BOUGHT, now=event.at)
