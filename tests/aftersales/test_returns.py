"""Why things come back: told to the desk that writes the page, and to those who choose a size."""

from datetime import timedelta

import pytest

from backend.aftersales.models import AfterSaleCase
from backend.aftersales.selectors.record import FEWEST, refund_record
from backend.aftersales.selectors.returns import product_returns, sizes_sent_back
from backend.catalogue.models import ProductRevision
from backend.orders.models import Order
from tests.factories.aftersales import ARRIVED, ASKED, ask, make_sent_order
from tests.factories.catalogue import make_product
from tests.factories.orders import make_buyer

pytestmark = pytest.mark.django_db
LATER = ASKED + timedelta(days=1)


def sold(product, *, pieces=1):
    return make_sent_order(variants=[(product.variants.get(), pieces)])


def publish(product):
    """What stands when a changed page was approved three times."""
    ProductRevision.objects.create(
        product=product,
        state="PUBLISHED",
        round=1,
        content={},
        edited_by=[],
        submitted_by=make_buyer(),
        submitted_at=LATER,
        started_at=LATER,
        changed_at=LATER,
    )


def shoe(*, sold_pieces=12, back=(), details="偏小，脚趾顶住了"):
    """A product of which pieces were sold, and some asked back for these reasons."""
    product = make_product(stock=50)
    sold(product, pieces=sold_pieces - len(back))
    for reason in back:
        ask(sold(product), reason=reason, detail=details)
    return product


def test_a_product_that_comes_back_for_its_page_is_marked_with_its_reasons():
    product = shoe(back=["FITS_BADLY", "FITS_BADLY", "NOT_AS_DESCRIBED", "CHANGED_MIND"])

    found = product_returns(now=LATER)

    assert [(each.product_id, each.sold, each.back, each.of_the_page) for each in found] == [(product.pk, 12, 4, 3)]
    assert found[0].reasons == (("FITS_BADLY", 2), ("CHANGED_MIND", 1), ("NOT_AS_DESCRIBED", 1))
    assert found[0].is_marked


@pytest.mark.parametrize(
    ("sold_pieces", "back"),
    [(9, ["FITS_BADLY"] * 3), (12, ["FITS_BADLY"] * 2), (12, ["QUALITY"] * 4), (40, ["FITS_BADLY"] * 3)],
    ids=["too few sold", "too few back", "a fault is not the page", "a small share"],
)
def test_a_product_is_not_marked_for_little(sold_pieces, back):
    product = shoe(sold_pieces=sold_pieces, back=back)

    assert not product_returns(now=LATER, product_id=product.pk)[0].is_marked


def test_a_mended_page_is_judged_by_what_was_bought_since():
    product = shoe(back=["FITS_BADLY"] * 3)
    publish(product)

    found = product_returns(now=LATER, product_id=product.pk)[0]

    assert (found.of_the_page, found.sold_since_mended, found.back_since_mended) == (3, 0, 0)
    assert not found.is_marked


def test_what_is_withdrawn_or_long_ago_does_not_count():
    product = shoe(back=["FITS_BADLY"] * 3)
    Order.objects.update(paid_at=ARRIVED - timedelta(days=120))

    assert product_returns(now=LATER, product_id=product.pk) == []


def test_what_people_write_of_a_size_is_counted_once_and_only_when_it_is_clear():
    product = make_product(stock=20)
    for words in ("偏小一码", "Too SMALL for me", "太大了", "左脚太小右脚太大", "颜色不喜欢"):
        ask(sold(product), reason="FITS_BADLY", detail=words)
    ask(sold(product), reason="QUALITY", detail="开口太小")

    assert sizes_sent_back(product_id=product.pk, now=LATER) == (2, 1)


def test_figures_of_refunds_are_shown_only_when_there_are_enough():
    cases = [ask(sold(make_product())) for _ in range(FEWEST)]
    ended = AfterSaleCase.objects.filter(pk__in=[each.pk for each in cases])
    ended.update(state="DONE", decided_minor=5990, finished_at=ASKED + timedelta(hours=5), first_answered_at=LATER)

    whole = refund_record(now=LATER)
    ended.filter(pk=cases[0].pk).update(finished_at=None)
    ended.filter(pk=cases[1].pk).update(decided_minor=0)
    few = refund_record(now=LATER)

    assert (whole.finished, whole.granted_share, whole.median_hours, whole.answer_minutes) == (10, 1.0, 5.0, 1440.0)
    assert (few.finished, few.granted_share, few.median_hours) == (9, None, None)
