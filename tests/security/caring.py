"""A plan, a covered piece and old things of the owner, and the right input for each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from backend.accounts.models import Address, User
from backend.aftersales.actions import record_absence, set_own_flow
from backend.aftersales.models import AfterSaleCase
from backend.checkout.actions import PlacedOrder
from backend.core.ids import new_id
from backend.fulfilment.actions import deliver_order, ship_order
from backend.orders.models import OrderLine
from backend.payments.models import Payment
from backend.protection.actions import PlanText, activate_coverages, buy_protection, save_plan
from backend.protection.models import Coverage
from backend.tradein import actions
from tests.factories.aftersales import make_agent
from tests.factories.catalogue import texts
from tests.factories.fulfilment import codes_of
from tests.factories.payments import make_paid_order, pay
from tests.factories.promotions import this_moment
from tests.factories.protection import BANDS
from tests.factories.tradein import GOOD, QUESTIONS

ALL = texts("延保一年", "延長保固一年", "One more year")


def make_care(owner: User, keeper: User, agent: User) -> dict[str, UUID]:
    """A plan and a coverage, and a trade-in for each door, where that door opens."""
    return {
        **_protection(owner, keeper), **_trade_ins(owner, keeper, agent), "own_flow": _flow(owner, agent),
        "agent": agent.id, "absence": _absence(agent), "stand_in": make_agent("Stan").id,
    }  # fmt: skip


def _flow(owner: User, agent: User) -> UUID:
    """A return flow that stands, set by a person."""
    now = this_moment()
    case = AfterSaleCase.objects.filter(buyer=owner)[0]
    return set_own_flow(
        case_id=case.pk, agent_id=agent.id, reason="退回的包裹两次少了配件。", ends_at=now + timedelta(days=30), now=now
    ).pk


def _absence(agent: User) -> UUID:
    """Days on which somebody stands in for the agent."""
    now = this_moment()
    return record_absence(
        agent_id=agent.id, stand_in_id=make_agent("Sten").id, starts_at=now + timedelta(days=40),
        ends_at=now + timedelta(days=44), recorder_id=agent.id, is_lead=False, now=now,
    ).pk  # fmt: skip


def _delivered_line(owner: User) -> OrderLine:
    now = this_moment()
    order = make_paid_order(buyer=owner, now=now).order
    ship_order(order_id=order.id, codes=codes_of(order), actor_id=None, now=now)
    deliver_order(order_id=order.id, actor_id=None, now=now)
    return OrderLine.objects.select_related("product").get(order=order)


def _protection(owner: User, keeper: User) -> dict[str, UUID]:
    covered, bare = _delivered_line(owner), _delivered_line(owner)
    now = this_moment()
    shelves = [covered.product.category_id, bare.product.category_id]
    text = PlanText(title=ALL, covers=ALL, months=12, repairs=2, bands=BANDS, shelf_ids=shelves)
    version = save_plan(plan_id=None, seen_number=None, text=text, editor_id=keeper.id, now=now)
    order = buy_protection(
        line_id=covered.pk, plan_id=version.plan_id, pieces=1, price_minor=900, buyer_id=owner.id,
        provider="sandbox", idempotency_key=new_id(), now=now,
    )  # fmt: skip
    pay(PlacedOrder(order, Payment.objects.get(order=order)), now=now)
    activate_coverages(plan_order_id=order.pk, now=now)
    return {
        "plan": version.plan_id,
        "plan_line": bare.pk,
        "plan_shelf": shelves[0],
        "coverage": Coverage.objects.get(plan_order=order).pk,
    }


def _trade_ins(owner: User, keeper: User, agent: User) -> dict[str, UUID]:
    shelf = _delivered_line(owner).product.category_id
    now = this_moment()
    text = actions.ListText(title=ALL, base_minor=10_000, step_minor=1000, questions=QUESTIONS)
    price_list = actions.save_list(
        kind_id=None, category_id=shelf, seen_number=None, text=text, editor_id=keeper.id, now=now
    )
    actions.set_budget(limit_minor=1_000_000, now=now)
    made = {
        name: actions.ask_trade_in(
            kind_id=price_list.kind_id, answers=GOOD, words="", picture_ids=(), person_id=owner.id,
            idempotency_key=new_id(), now=now,
        )
        for name in ("thing_offered", "thing_taken", "thing_here")
    }  # fmt: skip
    address = Address.objects.values_list("pk", flat=True).filter(user=owner)[0]
    for name in ("thing_taken", "thing_here"):
        actions.take_offer(trade_in_id=made[name].pk, person_id=owner.id, is_by_hand=False, address_id=address, now=now)
    actions.receive_trade_in(trade_in_id=made["thing_here"].pk, agent_id=agent.id, now=now)
    return {"thing_kind": price_list.kind_id, **{name: each.pk for name, each in made.items()}}


def inputs_of(ids: dict[str, str], key: dict[str, str]) -> dict[str, dict[str, Any]]:
    """The right input of every mutation of plans and trade-ins."""
    taken, here = {"tradeInId": ids["thing_taken"]}, {"tradeInId": ids["thing_here"]}
    parcel = {"carrier": "顺丰", "tracking": "SF1234567890"}
    plan = {"title": ALL, "covers": ALL, "months": 12, "repairs": 2, "bands": BANDS, "shelfIds": [ids["plan_shelf"]]}
    lists = {"title": ALL, "baseMinor": 10_000, "stepMinor": 1000, "questions": QUESTIONS}
    return {
        "setOwnFlow": {
            "caseId": ids["sale_fresh"],
            "reason": "退回的包裹两次少了配件。",
            "endsAt": (this_moment() + timedelta(days=30)).isoformat(),
        },
        "settleAdvance": {"caseId": ids["sale_fresh"], "outcome": "KEPT", "note": "东西不值得寄回来，送给你了。"},
        "recordAbsence": {
            "agentId": ids["agent"],
            "standInId": ids["stand_in"],
            "startsAt": (this_moment() + timedelta(days=2)).isoformat(),
            "endsAt": (this_moment() + timedelta(days=5)).isoformat(),
        },
        "callOffAbsence": {"absenceId": ids["absence"]},
        "endOwnFlow": {"flowId": ids["own_flow"]},
        "objectToFlow": {"flowId": ids["own_flow"], "words": "配件都在盒子的夹层里。"},
        "buyProtection": {"lineId": ids["plan_line"], "planId": ids["plan"], "pieces": 1, "priceMinor": 900, **key},
        "cancelProtection": {"coverageId": ids["coverage"]},
        "saveProtectionPlan": {"planId": ids["plan"], "seenNumber": 1, **plan},
        "offerProtectionPlan": {"planId": ids["plan"], "isOffered": True},
        "askTradeIn": {
            "kindId": ids["thing_kind"], "answers": GOOD, "words": "", "pictureIds": [ids["picture"]], **key
        },
        "takeTradeInOffer": {
            "tradeInId": ids["thing_offered"], "isByHand": False, "addressId": ids["address"]
        },
        "sendTradeIn": {**taken, **parcel},
        "answerTradeInPrice": {**here, "accepts": True},
        "withdrawTradeIn": taken,
        "receiveTradeIn": taken,
        "inspectTradeIn": {**here, "version": 2, "amountMinor": 8000, "note": "", "pictureIds": [ids["picture"]]},
        "returnTradeIn": {**here, **parcel},
        "saveTradeInList": {"kindId": ids["thing_kind"], "seenNumber": 1, "categoryId": ids["plan_shelf"], **lists},
        "openTradeInList": {"kindId": ids["thing_kind"], "isOpen": True},
        "setTradeInBudget": {"limitMinor": 2_000_000},
    }  # fmt: skip


def arguments_of(ids: dict[str, str]) -> dict[str, dict[str, Any]]:
    """What the root fields are asked with."""
    return {
        "Query.orderProtection": {"orderId": ids["delivered"]},
        "Query.tradeIn": {"id": ids["thing_offered"]},
        "Query.tradeInWorth": {"kindId": ids["thing_kind"], "answers": GOOD},
        "Query.tradeInDesk": {"view": "inspect"},
    }
