"""Reactions of checkout: stated money is taken in as if its message had come; paid orders get their invoice."""

from contextlib import suppress

from backend.checkout.actions import (
    issue_credit_note,
    issue_invoice,
    make_invoice_file,
    receive_notice,
)
from backend.checkout.events import InvoiceIssued, InvoiceWished
from backend.orders.events import OrderConfirmed, OrderRefunded
from backend.payments.actions import request_refund
from backend.payments.errors import NothingToRefund
from backend.payments.events import StatementMoneyFound
from backend.payments.models import Payment
from backend.payments.ports import Notice


def take_in_stated_money(event: StatementMoneyFound) -> None:
    """Apply a movement of a statement, and send the money back if that was decided."""
    payment = Payment.objects.get(pk=event.payment_id)
    notice = Notice(
        provider=event.provider,
        event_id=f"statement:{event.row_id}",
        kind=f"{event.kind}.succeeded",
        reference=payment.reference,
        amount_minor=event.amount_minor,
        currency=event.currency,
        provider_reference=event.provider_reference,
        refund_key=event.refund_key,
        body=b'{"source": "statement"}',
    )
    receive_notice(notice=notice, now=event.at)
    payment.refresh_from_db()
    if event.sends_back and payment.captured_minor > payment.refunded_minor:
        with suppress(NothingToRefund):
            cause = f"statement:{event.difference_id}"
            request_refund(
                order_id=payment.order_id, payment_id=payment.id, reason="statement", cause=cause, now=event.at
            )


def issue_wished_invoice(event: OrderConfirmed | InvoiceWished) -> None:
    """An order that is paid and kept gets the invoice its buyer wished for."""
    issue_invoice(order_id=event.order_id, now=event.at)


def take_invoice_back(event: OrderRefunded) -> None:
    """Money that went back is taken off the invoice, if there is one."""
    issue_credit_note(order_id=event.order_id, refund_id=event.refund_id, amount_minor=event.amount_minor, now=event.at)


def draw_issued_invoice(event: InvoiceIssued) -> None:
    """Make the document."""
    make_invoice_file(invoice_id=event.invoice_id)
