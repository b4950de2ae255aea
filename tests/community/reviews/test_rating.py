"""The rating of a product is the sum of the reviews that count, and nothing else."""

from datetime import timedelta

import pytest

from backend.catalogue.models import Product
from backend.orders.models import OrderLine
from community.reviews import actions, selectors
from community.reviews.models import Review, Visibility
from tests.factories.catalogue import make_product
from tests.factories.orders import make_buyer
from tests.factories.reviews import WRITTEN, make_received_line, make_review

pytestmark = pytest.mark.django_db

TEXTS = [
    "面料软，穿着舒服，颜色和图片一样。",
    "锅很重，炒菜不粘，就是手柄有点烫。",
    "收到第三天叶子就开始长新芽，盆也结实。",
    "杯子拿着轻，盖子拧紧不会漏水。",
]


def rating_of(product):
    return Product.objects.values_list("rating_total", "rating_count").get(pk=product.pk)


def reviewed(product, *stars):
    return [
        make_review(product=product, stars=number, body=text, is_weighed=False)
        for number, text in zip(stars, TEXTS, strict=False)
    ]


def test_the_rating_is_the_sum_of_the_counted_stars(deliver_outbox):
    product = make_product()
    reviewed(product, 5, 4, 1)

    deliver_outbox()

    assert rating_of(product) == (10, 3)
    standing = selectors.standing_of(product.pk)
    assert (standing.count, standing.average, dict(standing.by_stars)) == (3, 10 / 3, {1: 1, 2: 0, 3: 0, 4: 1, 5: 1})


@pytest.mark.parametrize("visibility", [Visibility.REMOVED, Visibility.QUARANTINED, Visibility.PENDING])
def test_a_hidden_review_leaves_the_rating_and_comes_back_with_its_visibility(deliver_outbox, visibility):
    product = make_product()
    first, _second = reviewed(product, 1, 5)
    deliver_outbox()

    actions.change_review_visibility(review_id=first.id, visibility=visibility, now=WRITTEN)
    deliver_outbox()
    hidden = rating_of(product)
    actions.change_review_visibility(review_id=first.id, visibility=Visibility.PUBLIC, now=WRITTEN)
    deliver_outbox()

    assert hidden == (5, 1)
    assert rating_of(product) == (6, 2)


def test_a_deleted_review_leaves_the_rating(deliver_outbox):
    product = make_product()
    first, _second = reviewed(product, 1, 5)
    deliver_outbox()

    actions.delete_review(review_id=first.id, author_id=first.author_id, now=WRITTEN)
    deliver_outbox()

    assert rating_of(product) == (5, 1)


def test_a_line_that_went_back_whole_no_longer_counts(deliver_outbox):
    product = make_product()
    line = make_received_line(buyer=(bob := make_buyer()), product=product, quantity=2)
    review = make_review(author=bob, line=line, stars=1)
    reviewed(product, 5)
    deliver_outbox()

    for refunded, expected in ((1, (6, 2)), (2, (5, 1))):
        OrderLine.objects.filter(pk=line.pk).update(refunded_quantity=refunded)
        actions.note_refund(order_id=line.order_id, now=WRITTEN)
        deliver_outbox()
        assert rating_of(product) == expected
    assert Review.objects.get(pk=review.pk).is_refunded
    assert selectors.visible_reviews(None).filter(pk=review.pk).exists()


def test_a_review_that_was_never_weighed_does_not_count():
    product = make_product()

    reviewed(product, 5)

    assert selectors.standing_of(product.pk).count == 0


def test_what_waits_is_counted_apart():
    product = make_product()
    make_review(product=product, stars=5, body=TEXTS[0])
    make_review(product=product, stars=1, body=TEXTS[1] + "加我微信领红包", now=WRITTEN + timedelta(hours=1))

    standing = selectors.standing_of(product.pk)

    assert (standing.count, standing.average, standing.held, standing.average_with_held) == (1, 5.0, 1, 3.0)
