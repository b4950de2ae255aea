from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

import pytest

from backend.core import clock
from backend.core.ids import UNAMBIGUOUS, new_id, short_code


def test_ids_are_uuids_of_version_seven_that_sort_by_time():
    made = []
    for _ in range(50):
        made.append(new_id())
        time.sleep(0.000_01)

    assert {each.version for each in made} == {7}
    assert {each.variant for each in made} == {"specified in RFC 4122"}
    assert made == sorted(made)
    assert abs((made[0].int >> 80) / 1000 - time.time()) < 5


def test_a_short_code_has_no_letter_that_is_mixed_up():
    codes = {short_code() for _ in range(200)}

    assert len(codes) == 200
    assert all(len(code) == 8 and set(code) <= set(UNAMBIGUOUS) for code in codes)
    assert not set("0O1I") & set(UNAMBIGUOUS)
    assert len(short_code(12)) == 12


def test_the_clock_stands_still_and_is_moved():
    noon = datetime(2026, 5, 1, 4, 0, tzinfo=UTC)

    with clock.frozen(noon) as held:
        assert clock.now() == noon
        held.advance(timedelta(hours=1))
        assert clock.now() == datetime(2026, 5, 1, 5, 0, tzinfo=UTC)
        with clock.frozen(noon):
            assert clock.now() == noon
        assert clock.now().hour == 5

    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_the_day_of_trade_turns_at_midnight_in_shanghai():
    assert clock.business_day(datetime(2026, 5, 1, 15, 59, 59, tzinfo=UTC)) == date(2026, 5, 1)
    assert clock.business_day(datetime(2026, 5, 1, 16, 0, tzinfo=UTC)) == date(2026, 5, 2)


def test_a_time_without_a_zone_is_a_mistake():
    with pytest.raises(ValueError, match="without a zone"):
        clock.business_day(datetime(2026, 5, 1))  # noqa: DTZ001 - the mistake itself
