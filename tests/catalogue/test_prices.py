"""The reference price is what was really asked or paid, never what somebody wishes had been asked."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.catalogue.actions import change_price, note_paid_prices, set_reference_price
from backend.catalogue.errors import InflatedReferencePrice
from backend.catalogue.models import PriceChange, Product
from backend.catalogue.rules.prices import ASKED_WITHIN, Asked, Paid, lowest_over_time, reference_before
from backend.core.errors import InvalidInput, NotFound
from backend.core.ids import new_id
from tests.factories.catalogue import NOON, make_product, variant_ids

A, B = new_id(), new_id()
DAY = timedelta(days=1)


def asked(variant_id, price, day):
    return Asked(variant_id=variant_id, price_minor=price, at=NOON + day * DAY)


def test_the_lowest_price_follows_all_variants():
    steps = lowest_over_time([asked(A, 100, 0), asked(B, 80, 0), asked(B, None, 5), asked(A, 90, 9)])

    assert [(step.price_minor, step.at) for step in steps] == [(80, NOON), (100, NOON + 5 * DAY), (90, NOON + 9 * DAY)]


def test_the_reference_is_the_lowest_of_the_thirty_days_before():
    steps = lowest_over_time([asked(A, 70, 0), asked(A, 100, 20), asked(A, 120, 60), asked(A, 90, 70)])

    assert reference_before(steps).price_minor == 100


def test_a_raise_before_a_reduction_does_not_make_the_reference_higher():
    steps = lowest_over_time([asked(A, 100, 0), asked(A, 200, 50), asked(A, 100, 51)])

    assert reference_before(steps).price_minor == 100


def test_what_was_paid_in_the_week_before_counts_if_it_is_lower():
    steps = lowest_over_time([asked(A, 100, 0), asked(A, 90, 40)])
    week = (NOON + 35 * DAY).date()

    assert reference_before(steps, paid=[Paid(price_minor=60, on=week)]).price_minor == 60
    assert reference_before(steps, paid=[Paid(price_minor=60, on=NOON.date())]).price_minor == 100


def test_there_is_no_reference_while_the_price_has_never_changed():
    assert reference_before(lowest_over_time([asked(A, 100, 0)])) is None


CHANGES = st.lists(
    st.tuples(st.sampled_from([A, B]), st.none() | st.integers(1, 10**6), st.integers(0, 120)), min_size=1, max_size=20
)


@given(CHANGES)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_reference_was_always_really_asked_within_the_thirty_days(changes):
    steps = lowest_over_time([asked(variant, price, day) for variant, price, day in changes])
    reference = reference_before(steps)

    for one, other in pairwise(steps):
        assert one.at < other.at
        assert one.price_minor != other.price_minor
    if reference is not None:
        since = steps[-1].at
        assert reference.price_minor in {step.price_minor for step in steps[:-1]}
        assert since - ASKED_WITHIN <= reference.at < since


@pytest.mark.django_db
def test_a_changed_price_is_kept_and_brings_the_honest_reference():
    product = make_product(price_minor=5990)

    change_price(variant_id=variant_ids(product)[0], price_minor=4990, now=NOON + 10 * DAY)

    product.refresh_from_db()
    assert (product.price_minor, product.reference_price_minor) == (4990, 5990)
    assert PriceChange.objects.filter(product=product).count() == 2


@pytest.mark.django_db
def test_an_inflated_reference_price_is_refused():
    product = make_product(price_minor=5990)

    with pytest.raises(InflatedReferencePrice) as refusal:
        set_reference_price(product_id=product.id, price_minor=9990, at=NOON, now=NOON)

    assert refusal.value.highest.minor == 5990
    assert Product.objects.get(pk=product.pk).reference_price_minor is None


@pytest.mark.django_db
@pytest.mark.parametrize("price", [0, -1, 10**12])
def test_a_price_that_is_none_is_refused(price):
    product = make_product()

    with pytest.raises(InvalidInput):
        change_price(variant_id=variant_ids(product)[0], price_minor=price, now=NOON)

    assert PriceChange.objects.count() == 1


@pytest.mark.django_db
def test_an_unknown_variant_has_no_price():
    with pytest.raises(NotFound):
        change_price(variant_id=new_id(), price_minor=1, now=NOON)


@pytest.mark.django_db
def test_the_lowest_paid_price_of_a_day_is_kept():
    product = make_product()
    now = datetime(2026, 3, 10, 4, tzinfo=UTC)

    note_paid_prices(lowest_minor={product.id: 5000}, now=now)
    note_paid_prices(lowest_minor={product.id: 4800}, now=now)
    note_paid_prices(lowest_minor={product.id: 5200}, now=now)
    change_price(variant_id=variant_ids(product)[0], price_minor=5500, now=now + 2 * DAY)

    assert Product.objects.get(pk=product.pk).reference_price_minor == 4800
