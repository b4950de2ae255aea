"""What happened to an order, as this app is told of it."""

from backend.core.ids import new_id
from backend.orders.events import OrderPaid, OrderRefunded
from backend.orders.models import Order
from backend.payments.events import AuthorisationVoided
from tests.factories.orders import LATER


def order_paid(order: Order) -> OrderPaid:
    """The money is in."""
    return OrderPaid(
        order_id=order.id,
        buyer_id=order.buyer_id,
        total_minor=order.total_minor,
        kind=order.kind,
        campaign_id=None,
        at=LATER,
    )


def order_refunded(order: Order, so_far: int) -> OrderRefunded:
    """Money went back."""
    return OrderRefunded(
        order_id=order.id,
        buyer_id=order.buyer_id,
        refund_id=new_id(),
        amount_minor=1,
        refunded_minor=so_far,
        total_minor=order.total_minor,
        is_full=so_far >= order.total_minor,
        reason="test",
        at=LATER,
    )


def authorisation_voided(order: Order, *, settles_order: bool) -> AuthorisationVoided:
    """Held money was released."""
    return AuthorisationVoided(
        payment_id=new_id(),
        order_id=order.id,
        buyer_id=order.buyer_id,
        amount_minor=order.total_minor,
        settles_order=settles_order,
        at=LATER,
    )
