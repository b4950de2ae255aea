"""What a plan costs, how long it lasts, and how much of it goes back."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from backend.protection import rules

START = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
prices = st.integers(min_value=1, max_value=10_000_000)
spans = st.integers(min_value=0, max_value=5 * 366 * 24 * 60)


def refund(price: int, minutes: int, *, months: int = 24) -> int:
    starts_at, ends_at = rules.period(delivered_at=START, months=months)
    return rules.refund_of(
        price_minor=price,
        activated_at=START,
        starts_at=starts_at,
        ends_at=ends_at,
        now=START + timedelta(minutes=minutes),
    )


@given(prices, spans, st.integers(min_value=1, max_value=60))
def test_never_more_than_paid_and_never_below_nothing(price, minutes, months):
    assert 0 <= refund(price, minutes, months=months) <= price


@given(prices, spans, spans, st.integers(min_value=1, max_value=60))
def test_what_goes_back_never_grows_with_time(price, one, other, months):
    earlier, later = sorted((one, other))

    assert refund(price, earlier, months=months) >= refund(price, later, months=months)


@given(prices, st.integers(min_value=0, max_value=14 * 24 * 60 - 1))
def test_all_of_it_goes_back_within_fourteen_days(price, minutes):
    assert refund(price, minutes) == price


def test_all_goes_back_until_it_covers_half_at_half_time_and_nothing_at_the_end():
    starts_at, ends_at = rules.period(delivered_at=START, months=24)
    days = (ends_at - starts_at).days

    def at(now: datetime) -> int:
        return rules.refund_of(price_minor=73_000, activated_at=START, starts_at=starts_at, ends_at=ends_at, now=now)

    assert at(starts_at) == 73_000
    assert at(starts_at + timedelta(days=days // 2)) == 73_000 * (days - days // 2) // days
    assert at(ends_at - timedelta(hours=1)) == 0
    assert at(ends_at + timedelta(days=400)) == 0


def test_a_plan_bought_late_still_gives_all_back_within_fourteen_days_of_its_payment():
    starts_at, ends_at = rules.period(delivered_at=START, months=1)

    back = rules.refund_of(
        price_minor=900,
        activated_at=starts_at + timedelta(days=1),
        starts_at=starts_at,
        ends_at=ends_at,
        now=starts_at + timedelta(days=10),
    )

    assert back == 900


def test_the_price_is_that_of_the_highest_band_that_is_reached():
    bands = [{"fromMinor": 1000, "fixedMinor": 900}, {"fromMinor": 50_000, "shareBps": 800}]

    assert rules.price_of(bands, piece_minor=999) is None
    assert rules.price_of(bands, piece_minor=1000) == 900
    assert rules.price_of(bands, piece_minor=49_999) == 900
    assert rules.price_of(bands, piece_minor=50_000) == 4000
    assert rules.price_of([{"fromMinor": 0, "shareBps": 1}], piece_minor=1) == 1


def test_pieces_that_went_back_are_counted_from_the_last():
    assert rules.free_pieces(quantity=3, refunded=1, covered=[1]) == [2]
