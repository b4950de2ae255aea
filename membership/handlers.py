"""What this app does when others tell of something."""

from backend.aftersales.events import LinesRefunded
from backend.core.money import Money
from backend.messaging.actions import notify
from backend.orders.events import OrderConfirmed, OrderDelivered, OrderRefunded
from membership import actions, selectors
from membership.events import PointsPromised, PointsVested, TierReached


def count_confirmed_order(event: OrderConfirmed) -> None:
    """A confirmed order earns points and counts for the tier."""
    actions.count_order(order_id=event.order_id, now=event.at)


def start_clock_of_delivered_order(event: OrderDelivered) -> None:
    """With the parcel handed over, the return window runs."""
    actions.start_return_window(order_id=event.order_id, delivered_at=event.at)


def reduce_refunded_order(event: OrderRefunded) -> None:
    """What was refunded earns nothing."""
    actions.reduce_order(order_id=event.order_id, refunded=Money(event.refunded_minor), now=event.at)


def return_points_of_refunded_pieces(event: LinesRefunded) -> None:
    """Points that paid for pieces which went back come back."""
    actions.return_points_of_pieces(order_id=event.order_id, now=event.at)


def tell_of_vested_points(event: PointsVested) -> None:
    """Tell a person that points became usable."""
    notify(
        user_id=event.user_id,
        kind="points_vested",
        params={"points": event.points},
        url="/me/points",
        dedupe_key=f"points_vested:{event.lot_id}",
        now=event.at,
    )


def tell_of_promised_points(event: PointsPromised) -> None:
    """Tell a person that points are on the way."""
    notify(
        user_id=event.user_id,
        kind="points_promised",
        params={"points": event.points},
        url="/me/points",
        dedupe_key=f"points_promised:{event.lot_id}",
        now=event.at,
    )


def tell_of_tier(event: TierReached) -> None:
    """Tell a person of the new tier."""
    notify(
        user_id=event.user_id,
        kind="tier_reached",
        params={"tier": selectors.tier_names(event.tier)},
        url="/me/membership",
        dedupe_key=f"tier_reached:{event.tier}:{event.at:%Y%m}",
        now=event.at,
    )
