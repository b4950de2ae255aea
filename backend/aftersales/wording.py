"""The words of after-sales: stages, steps of a sum, lines of a history, ways to solve a problem."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.aftersales.models import CaseEvent, CaseReason, CaseState, CaseType
from backend.aftersales.rules.windows import FAULT_OF_SHOP
from backend.core.languages import translate

STAGES: Mapping[str, Promise] = {
    "apply": _("Ask"),
    "verify": _("Check the order"),
    "diagnose": _("Diagnose"),
    "decide": _("Decide"),
    "return": _("Send back or repair"),
    "settle": _("Settle"),
    "revisit": _("Ask how it went"),
}
STEPS: Mapping[str, Promise] = {
    "pieces": _("%(title)s × %(quantity)s at the price of that day"),
    "discount": _("Less your discount: %(title)s"),
    "shipping": _("Sending, because the whole order comes back"),
    "recomputed": _("Less offers and gifts that what you keep no longer earns"),
    "paid": _("You paid for %(title)s × %(quantity)s"),
    "price_now": _("Today’s price for %(title)s × %(quantity)s"),
}
EVENTS: Mapping[str, Promise] = {
    "applied": _("Request sent"),
    "verified": _("Order and identity checked"),
    "message": _("Message"),
    "covered": _("Repaired under your protection plan"),
    "note": _("Note for the desk"),
    "taken": _("Taken by an agent"),
    "escalated": _("Handed up"),
    "to_packers": _("Handed to the packers"),
    "parcel_left": _("Another parcel left"),
    "parcel_back": _("The parcel came back; it is packed again"),
    "parcel_held_up": _("The parcel is held up; we look after it"),
    "parcel_missed": _("The parcel should be there by now; somebody asks the carrier"),
    "advanced": _("The carrier has the parcel; your money went back already"),
    "advance_settled": _("Settled: the money had gone ahead of the thing"),
    "shelved": _("Put back on the shelf"),
    "compensated": _("Compensation paid as store credit"),
    "subsidised": _("Return shipping paid as store credit"),
}
CLOSE_REASONS: Mapping[str, Promise] = {
    "cancelled_by_buyer": _("Withdrawn by the buyer"),
    "not_in_time": _("The time for the next step ran out"),
    "advance_kept": _("You keep the thing, and the money stays with you"),
    "advance_lost": _("The parcel did not reach us; the money stays with you"),
    "arbitrated": _("Decided by a third person"),
    "order_cancelled": _("The order was cancelled"),
    "order_refunded": _("All of the money went back another way"),
}
TYPE_TEXTS: Mapping[str, Promise] = {
    CaseType.RETURN_REFUND: _("Send the pieces back, then your money comes back."),
    CaseType.EXCHANGE: _("Send the pieces back and get another kind of the same product."),
    CaseType.REFUND_ONLY: _("Keep or never had the pieces; money comes back."),
    CaseType.MISSING_OR_WRONG: _("The parcel was not complete, or held something else."),
    CaseType.REPAIR: _("We repair it and send it to you again."),
    CaseType.PRICE_PROTECTION: _("It is cheaper now: get the difference, once per thing."),
}


def step_label(step: Mapping[str, Any], *, locale: str) -> str:
    """One line of a sum, in the reader's language."""
    if step["key"] == "note":
        return translate(step["title"], locale)
    words = STEPS.get(step["key"], "")
    return str(words) % {"title": translate(step.get("title"), locale), "quantity": step.get("quantity", 0)}


def event_label(event: CaseEvent) -> str:
    """What happened, in the reader's language."""
    if event.to_state:
        return str(CaseState(event.to_state).label)
    return str(EVENTS.get(event.kind, event.kind))


def close_label(reason: str) -> str:
    """Why a case ended without effect."""
    return str(CLOSE_REASONS.get(reason, reason))


def is_fault(reason: str) -> bool:
    """Whether a reason is the shop's."""
    return CaseReason(reason) in FAULT_OF_SHOP
