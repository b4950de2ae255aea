"""What promotions take off: to the fen, the best for the customer, and always the same."""

from itertools import combinations
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from backend.promotions.basket import BasketLine
from backend.promotions.rules.conflicts import Candidate, best_together, share_a_class, share_a_line
from backend.promotions.rules.reductions import cheapest_pieces, full_reduction, line_promotion
from backend.promotions.rules.scope import read_scope


def line(value: int, unit_minor: int = 1_000, quantity: int = 1, *, left: int = -1, product: int = 0) -> BasketLine:
    return BasketLine(
        variant_id=UUID(int=value),
        product_id=UUID(int=1_000 + (product or value)),
        category_id=UUID(int=2_000),
        quantity=quantity,
        unit_minor=unit_minor,
        running_minor=left,
    )


lines = st.lists(st.tuples(st.integers(0, 50_000), st.integers(1, 12), st.integers(1, 3)), min_size=1, max_size=6).map(
    lambda rows: [line(at, unit, many, product=product) for at, (unit, many, product) in enumerate(rows, start=1)]
)
line_params = st.one_of(
    st.builds(
        lambda buy, less: {"type": "n_for_m", "buy": buy, "pay": max(1, buy - less)},
        st.integers(2, 6),
        st.integers(1, 5),
    ),
    st.builds(
        lambda nth, off: {"type": "nth_price", "nth": nth, "offBps": off}, st.integers(2, 4), st.integers(1, 10_000)
    ),
)
step_lists = st.lists(st.tuples(st.integers(1, 200_000), st.integers(1, 100_000)), min_size=1, max_size=4).map(
    lambda rows: {"steps": [{"fromMinor": least, "offMinor": off} for least, off in rows]}
)


@given(lines, line_params)
def test_a_line_promotion_takes_no_more_than_a_line_costs(bought, params):
    shares = line_promotion(params, bought)
    costs = {each.key: each.left_minor for each in bought}
    assert all(0 <= amount <= costs[key] for key, amount in shares.items())


@given(lines, line_params, st.randoms())
def test_the_order_of_the_lines_changes_nothing(bought, params, chance):
    shuffled = list(bought)
    chance.shuffle(shuffled)
    assert line_promotion(params, bought) == line_promotion(params, shuffled)


@given(lines, step_lists)
def test_a_full_reduction_takes_its_step_once_and_loses_no_fen(bought, params):
    goods = sum(each.left_minor for each in bought)
    reached = [step for step in params["steps"] if goods >= step["fromMinor"]]
    expected = min(max(reached, key=lambda step: step["fromMinor"])["offMinor"], goods) if reached else 0
    assert sum(full_reduction(params, bought).values()) == expected


@given(lines, st.integers(0, 80))
def test_the_cheapest_pieces_are_found_as_by_counting_one_by_one(bought, count):
    pieces = []
    for each in bought:
        base, dearer = divmod(each.left_minor, each.quantity)
        pieces += [base] * (each.quantity - dearer) + [base + 1] * dearer
    assert sum(cheapest_pieces(bought, count).values()) == sum(sorted(pieces)[:count])


def test_the_second_piece_is_at_half_price_for_each_product_by_itself():
    bought = [line(1, 1_001, 3), line(2, 500, 1), line(3, 900, 2)]
    assert line_promotion({"type": "nth_price", "nth": 2, "offBps": 5_000}, bought) == {
        bought[0].key: 501,
        bought[2].key: 450,
    }, "one and a half yuan and a half fen: rounded once, half up"


def test_three_for_two_gives_the_cheapest_away_over_all_lines():
    bought = [line(1, 3_000, 2), line(2, 900, 1)]
    assert line_promotion({"type": "n_for_m", "buy": 3, "pay": 2}, bought) == {bought[1].key: 900}


candidates = st.lists(
    st.tuples(
        st.integers(0, 300),
        st.integers(-2, 2),
        st.sampled_from(["", "", "a", "b"]),
        st.sampled_from(["", "platform", "merchant"]),
        st.sets(st.integers(1, 5), min_size=1, max_size=3),
    ),
    max_size=7,
).map(
    lambda rows: [
        Candidate(
            id=UUID(int=at),
            per_line={UUID(int=key): worth for key in keys},
            priority=priority,
            exclusive_group=group,
            stack_class=stack,
        )
        for at, (worth, priority, group, stack, keys) in enumerate(rows)
    ]
)


@given(candidates, st.sampled_from([share_a_line, share_a_class]))
def test_the_best_set_is_the_best_of_all_sets(found, clash):
    best = 0
    for size in range(len(found) + 1):
        for some in combinations(found, size):
            if not any(clash(one, other) for one, other in combinations(some, 2)):
                best = max(best, sum(each.worth_minor for each in some))
    chosen = best_together(found, clash)
    assert sum(each.worth_minor for each in chosen) == best
    assert not any(clash(one, other) for one, other in combinations(chosen, 2))


@given(candidates, st.sampled_from([share_a_line, share_a_class]), st.randoms())
def test_working_it_out_again_in_another_order_never_toggles(found, clash, chance):
    shuffled = list(found)
    chance.shuffle(shuffled)
    assert best_together(found, clash) == best_together(shuffled, clash)


def test_equal_promotions_are_decided_by_priority_then_by_id():
    same = [
        Candidate(id=UUID(int=at), per_line={UUID(int=9): 100}, priority=priority)
        for at, priority in ((3, 0), (2, 5), (1, 5))
    ]
    assert [each.id for each in best_together(same, share_a_class)] == [UUID(int=1)]


def test_a_scope_means_a_shelf_with_all_that_hangs_below_it():
    shelf, inside = UUID(int=7), line(1)
    below = BasketLine(
        variant_id=UUID(int=2), product_id=UUID(int=3), category_id=UUID(int=8), quantity=1, unit_minor=5,
        category_ids=(UUID(int=8), shelf),
    )  # fmt: skip
    scope = read_scope({"categoryIds": [str(shelf)]})
    assert (scope.holds(below), scope.holds(inside)) == (True, False)
    assert not read_scope({"exceptProductIds": [str(below.product_id)]}).holds(below)
