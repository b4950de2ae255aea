"""Waiting for a variant that is sold out."""

import pytest

from backend.core.errors import NotFound
from backend.core.ids import new_id
from backend.inventory.actions import stock_up, tell_watchers, unwatch_stock, watch_stock
from backend.inventory.errors import StillInStock
from backend.inventory.models import StockWatch
from backend.inventory.selectors import variants_to_tell_of, watched_variants
from backend.messaging.models import Notification
from tests.factories.catalogue import NOON, make_product, make_variant, variant_ids
from tests.factories.orders import LATER, make_buyer

pytestmark = pytest.mark.django_db


def told():
    return list(Notification.objects.filter(kind="inventory.back_in_stock").order_by("pk"))


def test_those_who_wait_are_told_in_order_and_once(deliver_outbox):
    variant = make_variant(stock=0)
    first, second = make_buyer("First"), make_buyer("Second")
    watch_stock(variant_id=variant.pk, user_id=first.pk, now=NOON)
    watch_stock(variant_id=variant.pk, user_id=second.pk, now=LATER)

    stock_up(quantities={variant.pk: 1}, now=LATER)
    deliver_outbox()
    stock_up(quantities={variant.pk: 1}, now=LATER)
    deliver_outbox()

    assert [row.user_id for row in told()] == [first.pk, second.pk]
    assert told()[0].url == f"/p/{variant.product.slug}"
    assert watched_variants(user_id=first.pk, product_id=variant.product_id) == []


def test_asking_twice_keeps_one_place_in_the_line():
    variant, buyer = make_variant(stock=0), make_buyer()

    first = watch_stock(variant_id=variant.pk, user_id=buyer.pk, now=NOON)
    again = watch_stock(variant_id=variant.pk, user_id=buyer.pk, now=LATER)

    assert first.pk == again.pk
    assert again.asked_at == NOON
    assert watched_variants(user_id=buyer.pk, product_id=variant.product_id) == [variant.pk]


def test_what_can_be_bought_now_need_not_be_waited_for():
    variant = make_variant(stock=3)

    with pytest.raises(StillInStock) as refusal:
        watch_stock(variant_id=variant.pk, user_id=make_buyer().pk, now=NOON)

    assert refusal.value.code == "STILL_IN_STOCK"
    assert not StockWatch.objects.exists()


def test_what_is_not_on_the_shelf_is_not_found():
    hidden = variant_ids(make_product(stock=0, published=False))[0]

    for variant_id in (hidden, new_id()):
        with pytest.raises(NotFound):
            watch_stock(variant_id=variant_id, user_id=make_buyer().pk, now=NOON)

    assert not StockWatch.objects.exists()


def test_who_waits_no_longer_is_not_told(deliver_outbox):
    variant, buyer = make_variant(stock=0), make_buyer()
    watch_stock(variant_id=variant.pk, user_id=buyer.pk, now=NOON)

    assert unwatch_stock(variant_id=variant.pk, user_id=buyer.pk)
    assert not unwatch_stock(variant_id=variant.pk, user_id=buyer.pk)
    stock_up(quantities={variant.pk: 1}, now=LATER)
    deliver_outbox()

    assert told() == []


def test_nobody_is_told_of_a_variant_that_went_again_meanwhile():
    variant, buyer = make_variant(stock=0), make_buyer()
    watch_stock(variant_id=variant.pk, user_id=buyer.pk, now=NOON)

    assert tell_watchers(variant_id=variant.pk, now=LATER) == 0
    assert variants_to_tell_of() == []
    assert told() == []


def test_after_being_told_one_may_wait_again():
    variant, buyer = make_variant(stock=0), make_buyer()
    watch_stock(variant_id=variant.pk, user_id=buyer.pk, now=NOON)
    StockWatch.objects.update(told_at=NOON)

    watch_stock(variant_id=variant.pk, user_id=buyer.pk, now=LATER)

    assert StockWatch.objects.count() == 2
