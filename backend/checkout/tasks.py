"""Work that checkout does on its own: closing orders whose time to pay is over, asking after payments."""

from celery import shared_task

from backend.checkout.actions import ask_about_payments, close_overdue_orders
from backend.core import clock

CLOSE_OVERDUE = "checkout.close_overdue_orders"
ASK_ABOUT_PAYMENTS = "checkout.ask_about_payments"


@shared_task(name=CLOSE_OVERDUE, ignore_result=True)
def close_overdue() -> int:
    """Close the unpaid orders whose time is over."""
    return close_overdue_orders(now=clock.now())


@shared_task(name=ASK_ABOUT_PAYMENTS, ignore_result=True)
def ask_providers() -> int:
    """Ask the providers about payments of which no word has come."""
    return ask_about_payments(clock=clock.now)


SCHEDULE = {
    CLOSE_OVERDUE: {"task": CLOSE_OVERDUE, "schedule": 10.0},
    ASK_ABOUT_PAYMENTS: {"task": ASK_ABOUT_PAYMENTS, "schedule": 30.0},
}
