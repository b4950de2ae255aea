"""How much goes back: shares of what was paid, whatever the order in which pieces come back."""

from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from backend.aftersales.rules.amounts import PaidLine, cut_to, discounts_of, share_of, sum_up

LINE = uuid4()


def line(quantity: int, total: int, **more) -> PaidLine:
    return PaidLine(line_id=LINE, quantity=quantity, unit_minor=max(1, total), total_minor=total, **more)


@st.composite
def returns(draw):
    """A line and the pieces that come back one case after the other, until none is left."""
    quantity = draw(st.integers(1, 40))
    total = draw(st.integers(0, 1_000_000))
    parts, left = [], quantity
    while left:
        parts.append(draw(st.integers(1, left)))
        left -= parts[-1]
    return quantity, total, parts


@given(returns())
def test_all_pieces_together_give_exactly_what_was_paid(case):
    quantity, total, parts = case
    taken, given_back = 0, 0

    for part in parts:
        share = share_of(line(quantity, total, taken_quantity=taken, taken_minor=given_back), part)
        assert 0 <= share <= total - given_back
        taken, given_back = taken + part, given_back + share

    assert given_back == total


@given(returns(), st.data())
def test_withdrawn_cases_never_make_the_sum_more_than_was_paid(case, data):
    quantity, total, parts = case
    live: list[tuple[int, int]] = []

    for part in parts * 3:
        taken, shares = sum(q for q, _ in live), sum(s for _, s in live)
        if part > quantity - taken:
            if live:
                live.pop(data.draw(st.integers(0, len(live) - 1)))
            continue
        live.append((part, share_of(line(quantity, total, taken_quantity=taken, taken_minor=shares), part)))
        assert 0 <= sum(s for _, s in live) <= total

    taken, shares = sum(q for q, _ in live), sum(s for _, s in live)
    if taken == quantity:
        assert shares == total


@given(
    st.lists(st.tuples(st.integers(1, 9), st.integers(0, 90_000)), min_size=1, max_size=6),
    st.integers(0, 2_000),
    st.booleans(),
    st.data(),
)
def test_what_goes_back_is_never_below_nothing_and_never_above_what_was_paid(rows, shipping, is_fault, data):
    lines = [PaidLine(line_id=uuid4(), quantity=q, unit_minor=t // q, total_minor=t) for q, t in rows]
    pieces = {each.line_id: data.draw(st.integers(0, each.quantity)) for each in lines}
    priced = {each.line_id: data.draw(st.integers(-500, each.total_minor + 500)) for each in lines}

    total = sum_up(
        lines, pieces, priced=priced, order_shipping_minor=shipping, shipping_given_minor=0, gives_shipping=is_fault
    )

    paid = {each.line_id: each.total_minor for each in lines}
    assert all(0 <= each.amount_minor == each.share_minor <= paid[each.line_id] for each in total.lines)
    assert 0 <= total.total_minor <= sum(paid.values()) + shipping
    assert total.recomputed_minor >= 0
    if is_fault and all(pieces[each.line_id] == each.quantity for each in lines):
        assert total.shipping_minor == shipping


@given(returns(), st.dictionaries(st.text("ab", min_size=1, max_size=3), st.integers(1, 5_000), max_size=4))
def test_price_less_discounts_is_the_share(case, taken_off):
    quantity, total, parts = case
    each = PaidLine(
        line_id=LINE,
        quantity=quantity,
        unit_minor=total + sum(taken_off.values()),
        total_minor=total,
        discounts=taken_off,
    )
    share = share_of(each, parts[0])

    parted = discounts_of(each, quantity=parts[0], share_minor=share)

    if taken_off:
        assert each.unit_minor * parts[0] - sum(parted.values()) == share
    assert all(part > 0 for part in parted.values())


@given(st.lists(st.integers(0, 9_000), min_size=1, max_size=5), st.integers(0, 900), st.integers(1, 60_000))
def test_a_case_that_is_cut_gives_what_was_decided(amounts, shipping, decided):
    decided = min(decided, sum(amounts) + shipping)

    parts, of_shipping = cut_to(decided, amounts=amounts, shipping_minor=shipping)

    assert sum(parts) + of_shipping == decided
    assert all(0 <= part <= amount for part, amount in zip(parts, amounts, strict=True))


def test_three_pieces_for_ten_yuan_give_their_fen_back_one_by_one():
    shares, taken, given_back = [], 0, 0
    for _ in range(3):
        share = share_of(line(3, 1000, taken_quantity=taken, taken_minor=given_back), 1)
        shares.append(share)
        taken, given_back = taken + 1, given_back + share

    assert shares == [333, 333, 334]
