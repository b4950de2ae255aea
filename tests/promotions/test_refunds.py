"""What goes back for a part of an order: the kept goods priced again, never a fen too much."""

from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.checkout.selectors import adjustments_of
from backend.orders.models import OrderLine
from backend.promotions.basket import BasketLine
from backend.promotions.pricing import split
from backend.promotions.rules.reductions import full_reduction
from backend.promotions.rules.refunds import BoughtLine, TakenOff, recomputed_refund
from backend.promotions.selectors import coupon_choices, refund_of_pieces
from tests.factories.catalogue import make_variant
from tests.factories.orders import make_buyer, make_order
from tests.factories.promotions import (
    gift_rule,
    line_rule,
    make_coupon,
    make_running_campaign,
    reduction_rule,
    this_moment,
)

NAMES = {"zh-Hans": "满减", "zh-Hant": "滿減", "en": "Full reduction"}


def bought(value: int, unit_minor: int, quantity: int = 1, *, kept: int = 0, off: int = 0, back: int = 0) -> BoughtLine:
    return BoughtLine(
        variant_id=UUID(int=value), product_id=UUID(int=100 + value), quantity=quantity, unit_minor=unit_minor,
        discount_minor=off, kept=kept, refunded_minor=back,
    )  # fmt: skip


def reduction(per_line: dict[UUID, int], *steps: tuple[int, int], policy: str = "RECOMPUTE") -> TakenOff:
    params = {"steps": [{"fromMinor": least, "offMinor": off} for least, off in steps]}
    return TakenOff(kind="full_reduction", label=NAMES, per_line=per_line, facts={"params": params, "policy": policy})


def test_a_return_below_the_threshold_gives_the_reduction_back():
    lines = [bought(1, 10_000, kept=1, off=2_500), bought(2, 10_000, off=2_500)]
    taken = reduction({lines[0].key: 2_500, lines[1].key: 2_500}, (20_000, 5_000))
    refund = recomputed_refund(lines, [taken])
    assert (refund.kept_minor, refund.amount_minor, refund.per_line) == (10_000, 5_000, {lines[1].key: 5_000})
    assert [step["en"] for step in refund.steps] == [
        "You paid ¥150 for the goods of this order",
        "Full reduction: the goods you keep no longer reach its conditions, nothing off",
        "The goods you keep cost ¥100",
        "You get back ¥50",
    ]


def test_with_the_policy_keep_the_kept_goods_keep_their_share():
    lines = [bought(1, 10_000, kept=1, off=2_500), bought(2, 10_000, off=2_500)]
    taken = reduction({lines[0].key: 2_500, lines[1].key: 2_500}, (20_000, 5_000), policy="KEEP")
    assert recomputed_refund(lines, [taken]).amount_minor == 7_500


def test_no_more_goes_back_than_was_paid_for_it():
    lines = [bought(1, 10_000, kept=1, off=500), bought(2, 10_000, off=500)]
    taken = reduction({lines[0].key: 500, lines[1].key: 500}, (5_000, 1_000))
    refund = recomputed_refund(lines, [taken])
    assert (refund.kept_minor, refund.amount_minor) == (9_000, 9_500), "10,000 less would be too much for one line"


def test_the_rest_comes_back_with_the_rest_of_the_goods():
    lines = [bought(1, 10_000, off=2_500), bought(2, 10_000, off=2_500, back=5_000)]
    taken = reduction({lines[0].key: 2_500, lines[1].key: 2_500}, (20_000, 5_000))
    assert recomputed_refund(lines, [taken]).amount_minor + 5_000 == 15_000


orders = st.lists(
    st.tuples(st.integers(1, 30_000), st.integers(1, 5), st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=5
)
steps = st.lists(st.tuples(st.integers(1, 60_000), st.integers(1, 40_000)), min_size=1, max_size=3)


def placed(rows, step_rows, policy):
    """An order whose full reduction was taken off, before anything comes back."""
    params = {"steps": [{"fromMinor": least, "offMinor": off} for least, off in step_rows]}
    lines = [
        BasketLine(
            variant_id=UUID(int=at), product_id=UUID(int=at), category_id=UUID(int=9), quantity=many, unit_minor=unit
        )
        for at, (unit, many, _first, _second) in enumerate(rows)
    ]
    shares = full_reduction(params, lines)
    taken = TakenOff(
        kind="full_reduction", label=NAMES, per_line=shares,
        facts={"params": params, "policy": policy, "lines": [str(line.key) for line in lines]},
    )  # fmt: skip
    return shares, taken


def after(rows, shares, kept, refunded):
    return [
        BoughtLine(
            variant_id=UUID(int=at), product_id=UUID(int=at), quantity=many, unit_minor=unit,
            discount_minor=shares.get(UUID(int=at), 0), kept=kept[at], refunded_minor=refunded.get(UUID(int=at), 0),
        )
        for at, (unit, many, _first, _second) in enumerate(rows)
    ]  # fmt: skip


@settings(deadline=None)
@given(orders, steps, st.sampled_from(["KEEP", "RECOMPUTE"]))
def test_however_it_comes_back_never_more_than_was_paid_and_in_the_end_all_of_it(rows, step_rows, policy):
    shares, taken = placed(rows, step_rows, policy)
    kept = [many for _unit, many, _first, _second in rows]
    refunded: dict[UUID, int] = {}
    for turn in (2, 3, None):
        kept = [0 if turn is None else max(left - row[turn], 0) for left, row in zip(kept, rows, strict=True)]
        lines = after(rows, shares, kept, refunded)
        refund = recomputed_refund(lines, [taken])
        assert refund.amount_minor == sum(refund.per_line.values()) >= 0
        for line in lines:
            back = refunded.get(line.key, 0) + refund.per_line.get(line.key, 0)
            assert back <= line.paid_minor
            assert line.kept == 0 or refund.per_line.get(line.key, 0) == 0 or line.kept < line.quantity
            refunded[line.key] = back
    assert sum(refunded.values()) == sum(line.paid_minor for line in after(rows, shares, kept, refunded))


@settings(deadline=None)
@given(orders, steps)
def test_nobody_gains_by_sending_a_part_back(rows, step_rows):
    """P26: what is kept is never cheaper than it would have been if only that had been bought."""
    shares, taken = placed(rows, step_rows, "RECOMPUTE")
    kept = [max(many - first, 0) for _unit, many, first, _second in rows]
    lines = after(rows, shares, kept, {})
    refund = recomputed_refund(lines, [taken])
    alone = sum(line.unit_minor * line.kept for line in lines)
    reached = [off for least, off in sorted(step_rows) if alone >= least]
    by_itself = alone - min(reached[-1] if reached else 0, alone)
    paid = sum(line.paid_minor for line in lines)
    assert paid - refund.amount_minor >= min(by_itself, paid)


def test_a_split_of_nothing_is_nothing():
    assert split(0, {UUID(int=1): 0}) == {UUID(int=1): 0}


@pytest.mark.django_db
def test_a_real_order_comes_back_piece_by_piece():
    toy = make_variant(price_minor=900)
    make_running_campaign([line_rule(), reduction_rule((9_000, 1_000)), gift_rule(toy, fromMinor=8_000)])
    buyer = make_buyer(now=this_moment())
    coupon = make_coupon(buyer, benefit={"type": "amount", "offMinor": 500}, threshold_minor=9_000)
    variant = make_variant(price_minor=7_000)
    order = make_order(
        buyer=buyer, variants=[(variant, 2)], choices=coupon_choices([coupon.pk]), now=this_moment()
    ).order
    assert order.total_minor == 14_000 - 3_500 - 1_000 - 500

    lines = list(OrderLine.objects.filter(order=order).order_by("position"))
    stored = adjustments_of([order.pk])[order.pk]
    one_back = refund_of_pieces(lines=lines, adjustments=stored, pieces={lines[0].pk: 1})
    assert one_back.kept_minor == 7_900, (
        "the second piece at half price, the reduction, the coupon and the gift are lost"
    )
    assert one_back.amount_minor == 9_000 - 7_900
    with_gift = refund_of_pieces(lines=lines, adjustments=stored, pieces={lines[0].pk: 1, lines[1].pk: 1})
    assert with_gift.amount_minor == 2_000
    everything = refund_of_pieces(lines=lines, adjustments=stored, pieces={lines[0].pk: 2, lines[1].pk: 1})
    assert everything.amount_minor == 9_000
