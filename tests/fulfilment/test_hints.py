"""What browsers are told of an order names it in the words of the subscription, so that open pages look again."""

from importlib import import_module
from types import SimpleNamespace

import pytest

from backend.core.ids import new_id
from backend.fulfilment.schema.desk_types import OrderDeskHintType
from backend.messaging.schema.types import ViewerHintType


@pytest.fixture
def told(monkeypatch):
    """What each of the rooms publishes."""
    hints = []
    for room in ("orders", "fulfilment", "aftersales"):
        module = import_module(f"backend.{room}.handlers")
        monkeypatch.setattr(module, "publish", lambda topic, payload: hints.append((topic, payload)))
    return hints


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("room", "name"), [("orders", "hint_buyer"), ("fulfilment", "hint_buyer"), ("aftersales", "_hint")]
)
def test_a_hint_names_the_order_so_that_its_page_looks_again(told, room, name):
    happened = SimpleNamespace(buyer_id=new_id(), order_id=new_id())

    getattr(import_module(f"backend.{room}.handlers"), name)(happened)

    ((topic, hint),) = told
    assert topic == f"user:{happened.buyer_id}"
    assert hint["order_id"] == str(happened.order_id)
    assert hint.keys() <= ViewerHintType._meta.fields.keys()


def test_a_hint_to_the_desk_names_the_order(told):
    happened = SimpleNamespace(order_id=new_id())

    import_module("backend.fulfilment.handlers").hint_desk(happened)

    ((_topic, hint),) = told
    assert hint == {"order_id": str(happened.order_id)}
    assert hint.keys() <= OrderDeskHintType._meta.fields.keys()
