"""Cases of the owner, one for everything that can be done with one, and the right input for each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.aftersales import actions
from backend.aftersales.models import AfterSaleCase, CaseLine
from backend.aftersales.selectors.claims import Wanted
from backend.core.ids import new_id
from backend.fulfilment.actions import deliver_order, ship_order
from backend.orders.models import OrderLine
from tests.factories.fulfilment import codes_of
from tests.factories.payments import make_paid_order
from tests.factories.promotions import this_moment


def make_cases(owner: User, agent: User) -> dict[str, UUID]:
    """A case for each door, where that door opens."""
    now = this_moment()
    cases = {
        name: _case(owner) for name in ("fresh", "taken", "back", "arriving", "looked", "refused", "disputed", "swap")
    }
    for name in ("back", "arriving", "looked", "disputed", "swap"):
        _approve(cases[name], agent)
    for name in ("arriving", "looked", "disputed", "swap"):
        actions.send_back(case_id=cases[name], buyer_id=owner.id, carrier="SF", tracking="SF1", now=now)
    for name in ("looked", "disputed", "swap"):
        actions.receive_back(case_id=cases[name], agent_id=agent.id, now=now)
    for name in ("refused",):
        version = AfterSaleCase.objects.get(pk=cases[name]).version
        actions.reject_case(
            case_id=cases[name],
            agent_id=agent.id,
            version=version,
            note="看起来是使用后的痕迹，不属于质量问题。",
            now=now,
        )
    return cases


def _case(owner: User) -> UUID:
    now = this_moment()
    order = make_paid_order(buyer=owner, now=now).order
    ship_order(order_id=order.id, codes=codes_of(order), actor_id=None, now=now)
    deliver_order(order_id=order.id, actor_id=None, now=now)
    line = OrderLine.objects.filter(order=order)[0]
    return actions.apply_for_after_sale(
        order_id=order.id, buyer_id=owner.id,
        wanted=Wanted(type="RETURN_REFUND", reason="QUALITY", pieces={line.id: 1}, instead={}),
        remedy=None, detail="", picture_ids=(), to_store_credit=False, idempotency_key=new_id(), now=now,
    ).id  # fmt: skip


def _approve(case_id: UUID, agent: User) -> None:
    version = AfterSaleCase.objects.get(pk=case_id).version
    actions.approve_case(
        case_id=case_id, agent_id=agent.id, version=version, amount_minor=None, remedy=None, note="", now=this_moment()
    )


def wish_of(ids: dict[str, str]) -> dict[str, Any]:
    """What the owner may ask for."""
    return {
        "orderId": ids["delivered"],
        "type": "RETURN_REFUND",
        "reason": "QUALITY",
        "pieces": [{"lineId": ids["delivered_line"], "quantity": 1}],
    }


def inputs_of(ids: dict[str, str], key: dict[str, str]) -> dict[str, dict[str, Any]]:
    """The right input of every mutation of after-sales."""
    case = {"caseId": ids["sale_fresh"]}
    versions = {str(pk): version for pk, version in AfterSaleCase.objects.values_list("pk", "version")}
    looked = {"caseId": ids["sale_looked"], "version": versions[ids["sale_looked"]]}
    fit = [
        {"lineId": str(line.pk), "quantity": 1} for line in CaseLine.objects.filter(case_id=UUID(ids["sale_looked"]))
    ]
    words = "照片已经核对，按出库记录处理。"
    wish = wish_of(ids)
    return {
        "applyForAfterSale": {"wish": wish, "detail": "开关按不动", "pictureIds": [ids["picture"]], **key},
        "cancelAfterSale": case,
        "sendBackAfterSale": {"caseId": ids["sale_back"], "carrier": "顺丰", "tracking": "SF1234567890"},
        "appealAfterSale": {"caseId": ids["sale_refused"], "note": words, "pictureIds": [ids["picture"]]},
        "writeToAfterSale": {**case, "note": "补充一张照片", "pictureIds": [ids["picture"]]},
        "confirmReshipped": case,
        "rateAfterSale": {**case, "rating": 5, "words": "很快"},
        "takeAfterSale": case,
        "approveAfterSale": {**case, "version": versions[ids["sale_fresh"]], "note": "同意"},
        "rejectAfterSale": {**case, "version": versions[ids["sale_fresh"]], "note": words},
        "escalateAfterSale": {**case, "note": words},
        "answerAfterSale": {**case, "note": "正在核对", "isInternal": False},
        "receiveAfterSale": {"caseId": ids["sale_arriving"]},
        "inspectAfterSale": {**looked, "fit": fit, "isGood": True, "note": "完好"},
        "finishRepair": case,
        "answerAppeal": {**case, "note": words},
        "arbitrateAfterSale": {**looked, "isForBuyer": True, "note": words},
        "offerCompensation": {"orderId": ids["delivered"], "amountMinor": 100, "reason": words, **key},
        "decideCompensation": {"compensationId": ids["sale_fresh"], "agrees": True},
        "writeKnowledge": {**case, "title": "开关", "problem": "按不动", "cause": "受潮", "solution": "换新"},
        "publishKnowledge": {"entryId": ids["sale_fresh"], "isPublished": True},
        "setCategoryTerms": {"categoryId": ids["sale_fresh"], "isFresh": False, "isCustomised": False,
                             "noReasonDays": 7, "qualityDays": 15},
    }  # fmt: skip
