"""Months of the shop's days."""

from datetime import UTC, date, datetime

import pytest

from backend.core.months import bounds_of_month, month_after, month_of, months_later


def test_a_month_begins_in_the_shops_zone():
    late_in_utc = datetime(2026, 1, 31, 16, 0, tzinfo=UTC)

    assert month_of(late_in_utc) == date(2026, 2, 1)
    assert bounds_of_month(date(2026, 2, 14)) == (late_in_utc, datetime(2026, 2, 28, 16, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("months", "first"),
    [(1, date(2027, 1, 1)), (0, date(2026, 12, 1)), (-1, date(2026, 11, 1)), (-12, date(2025, 12, 1))],
)
def test_the_first_of_another_month_crosses_the_year(months, first):
    assert month_after(date(2026, 12, 31), months=months) == first


@pytest.mark.parametrize(("months", "day"), [(1, (2028, 2, 29)), (12, (2029, 1, 31)), (13, (2029, 2, 28))])
def test_the_same_day_later_is_the_last_of_a_shorter_month(months, day):
    at = datetime(2028, 1, 31, 4, 0, tzinfo=UTC)

    assert months_later(at, months) == datetime(*day, 4, 0, tzinfo=UTC)
