"""Deliveries, counts in the stock room, and the ledger of movements behind every number."""

import pytest

from backend.core.errors import InvalidInput, NotFound
from backend.core.ids import new_id
from backend.core.models import OutboxEvent
from backend.inventory import actions
from backend.inventory.actions import commit, release, reserve, set_low_mark, set_on_hand, stock_up
from backend.inventory.errors import BelowReserved, FindNeedsReason
from backend.inventory.models import StockItem, StockMovement
from backend.inventory.selectors import miscounted
from tests.factories.catalogue import NOON, make_variant
from tests.factories.orders import make_buyer

pytestmark = pytest.mark.django_db


def ledger(variant):
    """Kind, change and number of each movement, oldest first."""
    rows = StockMovement.objects.filter(variant=variant).order_by("pk")
    return list(rows.values_list("kind", "change", "on_hand"))


def test_every_change_of_the_number_is_written_down_with_its_reason():
    variant, keeper, order_id = make_variant(stock=10), make_buyer(), new_id()

    stock_up(quantities={variant.pk: 5}, reason="补货", actor_id=keeper.pk, now=NOON)
    set_on_hand(variant_id=variant.pk, on_hand=12, reason="盘点", actor_id=keeper.pk, now=NOON)
    reserve(order_id=order_id, demand={variant.pk: 2}, now=NOON)
    commit(order_id=order_id, now=NOON)
    release(order_id=order_id, now=NOON)

    assert ledger(variant) == [
        ("RECEIVED", 10, 10),
        ("RECEIVED", 5, 15),
        ("CORRECTED", -3, 12),
        ("SOLD", -2, 10),
        ("RETURNED", 2, 12),
    ]
    counted = StockMovement.objects.get(variant=variant, kind="CORRECTED")
    assert (counted.reason, counted.actor_id) == ("盘点", keeper.pk)
    assert StockMovement.objects.get(variant=variant, kind="SOLD").reference == f"order:{order_id}"
    assert miscounted() == []


def test_a_held_order_moves_nothing():
    variant = make_variant(stock=10)

    reserve(order_id=new_id(), demand={variant.pk: 2}, now=NOON)

    assert len(ledger(variant)) == 1


def test_what_is_promised_cannot_be_counted_away():
    variant, keeper = make_variant(stock=10), make_buyer()
    reserve(order_id=new_id(), demand={variant.pk: 4}, now=NOON)
    events = OutboxEvent.objects.count()

    with pytest.raises(BelowReserved) as refusal:
        set_on_hand(variant_id=variant.pk, on_hand=3, reason="", actor_id=keeper.pk, now=NOON)

    assert refusal.value.code == "BELOW_RESERVED"
    assert refusal.value.details == {"reserved": 4}
    assert StockItem.objects.get(pk=variant.pk).on_hand == 10
    assert len(ledger(variant)) == 1
    assert OutboxEvent.objects.count() == events


def test_a_count_that_agrees_writes_nothing():
    variant = make_variant(stock=10)

    set_on_hand(variant_id=variant.pk, on_hand=10, reason="", actor_id=make_buyer().pk, now=NOON)

    assert len(ledger(variant)) == 1


@pytest.mark.parametrize("number", [-1, 1_000_001, 10**18])
def test_a_number_out_of_reach_is_refused(number):
    variant, keeper = make_variant(stock=10), make_buyer()

    for act in (
        lambda: set_on_hand(variant_id=variant.pk, on_hand=number, reason="", actor_id=keeper.pk, now=NOON),
        lambda: stock_up(quantities={variant.pk: number}, now=NOON),
        lambda: set_low_mark(variant_id=variant.pk, low_mark=number),
    ):
        with pytest.raises(InvalidInput):
            act()

    assert StockItem.objects.get(pk=variant.pk).on_hand == 10
    assert len(ledger(variant)) == 1


def test_a_variant_that_is_not_there_is_not_found():
    keeper = make_buyer()

    with pytest.raises(NotFound):
        set_on_hand(variant_id=new_id(), on_hand=3, reason="", actor_id=keeper.pk, now=NOON)
    with pytest.raises(NotFound):
        set_low_mark(variant_id=new_id(), low_mark=3)

    assert not StockItem.objects.exists()


def test_pieces_that_are_found_need_a_reason_and_new_goods_have_no_door_of_their_own():
    variant, keeper = make_variant(stock=4), make_buyer()
    with pytest.raises(FindNeedsReason):
        set_on_hand(variant_id=variant.pk, on_hand=5, reason="  ", actor_id=keeper.pk, now=NOON)
    assert ledger(variant) == [("RECEIVED", 4, 4)]

    set_on_hand(variant_id=variant.pk, on_hand=5, reason="在 3 号架后面找到", actor_id=keeper.pk, now=NOON)

    assert ledger(variant)[-1] == ("CORRECTED", 1, 5)
    assert not hasattr(actions, "receive_stock")
