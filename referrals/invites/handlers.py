"""What this app does when others tell of something."""

from backend.accounts.events import PersonSignedUp
from backend.orders.events import OrderConfirmed, OrderPaid
from referrals.invites import actions


def bind_who_signed_up(event: PersonSignedUp) -> None:
    """A new person belongs to whoever's link they opened last."""
    actions.adopt_touches(user_id=event.user_id, visitor=event.visitor, now=event.at)
    actions.bind_visitor(invitee_id=event.user_id, visitor=event.visitor, now=event.at)


def attribute_paid_order(event: OrderPaid) -> None:
    """With the money in, it is settled who gets the credit."""
    actions.attribute_order(order_id=event.order_id, now=event.at)


def reward_first_order(event: OrderConfirmed) -> None:
    """The first kept order of an invited person rewards both."""
    actions.reward_invite(order_id=event.order_id, now=event.at)
