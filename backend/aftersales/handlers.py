"""What after-sales do when others tell of something, and whom they tell."""

from typing import Any

from backend.aftersales import actions
from backend.aftersales.events import AdvancePaid, AfterSaleMoved, AfterSaleNoted, AfterSaleOpened, OwnFlowSet
from backend.aftersales.models import Actor, AfterSaleCase, CaseState, OwnFlow
from backend.aftersales.selectors.cases import ASKER
from backend.core.errors import readable
from backend.core.money import Money
from backend.core.realtime import publish
from backend.fulfilment.events import ReturnParcelScanned, ShipmentDelivered, ShipmentSent, ShipmentTroubled
from backend.messaging.actions import notify
from backend.messaging.selectors import unread_of
from backend.orders.events import OrderCancelled, OrderRefunded
from backend.payments.events import RefundSettled

TOPIC = "after_sales"
TOLD = {
    CaseState.WAIT_BUYER_SHIP: "after_sale_send_back",
    CaseState.REJECTED: "after_sale_rejected",
    CaseState.INSPECTING: "after_sale_inspecting",
    CaseState.DISPUTED: "after_sale_disputed",
    CaseState.REFUNDING: "after_sale_refunding",
    CaseState.RESHIPPING: "after_sale_reshipping",
    CaseState.CLOSED: "after_sale_closed",
    CaseState.REVISIT: "after_sale_revisit",
}


def finish_refunded(event: RefundSettled) -> None:
    """Money has arrived back: the cases that waited for it are done."""
    actions.finish_refunded_cases(order_id=event.order_id, now=event.at)


def close_given_up(event: OrderCancelled) -> None:
    """An order that was given up has nothing left to ask for."""
    actions.close_cases_of_order(order_id=event.order_id, reason="order_cancelled", now=event.at)


def close_refunded(event: OrderRefunded) -> None:
    """All money of an order is back, so nothing is left to ask for."""
    if event.is_full:
        actions.close_cases_of_order(order_id=event.order_id, reason="order_refunded", now=event.at)


def follow_sent(event: ShipmentSent) -> None:
    """The new or repaired piece of a case has left."""
    if event.resend_id is not None:
        actions.note_parcel_left(
            resend_id=event.resend_id, carrier=event.carrier, tracking_number=event.tracking_number, now=event.at
        )


def follow_delivered(event: ShipmentDelivered) -> None:
    """The new or repaired piece of a case was signed for."""
    if event.resend_id is not None:
        actions.note_parcel_arrived(resend_id=event.resend_id, now=event.at)


def follow_troubled(event: ShipmentTroubled) -> None:
    """The new or repaired piece of a case is held up, or came back."""
    if event.resend_id is not None:
        actions.note_parcel_trouble(resend_id=event.resend_id, is_returned=event.is_returned, now=event.at)


def advance_money(event: ReturnParcelScanned) -> None:
    """The carrier has the parcel of a case: money that was promised for this moment goes back."""
    if event.asker_kind == ASKER:
        actions.pay_advance(case_id=event.asker_id, scanned_at=event.scanned_at, now=event.at)


def tell_of_advance(event: AdvancePaid) -> None:
    """Tell the buyer that the money did not wait for the thing."""
    case = AfterSaleCase.objects.get(pk=event.case_id)
    _hint(case)
    _notify(case, "after_sale_advanced", key=f"after_sale_advanced:{case.id}", at=event.at)


def tell_buyer(event: AfterSaleMoved) -> None:
    """Tell the buyer what became of the case where it matters, and let open pages look again."""
    case = AfterSaleCase.objects.get(pk=event.case_id)
    _hint(case)
    kind = TOLD.get(CaseState(event.state))
    if event.from_state == CaseState.RESHIPPING and event.state == CaseState.DONE:
        kind = "after_sale_arrived"
    if kind is None or (event.state == CaseState.CLOSED and case.close_reason.startswith("order_")):
        return
    _notify(case, kind, key=f"{kind}:{case.id}:{case.version}", at=event.at)


def tell_of_words(event: AfterSaleNoted) -> None:
    """Tell the buyer that the shop wrote."""
    case = AfterSaleCase.objects.get(pk=event.case_id)
    _hint(case)
    if event.actor == Actor.AGENT:
        _notify(case, "after_sale_message", key=f"after_sale_message:{event.event_id}", at=event.at)


def tell_of_flow(event: OwnFlowSet) -> None:
    """Tell the buyer which return flow applies from now on, and where to object."""
    flow = OwnFlow.objects.get(pk=event.flow_id)
    kind = "own_flow_ended" if event.is_ended else "own_flow_set"
    notify(
        user_id=event.buyer_id,
        kind=kind,
        params={"reason": flow.reason, "until": flow.ends_at.date().isoformat()},
        url="/aftersales",
        dedupe_key=f"{kind}:{flow.pk}",
        now=event.at,
    )


def hint_desk(event: AfterSaleOpened | AfterSaleMoved | AfterSaleNoted) -> None:
    """Let the desk look at the queue again."""
    publish(TOPIC, {"id": str(event.case_id)})


def _notify(case: AfterSaleCase, kind: str, *, key: str, at: Any) -> None:
    decided = case.requested_minor if case.decided_minor is None else case.decided_minor
    notify(
        user_id=case.buyer_id,
        kind=kind,
        params={"number": case.number, "amount": str(readable(Money(decided, case.currency)))},
        url=f"/aftersales/{case.id}",
        dedupe_key=key,
        now=at,
    )


def _hint(case: AfterSaleCase) -> None:
    hint = {**unread_of(case.buyer_id), "reason": "after_sale", "order_id": str(case.order_id)}
    publish(f"user:{case.buyer_id}", hint)
