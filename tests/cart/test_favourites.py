"""Remembering products, and hearing that they cost less."""

import pytest

from backend.cart.actions import add_favourite, move_to_favourites, remove_favourite, tell_of_lower_price
from backend.cart.errors import FavouritesFull
from backend.cart.models import CartLine, Favourite
from backend.cart.selectors import favourites_of
from backend.catalogue.actions import change_price
from backend.core.errors import NotFound
from backend.core.ids import new_id
from backend.messaging.models import Notification
from tests.cart.ground import of, put
from tests.factories.accounts import make_person
from tests.factories.catalogue import NOON, make_product, make_variant

pytestmark = pytest.mark.django_db


def test_a_product_is_remembered_once_with_its_first_price():
    bob, variant = make_person("Bob"), make_variant(price_minor=5990)
    add_favourite(user_id=bob.pk, product_id=variant.product_id, now=NOON)
    change_price(variant_id=variant.pk, price_minor=4990, now=NOON)

    again = add_favourite(user_id=bob.pk, product_id=variant.product_id, now=NOON)

    assert again.added_minor == 5990
    assert [row["product_id"] for row in favourites_of(user_id=bob.pk, first=10, after=None).nodes] == [
        variant.product_id
    ]
    remove_favourite(user_id=bob.pk, product_id=variant.product_id)
    remove_favourite(user_id=bob.pk, product_id=variant.product_id)
    assert not Favourite.objects.exists()


def test_unknown_products_and_drafts_are_not_found():
    bob, draft = make_person("Bob"), make_product(published=False)

    for product_id in (new_id(), draft.pk):
        with pytest.raises(NotFound):
            add_favourite(user_id=bob.pk, product_id=product_id, now=NOON)

    assert not Favourite.objects.exists()


def test_there_is_a_limit(monkeypatch):
    monkeypatch.setattr("backend.cart.actions.keep_favourites.MOST_FAVOURITES", 1)
    bob = make_person("Bob")
    add_favourite(user_id=bob.pk, product_id=make_product().pk, now=NOON)

    with pytest.raises(FavouritesFull):
        add_favourite(user_id=bob.pk, product_id=make_product().pk, now=NOON)

    assert Favourite.objects.count() == 1


def test_a_line_moves_from_the_cart_to_the_favourites():
    bob, variant = make_person("Bob"), make_variant()
    line = put(of(bob), variant)

    move_to_favourites(user_id=bob.pk, line_id=line.pk, now=NOON)

    assert not CartLine.objects.exists()
    assert Favourite.objects.get().product_id == variant.product_id


def test_a_lower_price_is_told_once_and_a_still_lower_one_again(deliver_outbox):
    bob, carol, variant = make_person("Bob"), make_person("Carol"), make_variant(price_minor=5990)
    add_favourite(user_id=bob.pk, product_id=variant.product_id, now=NOON)

    change_price(variant_id=variant.pk, price_minor=4990, now=NOON)
    deliver_outbox()
    tell_of_lower_price(product_id=variant.product_id, now=NOON)
    assert list(Notification.objects.filter(kind="price_dropped").values_list("user_id", flat=True)) == [bob.pk]

    add_favourite(user_id=carol.pk, product_id=variant.product_id, now=NOON)
    change_price(variant_id=variant.pk, price_minor=5500, now=NOON)
    deliver_outbox()
    assert Notification.objects.filter(kind="price_dropped").count() == 1

    change_price(variant_id=variant.pk, price_minor=3990, now=NOON)
    deliver_outbox()
    assert Notification.objects.filter(kind="price_dropped", user=bob).count() == 2
    assert Notification.objects.filter(kind="price_dropped", user=carol).count() == 1


def test_a_dearer_price_is_not_told(deliver_outbox):
    bob, variant = make_person("Bob"), make_variant(price_minor=5990)
    add_favourite(user_id=bob.pk, product_id=variant.product_id, now=NOON)

    change_price(variant_id=variant.pk, price_minor=6990, now=NOON)
    deliver_outbox()

    assert not Notification.objects.exists()
