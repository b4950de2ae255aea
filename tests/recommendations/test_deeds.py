"""Search is told what came of what it found."""

from backend.cart.events import PutInCart
from backend.core.ids import new_id
from backend.orders.events import OrderPaid
from backend.recommendations.handlers import tell_of_cart, tell_of_order
from backend.search.actions.indexing import index_everything
from backend.search.actions.remembering import note_opening, note_search
from backend.search.models import SearchOpening
from tests.factories.catalogue import NOON, make_product
from tests.factories.orders import make_buyer, make_order


def opened(buyer, product, *, at):
    note_search(words="多肉", locale="zh-Hans", person_id=buyer.pk, visitor=None, now=at)
    note_opening(words="多肉", product_id=product.pk, person_id=buyer.pk, visitor=None, now=at)


def test_what_was_opened_from_a_search_and_put_in_the_cart_and_bought_is_known(db):
    buyer, product = make_buyer(), make_product()
    index_everything()
    order = make_order(buyer=buyer, variants=[(product.variants.get(), 1)]).order
    opened(buyer, product, at=order.placed_at)
    carted = PutInCart(
        cart_id=new_id(),
        user_id=buyer.pk,
        product_id=product.pk,
        variant_id=product.variants.get().pk,
        quantity=1,
        at=order.placed_at,
    )
    paid = OrderPaid(
        order_id=order.pk, buyer_id=buyer.pk, total_minor=1, kind="SINGLE", campaign_id=None, at=order.placed_at
    )

    tell_of_cart(carted)
    in_cart = SearchOpening.objects.get().deed
    tell_of_order(paid)

    assert (in_cart, SearchOpening.objects.get().deed) == ("CARTED", "BOUGHT")


def test_a_cart_of_nobody_says_nothing(db):
    tell_of_cart(
        PutInCart(cart_id=new_id(), user_id=None, product_id=new_id(), variant_id=new_id(), quantity=1, at=NOON)
    )

    assert not SearchOpening.objects.exists()
