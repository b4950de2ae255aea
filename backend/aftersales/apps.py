"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from backend.aftersales.events import AdvancePaid, AfterSaleMoved, AfterSaleNoted, AfterSaleOpened, OwnFlowSet
from backend.core.outbox import subscribe
from backend.fulfilment.events import ReturnParcelScanned, ShipmentDelivered, ShipmentSent, ShipmentTroubled
from backend.inventory.ports import register_fault_source
from backend.messaging.kinds import register_kind
from backend.orders.events import OrderCancelled, OrderRefunded
from backend.payments.events import RefundSettled

KINDS = {
    "after_sale_send_back": (
        _("Please send it back"),
        _("Case %(number)s is approved. Send the parcel within seven days and enter its number."),
    ),
    "after_sale_rejected": (
        _("We could not agree to your request"),
        _("Read the reasons in case %(number)s. You may appeal within seven days."),
    ),
    "after_sale_inspecting": (_("Your return has arrived"), _("We look at it now and tell you what we find.")),
    "after_sale_disputed": (
        _("We found something in your return"),
        _("Read what we found in case %(number)s. You may appeal within seven days."),
    ),
    "after_sale_refunding": (_("Your money is on its way"), _("%(amount)s of case %(number)s goes back to you.")),
    "after_sale_advanced": (
        _("Your money went back already"),
        _("The carrier has your parcel, so %(amount)s of case %(number)s is on its way to you."),
    ),
    "after_sale_reshipping": (_("A parcel is on its way to you"), _("Case %(number)s: see its number in the case.")),
    "after_sale_arrived": (
        _("Your new piece has arrived"),
        _("Case %(number)s is done: the parcel was delivered. Tell us if anything is wrong with it."),
    ),
    "after_sale_closed": (_("Your case is closed"), _("Case %(number)s ended. Open it to see why.")),
    "after_sale_revisit": (
        _("How did it go?"),
        _("Was case %(number)s solved to your satisfaction? One to five stars, it takes a moment."),
    ),
    "own_flow_set": (
        _("Your returns are inspected first"),
        _("Until %(until)s money goes back after inspection. Why: %(reason)s You may object in your case."),
    ),
    "own_flow_ended": (_("Your returns go the usual way again"), _("The own return flow has ended.")),
    "after_sale_message": (_("Customer service wrote to you"), _("There is an answer in case %(number)s.")),
}


class AfterSalesConfig(AppConfig):
    name = "backend.aftersales"
    label = "aftersales"

    def ready(self) -> None:
        """Finish cases when money or a new piece arrives, keep buyers and the desk informed."""
        # Selectors import models, which are ready only now.
        register_fault_source(import_string("backend.aftersales.selectors.faults.faults_of_products"))
        subscribe(RefundSettled, "backend.aftersales.handlers.finish_refunded")
        subscribe(OrderCancelled, "backend.aftersales.handlers.close_given_up")
        subscribe(OrderRefunded, "backend.aftersales.handlers.close_refunded")
        subscribe(ShipmentSent, "backend.aftersales.handlers.follow_sent")
        subscribe(ShipmentDelivered, "backend.aftersales.handlers.follow_delivered")
        subscribe(ShipmentTroubled, "backend.aftersales.handlers.follow_troubled")
        subscribe(ReturnParcelScanned, "backend.aftersales.handlers.advance_money")
        subscribe(AdvancePaid, "backend.aftersales.handlers.tell_of_advance")
        subscribe(AfterSaleMoved, "backend.aftersales.handlers.tell_buyer")
        subscribe(AfterSaleNoted, "backend.aftersales.handlers.tell_of_words")
        subscribe(OwnFlowSet, "backend.aftersales.handlers.tell_of_flow")
        for event in (AfterSaleOpened, AfterSaleMoved, AfterSaleNoted):
            subscribe(event, "backend.aftersales.handlers.hint_desk")
        for kind, (title, body) in KINDS.items():
            register_kind(kind, title=title, body=body)
