"""What this app does when others tell of something."""

from backend.accounts.events import PersonSignedUp
from backend.orders.events import OrderPaid, OrderRefunded
from backend.payments.events import AuthorisationLost, AuthorisationVoided
from referrals.channels import actions


def credit_who_signed_up(event: PersonSignedUp) -> None:
    """A new person came by the channel whose link their browser opened last."""
    actions.credit_sign_up(user_id=event.user_id, visitor=event.visitor, now=event.at)


def credit_paid_order(event: OrderPaid) -> None:
    """A paid order counts for the channel by which its buyer came, or for none."""
    actions.credit_order(order_id=event.order_id, now=event.at)


def take_back_refund(event: OrderRefunded) -> None:
    """What went back is taken from the channel."""
    actions.take_back(order_id=event.order_id, refunded_minor=event.refunded_minor)


def take_back_released(event: AuthorisationVoided) -> None:
    """Money that was only held and is released never came in."""
    if event.settles_order:
        actions.take_back(order_id=event.order_id)


def take_back_lost(event: AuthorisationLost) -> None:
    """Money that was held and can never be taken never came in."""
    actions.take_back(order_id=event.order_id)
