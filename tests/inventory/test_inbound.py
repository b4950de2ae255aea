"""Goods from suppliers: how many are looked at, what the table says, and what becomes stock."""

import pytest
from django.db import IntegrityError, transaction

from backend.catalogue.models import Variant
from backend.core.errors import InvalidInput
from backend.core.ids import new_id
from backend.inventory import ports
from backend.inventory.actions import inbound, inspect_line, take_delivery
from backend.inventory.errors import DeliveryKnown, LineInspected, UnknownSku
from backend.inventory.models import InboundDelivery, InboundLine, StockItem, StockMovement
from backend.inventory.ports import Faults, register_fault_source
from backend.inventory.sampling import Level, level_for, plan_for
from backend.inventory.selectors import available_of, miscounted
from tests.factories.aftersales import ASKED, ask, first_line, make_agent, make_sent_order
from tests.factories.catalogue import NOON, make_variant
from tests.factories.orders import make_buyer
from tests.support.races import all_at_once

db = pytest.mark.django_db
INSPECTORS = 6


def bring(quantity=100, *, sku=None, note="SH-1", key=None, actor=None, supplier="桐庐竹器厂"):
    """A delivery of so many pieces of one article."""
    return take_delivery(
        supplier=supplier,
        note_number=note,
        quantities={sku or make_variant(stock=0).sku: quantity},
        actor_id=(actor or make_buyer("Sue")).id,
        idempotency_key=key or new_id(),
        now=NOON,
    )


@pytest.mark.parametrize(
    ("quantity", "level", "sample", "most"),
    [
        (1, Level.II, 1, 0), (5, Level.II, 5, 0), (8, Level.II, 5, 0), (50, Level.II, 5, 0), (51, Level.II, 20, 1),
        (150, Level.II, 20, 1), (151, Level.II, 32, 2), (500, Level.II, 50, 3), (1_200, Level.II, 80, 5),
        (3_200, Level.II, 125, 7), (10_000, Level.II, 200, 10), (35_000, Level.II, 315, 14),
        (35_001, Level.II, 500, 21), (1_000_000, Level.II, 500, 21),
        (25, Level.III, 5, 0), (26, Level.III, 20, 1), (90, Level.III, 20, 1), (100, Level.III, 32, 2),
        (500, Level.III, 80, 5), (1_000_000, Level.III, 500, 21),
    ],
)  # fmt: skip
def test_the_sample_follows_the_table(quantity, level, sample, most):
    plan = plan_for(quantity=quantity, level=level)

    assert (plan.sample_size, plan.accept_number) == (sample, most)


def test_goods_that_come_back_often_are_looked_at_on_level_three():
    assert level_for(sold=100, faulty=4) == Level.II
    assert level_for(sold=100, faulty=5) == Level.III
    assert level_for(sold=19, faulty=19) == Level.II


@db
def test_nothing_is_stock_before_it_was_looked_at_and_accepted_goods_are():
    line = InboundLine.objects.get(delivery=bring(100))
    inspector = make_buyer("Ines")
    assert available_of([line.variant_id])[line.variant_id] == 0

    inspect_line(line_id=line.id, defects=1, note=" 一件 有毛刺 ", actor_id=inspector.id, now=NOON)
    with pytest.raises(LineInspected):
        inspect_line(line_id=line.id, defects=0, note="", actor_id=inspector.id, now=NOON)

    line.refresh_from_db()
    assert (line.verdict, line.note, line.inspected_by_id) == ("ACCEPTED", "一件 有毛刺", inspector.id)
    assert StockItem.objects.get(pk=line.variant_id).on_hand == 100
    assert StockMovement.objects.get(reference=f"inbound:{line.id}").change == 100
    assert miscounted() == []


@db
def test_rejected_goods_never_become_stock():
    line = InboundLine.objects.get(delivery=bring(100))

    inspect_line(line_id=line.id, defects=2, note="裂纹", actor_id=make_buyer("Ines").id, now=NOON)

    line.refresh_from_db()
    assert line.verdict == "REJECTED"
    assert available_of([line.variant_id])[line.variant_id] == 0
    assert not StockMovement.objects.filter(reference=f"inbound:{line.id}").exists()


@db
def test_the_database_keeps_the_verdict_to_the_table():
    line = InboundLine.objects.get(delivery=bring(100))

    for wrong in ({"verdict": "ACCEPTED", "defects": 2}, {"verdict": "REJECTED", "defects": 1}, {"defects": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            InboundLine.objects.filter(pk=line.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        InboundLine.objects.filter(pk=line.pk).update(verdict="REJECTED", defects=21)

    line.refresh_from_db()
    assert (line.verdict, line.defects) == ("", None)


@db
def test_a_note_is_taken_in_once_and_unknown_articles_are_refused():
    sku, key, actor = make_variant(stock=0).sku, new_id(), make_buyer("Sue")
    first = bring(10, sku=sku, key=key, actor=actor)

    assert bring(10, sku=sku, key=key, actor=actor).id == first.id
    with pytest.raises(DeliveryKnown):
        bring(10, sku=sku)
    with pytest.raises(UnknownSku) as unknown:
        bring(10, sku="NO-SUCH", note="SH-2")
    for wrong in ({"quantity": 0}, {"supplier": " "}, {"note": ""}):
        with pytest.raises(InvalidInput):
            bring(**{"quantity": 1, "sku": sku, "note": "SH-3", **wrong})

    assert unknown.value.sku == "NO-SUCH"
    assert InboundDelivery.objects.count() == 1


@db
def test_faults_that_buyers_reported_make_the_next_sample_larger():
    order = make_sent_order(variants=[(make_variant(stock=100), 40)])
    line = first_line(order)
    sku = Variant.objects.get(pk=line.variant_id).sku
    assert InboundLine.objects.get(delivery=bring(100, sku=sku)).level == "II"

    ask(order, reason="QUALITY", quantity=2)
    after = take_delivery(
        supplier="桐庐竹器厂", note_number="SH-9", quantities={sku: 100}, actor_id=make_agent().id,
        idempotency_key=new_id(), now=ASKED,
    )  # fmt: skip

    looked = InboundLine.objects.get(delivery=after)
    assert (looked.level, looked.sample_size, looked.accept_number) == ("III", 32, 2)


def test_without_an_app_that_hears_of_faults_nothing_is_known(monkeypatch):
    monkeypatch.setattr(ports, "_sources", [])
    assert ports.faults_of([new_id()], now=NOON) == {}

    register_fault_source(lambda ids, now: dict.fromkeys(ids, Faults(10, 1)))

    one = new_id()
    assert ports.faults_of([one], now=NOON) == {one: Faults(10, 1)}


def test_inspectors_at_once_put_a_delivery_on_the_shelf_once(fresh_database):
    line = InboundLine.objects.get(delivery=bring(100))
    person = make_buyer("Ines")

    outcome = all_at_once(
        INSPECTORS, lambda _: inspect_line(line_id=line.id, defects=0, note="", actor_id=person.id, now=NOON)
    )

    assert {type(raised) for raised in outcome.raised} == {LineInspected}
    assert StockItem.objects.get(pk=line.variant_id).on_hand == 100


def test_control_without_the_lock_the_delivery_is_counted_several_times(fresh_database, monkeypatch):
    line = InboundLine.objects.get(delivery=bring(100))
    person = make_buyer("Ines")
    monkeypatch.setattr(inbound, "lock_one", lambda model, pk: model.objects.get(pk=pk))

    all_at_once(INSPECTORS, lambda _: inspect_line(line_id=line.id, defects=0, note="", actor_id=person.id, now=NOON))

    assert StockItem.objects.get(pk=line.variant_id).on_hand > 100
