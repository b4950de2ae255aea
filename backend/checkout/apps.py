"""Wiring of the app: it hears of stated money; the sources of adjustments register themselves with it."""

from __future__ import annotations

from django.apps import AppConfig

from backend.checkout.events import InvoiceIssued, InvoiceWished
from backend.core.outbox import subscribe
from backend.orders.events import OrderConfirmed, OrderRefunded
from backend.payments.events import StatementMoneyFound
from backend.promotions.ports import use_pieces_left


class CheckoutConfig(AppConfig):
    name = "backend.checkout"
    label = "checkout"

    def ready(self) -> None:
        """Let promotions know how many pieces of a gift are left; stock and promotions do not know one another."""
        use_pieces_left("backend.inventory.selectors.available_of")
        subscribe(OrderConfirmed, "backend.checkout.handlers.issue_wished_invoice")
        subscribe(InvoiceWished, "backend.checkout.handlers.issue_wished_invoice")
        subscribe(OrderRefunded, "backend.checkout.handlers.take_invoice_back")
        subscribe(InvoiceIssued, "backend.checkout.handlers.draw_issued_invoice")
        subscribe(StatementMoneyFound, "backend.checkout.handlers.take_in_stated_money")
