from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.money import Money, Points, floor_bps, share_bps

AMOUNTS = st.integers(-(10**15), 10**15)
WEIGHTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=30)


@given(AMOUNTS, WEIGHTS)
def test_a_split_loses_nothing(minor: int, weights: list[int]):
    parts = Money(minor).allocate(weights)

    assert sum(parts, Money.zero()) == Money(minor)
    assert len(parts) == len(weights)


@given(AMOUNTS, WEIGHTS)
def test_no_part_is_a_whole_unit_away_from_its_share(minor: int, weights: list[int]):
    parts = Money(minor).allocate(weights)

    shares = weights if any(weights) else [1] * len(weights)
    assert all(
        abs(part.minor * sum(shares) - minor * share) < sum(shares) for part, share in zip(parts, shares, strict=True)
    )


@given(AMOUNTS, WEIGHTS)
def test_a_part_never_has_the_other_sign_and_no_weight_gets_nothing(minor: int, weights: list[int]):
    parts = Money(minor).allocate(weights)

    assert all(part.minor * minor >= 0 for part in parts)
    if any(weights):
        assert all(part.minor == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)


@given(AMOUNTS, WEIGHTS)
def test_the_same_split_is_made_twice(minor: int, weights: list[int]):
    assert Money(minor).allocate(weights) == Money(minor).allocate(weights)
    assert [each.amount for each in Points(minor).allocate(weights)] == [
        each.minor for each in Money(minor).allocate(weights)
    ]


def test_equal_remainders_go_to_the_earlier_part():
    assert [part.minor for part in Money(100).allocate([1, 1, 1])] == [34, 33, 33]
    assert [part.minor for part in Money(-100).allocate([1, 1, 1])] == [-34, -33, -33]
    assert [part.minor for part in Money(2).allocate([0, 0, 0])] == [1, 1, 0]


@given(st.integers(0, 10**15), st.integers(0, 10_000))
def test_a_share_is_rounded_half_up_and_a_commission_down(minor: int, bps: int):
    exact = minor * bps

    assert -5_000 < share_bps(Money(minor), bps).minor * 10_000 - exact <= 5_000
    assert 0 <= exact - floor_bps(Money(minor), bps).minor * 10_000 < 10_000


@given(AMOUNTS, st.integers(0, 10_000))
def test_a_share_of_a_refund_mirrors_the_share_of_the_payment(minor: int, bps: int):
    assert share_bps(Money(-minor), bps) == -share_bps(Money(minor), bps)
    assert floor_bps(Money(-minor), bps) == -floor_bps(Money(minor), bps)


def test_half_a_fen_is_rounded_up():
    assert share_bps(Money(1), 5_000) == Money(1)
    assert floor_bps(Money(1), 5_000) == Money(0)


@pytest.mark.parametrize("wrong", [1.0, True, "1", None])
def test_only_whole_numbers_are_money(wrong):
    with pytest.raises(TypeError):
        Money(wrong)
    with pytest.raises(TypeError):
        Points(wrong)


def test_money_adds_to_money_of_its_currency_only():
    assert Money(1) + Money(2) - Money(4) == Money(-1)
    assert Money(3) * 2 == 2 * Money(3) == Money(6)
    with pytest.raises(ValueError, match="CNY does not add to USD"):
        Money(1) + Money(1, "USD")
    with pytest.raises(TypeError):
        Money(1) + Points(1)
    with pytest.raises(TypeError):
        Points(1) + 1
    with pytest.raises(TypeError):
        Money(1) * 0.5


def test_a_split_among_nobody_or_by_a_negative_weight_is_a_mistake():
    with pytest.raises(ValueError, match="no parts"):
        Money(1).allocate([])
    with pytest.raises(ValueError, match="below zero"):
        Money(1).allocate([1, -1])
