"""Every write to payments, refunds and provider messages."""

from backend.payments.actions.alarm import close_alert, open_alert, watch_failure_rate, watch_refunds
from backend.payments.actions.authorise_payment import authorise_payment, decide_capture, decide_void
from backend.payments.actions.capture_payment import book_as_sale, capture_payment, fail_payment
from backend.payments.actions.confirm_credit import check_credit_confirmed
from backend.payments.actions.desk import retry_refund, review_event
from backend.payments.actions.judge_payment import confirm_payment, decide_risk, forget_tries, note_payer
from backend.payments.actions.keep_event import give_verdict, keep_refused_event, record_event
from backend.payments.actions.open_pay_page import (
    PayDoor,
    choose_payment,
    keep_session,
    look_again,
    open_pay_page,
    plan_session,
)
from backend.payments.actions.pay_inside import payer_told, payment_in_browser, way_to_payer
from backend.payments.actions.reconcile import reconcile, resolve_difference
from backend.payments.actions.request_refund import record_provider_refund, request_refund
from backend.payments.actions.settle_authorisation import (
    lose_authorisation,
    note_authorisation_ended,
    record_capture,
    record_void,
)
from backend.payments.actions.settle_refund import note_refund_failed, settle_refund
from backend.payments.actions.start_payment import expire_payments, open_payment, start_payment
from backend.payments.actions.store_credit import grant_store_credit, open_wallets, take_back_credit
from backend.payments.actions.submit_authorisation import submit_authorisation, submit_due_authorisations
from backend.payments.actions.submit_refund import submit_due_refunds, submit_refund

__all__ = [
    "PayDoor",
    "authorise_payment",
    "book_as_sale",
    "capture_payment",
    "check_credit_confirmed",
    "choose_payment",
    "close_alert",
    "confirm_payment",
    "decide_capture",
    "decide_risk",
    "decide_void",
    "expire_payments",
    "fail_payment",
    "forget_tries",
    "give_verdict",
    "grant_store_credit",
    "keep_refused_event",
    "keep_session",
    "look_again",
    "lose_authorisation",
    "note_authorisation_ended",
    "note_payer",
    "note_refund_failed",
    "open_alert",
    "open_pay_page",
    "open_payment",
    "open_wallets",
    "payer_told",
    "payment_in_browser",
    "plan_session",
    "reconcile",
    "record_capture",
    "record_event",
    "record_provider_refund",
    "record_void",
    "request_refund",
    "resolve_difference",
    "retry_refund",
    "review_event",
    "settle_refund",
    "start_payment",
    "submit_authorisation",
    "submit_due_authorisations",
    "submit_due_refunds",
    "submit_refund",
    "take_back_credit",
    "watch_failure_rate",
    "watch_refunds",
    "way_to_payer",
]
