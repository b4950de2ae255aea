"""Prices are taken off layer by layer; nothing is lost, nothing falls below nothing, nothing toggles."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from backend.promotions.basket import EVERYTHING, BasketLine, Gift, Layer, OfferedAdjustment, line_key
from backend.promotions.pricing import ShippingTerms, basket_for, begin, split, take, take_prices

NAMES = {"zh-Hans": "优惠", "zh-Hant": "優惠", "en": "Offer"}
LATER = (Layer.LINE, Layer.ORDER, Layer.COUPON, Layer.POINTS)


def number(value: int) -> UUID:
    return UUID(int=value)


def line(value: int, *, unit_minor: int = 1000, quantity: int = 1) -> BasketLine:
    return BasketLine(
        variant_id=number(value),
        product_id=number(100 + value),
        category_id=number(200),
        quantity=quantity,
        unit_minor=unit_minor,
    )


def offer(kind: str, per_line: dict[int, int], **more) -> OfferedAdjustment:
    return OfferedAdjustment(
        kind=kind, per_line={number(key): amount for key, amount in per_line.items()}, label=NAMES, **more
    )


baskets = st.lists(st.tuples(st.integers(0, 100_000), st.integers(1, 20)), min_size=1, max_size=8).map(
    lambda rows: [line(at, unit_minor=unit, quantity=many) for at, (unit, many) in enumerate(rows)]
)
amounts = st.dictionaries(st.integers(0, 9), st.integers(0, 300_000), max_size=8)
offers = st.lists(
    st.tuples(
        st.sampled_from(LATER), amounts, st.integers(0, 5_000), st.sampled_from([10_000, 10_000, 7_000, 3_000, 500])
    ),
    max_size=8,
)


def priced(lines, wanted):
    running = begin(lines)
    running.shipping_fee_minor = 1_000
    for position, (layer, per_line, shipping, limit) in enumerate(sorted(wanted, key=lambda each: each[0])):
        made = offer(f"kind{position}", per_line, shipping_minor=shipping, limit_bps=limit)
        take(running, made, layer=layer)
    return running.priced()


@given(baskets, offers)
def test_no_line_falls_below_nothing_and_the_sum_of_lines_is_the_discount(lines, wanted):
    result = priced(lines, wanted)
    for each in result.lines:
        assert 0 <= result.discount_of(each.key) <= each.items_minor
        assert sum(amount for _offer, amount in result.waterfall_of(each.key)) == result.discount_of(each.key)
    assert sum(result.discount_of(each.key) for each in result.lines) == result.discount_minor
    assert 0 <= result.shipping_minor <= 1_000
    assert result.total_minor == result.items_minor - result.discount_minor + result.shipping_minor >= 0


@given(baskets, offers)
def test_the_same_basket_always_gives_the_same_price(lines, wanted):
    assert priced(lines, wanted) == priced(lines, wanted)


@given(baskets, offers)
def test_the_guard_of_an_offer_binds_the_whole_order(lines, wanted):
    guarded = [(layer, per_line, 0, limit) for layer, per_line, _shipping, limit in wanted if layer != Layer.POINTS]
    result = priced(lines, guarded)
    strictest = 10_000
    so_far = 0
    for taken in result.adjustments:
        strictest = min(strictest, taken.limit_bps)
        if taken.goods_minor:
            so_far += taken.goods_minor
            assert so_far <= result.items_minor * strictest // 10_000


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=20))
def test_a_split_adds_up_to_the_last_fen(total, weights):
    shares = split(total, {number(at): weight for at, weight in enumerate(weights)})
    assert sum(shares.values()) == (total if any(weights) else 0)


def test_three_equal_lines_share_ten_yuan_without_losing_a_fen():
    assert sorted(split(1_000, {number(1): 1_000, number(2): 1_000, number(3): 1_000}).values()) == [333, 333, 334]


def test_a_line_has_one_price_the_lowest_unless_its_buyer_chose_another():
    running = begin([line(1), line(2)])
    take_prices(
        running,
        [
            offer("member_price", {1: 100, 2: 100}),
            offer("flash_price", {1: 300}),
            offer("group_price", {2: 50}, is_chosen=True),
        ],
    )
    assert running.left == {number(1): 700, number(2): 950}
    assert [(each.kind, each.goods_minor) for each in running.taken] == [("flash_price", 300), ("group_price", 50)]


@given(st.permutations(["a_price", "b_price", "c_price"]), st.permutations([100, 100, 100]))
def test_equal_prices_are_decided_by_their_kind_whatever_the_order_of_asking(kinds, many):
    running = begin([line(1)])
    take_prices(running, [offer(kind, {1: amount}) for kind, amount in zip(kinds, many, strict=True)])
    assert [each.kind for each in running.taken] == ["a_price"]


def test_a_line_is_kept_from_the_kinds_that_its_price_excludes():
    running = begin([line(1), line(2)])
    take_prices(
        running, [offer("group_price", {1: 300}, excludes=frozenset({EVERYTHING}), allows=frozenset({"points"}))]
    )

    assert [each.variant_id for each in basket_for(running, kind="coupon", layer=Layer.COUPON).lines] == [number(2)]
    assert len(basket_for(running, kind="points", layer=Layer.POINTS).lines) == 2
    assert len(basket_for(running, kind="store_credit", layer=Layer.TENDER).lines) == 2


def test_a_source_sees_what_the_earlier_layers_left():
    running = begin([line(1, quantity=2)])
    take(running, offer("full_reduction", {1: 300}), layer=Layer.ORDER)
    assert basket_for(running, kind="coupon", layer=Layer.COUPON).left_minor == 1_700


def test_a_gift_of_a_variant_that_is_bought_too_is_a_line_of_its_own():
    running = begin([line(1)])
    gift = Gift(variant_id=number(1), product_id=number(101), category_id=number(200), quantity=1, unit_minor=1_000)
    key = line_key(number(1), is_gift=True)
    take(running, offer("gift", {}, gifts=(gift,)), layer=Layer.ORDER)
    assert running.left[key] == 1_000, "a gift that nothing covers would have to be paid"

    covered = begin([line(1)])
    made = OfferedAdjustment(kind="gift", per_line={key: 1_000}, label=NAMES, gifts=(gift,), limit_bps=1)
    take(covered, made, layer=Layer.ORDER)
    result = covered.priced()
    assert [(each.variant_id, each.is_gift) for each in result.lines] == [(number(1), False), (number(1), True)]
    assert result.total_minor == 1_000


def test_a_tender_pays_and_does_not_lower_the_price():
    running = begin([line(1)])
    running.shipping_fee_minor = 500
    take(running, offer("store_credit", {1: 800}, shipping_minor=500, is_tender=True), layer=Layer.TENDER)
    result = running.priced()
    assert (result.total_minor, result.tendered_minor, result.payable_minor) == (1_500, 1_300, 200)


def test_sending_is_free_from_an_amount_on():
    terms = ShippingTerms(free_from_minor=9_900, fee_minor=1_000)
    assert (terms.fee_for(9_899), terms.fee_for(9_900)) == (1_000, 0)
