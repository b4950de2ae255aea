"""Protection plans for tests, made by the actions that the shop uses."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from backend.checkout.actions import PlacedOrder
from backend.core.ids import new_id
from backend.orders.models import Order
from backend.payments.models import Payment
from backend.protection.actions import PlanText, activate_coverages, buy_protection, save_plan
from backend.protection.models import Coverage, PlanVersion
from tests.factories.accounts import make_person
from tests.factories.aftersales import ARRIVED, first_line
from tests.factories.catalogue import NOON, texts
from tests.factories.payments import pay

BOUGHT = ARRIVED + timedelta(days=3)
BANDS = [{"fromMinor": 1000, "fixedMinor": 900}, {"fromMinor": 50_000, "shareBps": 800}]


def plan_text(order: Order, **changes: Any) -> PlanText:
    """What a plan for the shelf of an order's first thing says."""
    facts: dict[str, Any] = {
        "title": texts("延保两年", "延保兩年", "Two more years"),
        "covers": texts("非人为故障", "非人為故障", "Faults that nobody caused"),
        "months": 24,
        "repairs": 2,
        "bands": BANDS,
        "shelf_ids": [first_line(order).product.category_id],
    }
    return PlanText(**{**facts, **changes})


def make_plan(order: Order, *, now: datetime = NOON, **changes: Any) -> PlanVersion:
    """A plan for the shelf of an order's first thing."""
    editor = make_person("Gina", roles=("growth",))
    return save_plan(plan_id=None, seen_number=None, text=plan_text(order, **changes), editor_id=editor.id, now=now)


def buy(
    order: Order,
    version: PlanVersion,
    *,
    pieces: int = 1,
    price_minor: int = 900,
    key: UUID | None = None,
    buyer_id: UUID | None = None,
    credit_minor: int = 0,
    now: datetime = BOUGHT,
) -> PlacedOrder:
    """Order a plan for pieces of the first line; it waits for its payment."""
    bought = buy_protection(
        line_id=first_line(order).id,
        plan_id=version.plan_id,
        pieces=pieces,
        price_minor=price_minor,
        credit_minor=credit_minor,
        buyer_id=buyer_id or order.buyer_id,
        provider="sandbox",
        idempotency_key=key or new_id(),
        now=now,
    )
    return PlacedOrder(bought, Payment.objects.get(order=bought))


def make_coverage(order: Order, version: PlanVersion | None = None, *, now: datetime = BOUGHT) -> Coverage:
    """A plan that is paid and in force."""
    placed = buy(order, version or make_plan(order), now=now)
    pay(placed, now=now)
    activate_coverages(plan_order_id=placed.order.pk, now=now)
    return Coverage.objects.get(plan_order=placed.order)
