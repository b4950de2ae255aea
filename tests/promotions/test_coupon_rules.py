"""Coupons together: legal, capped, in their order, and the best that can be had."""

from datetime import UTC, datetime, timedelta
from itertools import combinations
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from backend.promotions.basket import BasketLine
from backend.promotions.rules.coupons import (
    HeldCoupon,
    WhyNot,
    best_combination,
    may_combine,
    used_together,
    why_not,
)
from backend.promotions.rules.scope import read_scope

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
OTHERS = {
    "merchant": frozenset({"platform", "shipping"}),
    "platform": frozenset({"merchant", "shipping"}),
    "shipping": frozenset({"merchant", "platform"}),
}


def line(value: int, unit_minor: int, quantity: int = 1) -> BasketLine:
    return BasketLine(
        variant_id=UUID(int=value),
        product_id=UUID(int=100 + value),
        category_id=UUID(int=200),
        quantity=quantity,
        unit_minor=unit_minor,
    )


def coupon(value: int, benefit: dict[str, int | str], *, stack: str = "merchant", **more) -> HeldCoupon:
    more.setdefault("combines_with", OTHERS[stack])
    return HeldCoupon(
        id=UUID(int=value), template_id=UUID(int=900 + value), benefit=benefit, stack_class=stack,
        valid_from=NOW - timedelta(days=1), valid_until=NOW + timedelta(days=1), **more,
    )  # fmt: skip


def amount(off: int) -> dict[str, int | str]:
    return {"type": "amount", "offMinor": off}


lines = st.lists(st.tuples(st.integers(0, 20_000), st.integers(1, 5)), min_size=1, max_size=4).map(
    lambda rows: [line(at, unit, many) for at, (unit, many) in enumerate(rows, start=1)]
)
benefits = st.one_of(
    st.builds(lambda off: ("merchant", amount(off)), st.integers(1, 30_000)),
    st.builds(lambda off: ("platform", amount(off)), st.integers(1, 30_000)),
    st.builds(
        lambda bps, cap: ("platform", {"type": "percent", "offBps": bps, "capMinor": cap}),
        st.integers(1, 10_000),
        st.one_of(st.none(), st.integers(1, 5_000)),
    ),
    st.builds(
        lambda off: ("shipping", {"type": "shipping", "offMinor": off}), st.one_of(st.none(), st.integers(1, 900))
    ),
)
hands = st.lists(
    st.tuples(
        benefits,
        st.integers(0, 30_000),
        st.sets(st.sampled_from(["merchant", "platform", "shipping"])),
        st.integers(0, 2),
    ),
    max_size=6,
).map(
    lambda rows: [
        coupon(
            at, benefit, stack=stack, threshold_minor=threshold, combines_with=frozenset(combines), priority=priority
        )
        for at, ((stack, benefit), threshold, combines, priority) in enumerate(rows)
    ]
)


@settings(deadline=None)
@given(hands, lines, st.integers(0, 1_500))
def test_the_best_is_the_best_of_all_legal_combinations(hand, bought, shipping):
    usable = [each for each in hand if why_not(each, bought, shipping_minor=shipping, now=NOW) is None]
    worth = {
        frozenset(each.id for each in some): used_together(some, bought, shipping_minor=shipping).amount_minor
        for size in range(1, len(usable) + 1)
        for some in combinations(usable, size)
        if all(may_combine(one, other) for one, other in combinations(some, 2))
    }
    found = best_combination(hand, bought, shipping_minor=shipping, now=NOW)
    ranked = sorted(worth.values(), reverse=True)
    assert found.best.amount_minor == (ranked[0] if ranked else 0)
    assert (found.second.amount_minor if found.second else None) == (ranked[1] if len(ranked) > 1 else None)
    assert {each.id for each, _why in found.left_out} | found.best.ids == {each.id for each in hand}


@settings(deadline=None)
@given(hands, lines, st.randoms())
def test_the_order_of_the_hand_changes_nothing(hand, bought, chance):
    shuffled = list(hand)
    chance.shuffle(shuffled)
    one = best_combination(hand, bought, shipping_minor=1_000, now=NOW)
    other = best_combination(shuffled, bought, shipping_minor=1_000, now=NOW)
    assert (one.best.ids, one.second and one.second.ids) == (other.best.ids, other.second and other.second.ids)


@given(hands, lines, st.integers(0, 1_500))
def test_together_they_never_take_more_than_there_is(hand, bought, shipping):
    together = used_together(hand, bought, shipping_minor=shipping)
    for each in bought:
        assert 0 <= sum(saving.per_line.get(each.key, 0) for saving in together.savings) <= each.left_minor
    assert sum(saving.shipping_minor for saving in together.savings) <= shipping


def test_a_share_is_taken_of_what_the_merchants_coupon_left_and_stops_at_its_cap():
    bought = [line(1, 10_000)]
    used = used_together(
        [coupon(2, {"type": "percent", "offBps": 1_000}, stack="platform"), coupon(1, amount(2_000))],
        bought,
        shipping_minor=0,
    )
    assert [saving.amount_minor for saving in used.savings] == [2_000, 800]
    capped = coupon(3, {"type": "percent", "offBps": 5_000, "capMinor": 600})
    assert used_together([capped], bought, shipping_minor=0).amount_minor == 600


def test_a_threshold_is_judged_before_coupons_so_none_costs_another():
    bought = [line(1, 10_000)]
    first, second = coupon(1, amount(2_000)), coupon(2, amount(500), stack="platform", threshold_minor=10_000)
    found = best_combination([first, second], bought, shipping_minor=0, now=NOW)
    assert found.best.amount_minor == 2_500


def test_each_coupon_that_is_left_out_has_its_reason():
    bought = [line(1, 10_000)]
    hand = [
        coupon(1, amount(2_000)),
        coupon(2, amount(1_000)),
        coupon(3, amount(500), threshold_minor=20_000),
        coupon(4, amount(500), scope=read_scope({"productIds": [str(UUID(int=7))]})),
        coupon(5, amount(500), is_free=False),
        coupon(6, {"type": "shipping"}, stack="shipping"),
    ]
    found = best_combination(hand, bought, shipping_minor=0, now=NOW)
    assert {each.id.int: why for each, why in found.left_out} == {
        2: WhyNot.CLASHES,
        3: WhyNot.BELOW_THRESHOLD,
        4: WhyNot.NOTHING_MEANT,
        5: WhyNot.IN_ORDER,
        6: WhyNot.NOTHING_LEFT,
    }
    assert (found.best.amount_minor, found.second.amount_minor) == (2_000, 1_000)


def test_of_equal_ones_the_one_that_ends_sooner_goes_first():
    bought = [line(1, 10_000)]
    late = coupon(1, amount(500))
    soon = HeldCoupon(
        id=UUID(int=2), template_id=UUID(int=3), benefit=amount(500), combines_with=OTHERS["merchant"],
        valid_from=NOW, valid_until=NOW + timedelta(hours=1),
    )  # fmt: skip
    found = best_combination([late, soon], bought, shipping_minor=0, now=NOW)
    assert found.best.ids == {soon.id}
    at_the_end = NOW + timedelta(hours=1)
    assert why_not(soon, bought, shipping_minor=0, now=at_the_end) is WhyNot.OVER
    assert why_not(soon, bought, shipping_minor=0, now=at_the_end - timedelta(seconds=1)) is None
