"""Every race keeps its promise, and its control shows that the promise is not kept by luck."""

import pytest

from tests.drill.running import races, run


@pytest.mark.parametrize("race", [pytest.param(race, id=race.__name__.rsplit(".", 1)[1]) for race in races()])
def test_a_race_keeps_its_promise_and_its_control_breaks_it(race, fresh_database):
    result = run(race)

    assert result.violations == 0
    assert result.control_violations > 0
    assert {kept.key: kept.violations for kept in result.invariants if kept.violations} == {}
