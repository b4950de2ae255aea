"""Every write to payments, refunds and provider messages."""

from backend.payments.actions.capture_payment import book_as_sale, capture_payment, fail_payment
from backend.payments.actions.keep_event import give_verdict, keep_refused_event, record_event
from backend.payments.actions.request_refund import record_provider_refund, request_refund
from backend.payments.actions.settle_refund import note_refund_failed, settle_refund
from backend.payments.actions.start_payment import expire_payments, open_payment, start_payment
from backend.payments.actions.submit_refund import submit_due_refunds, submit_refund

__all__ = [
    "book_as_sale",
    "capture_payment",
    "expire_payments",
    "fail_payment",
    "give_verdict",
    "keep_refused_event",
    "note_refund_failed",
    "open_payment",
    "record_event",
    "record_provider_refund",
    "request_refund",
    "settle_refund",
    "start_payment",
    "submit_due_refunds",
    "submit_refund",
]
