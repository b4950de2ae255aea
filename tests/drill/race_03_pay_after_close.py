"""Twenty payments land after their groups closed, each told twice: every one finds its end, none raises."""

from backend.catalogue.models import Product
from backend.checkout.actions import PlacedOrder, receive_notice
from backend.ledger.selectors import conservation
from backend.orders.actions import mark_paid
from backend.orders.models import OrderState
from backend.payments.actions import capture_payment
from backend.payments.models import Refund
from backend.payments.rules import HELD_FOR_GROUP
from groupbuy.actions import expire_due_groups
from groupbuy.gauges import stranded_payments
from groupbuy.models import Group, GroupOrder, GroupOrderState, LateChoice, Seat, SeatState
from tests.factories.groupbuy import hold, let_pass, make_group, make_offered_product
from tests.factories.payments import make_notice
from tests.factories.promotions import this_moment
from tests.support.races import all_at_once

NUMBER = 3
NAME = "payment after the group closed, 20 twice"
PAYMENTS = 20
SEATED = [SeatState.PAID, SeatState.CONFIRMED]


def violations(*, guarded: bool) -> int:
    """Count raised errors, payments without a place, seats beyond the size, and double effects."""
    product = make_offered_product(size=4, stock=PAYMENTS * 4)
    late = [closed_order(product, number) for number in range(PAYMENTS)]
    expire_due_groups(now=this_moment())
    make_group(product)

    def land(number: int) -> None:
        placed = late[number % PAYMENTS]
        if guarded:
            receive_notice(notice=make_notice(placed.payment), now=this_moment())
        elif number < PAYMENTS:
            believe(placed)

    outcome = all_at_once(2 * PAYMENTS, land)
    overfull = sum(
        Seat.objects.filter(group=group, state__in=SEATED).count() > group.size for group in Group.objects.all()
    )
    return (
        len(outcome.raised)
        + sum(not has_its_end(placed) for placed in late)
        + stranded_payments(None, this_moment())
        + overfull
        + int(conservation()["difference"] != 0)
    )


def closed_order(product: Product, number: int) -> PlacedOrder:
    """An unpaid order of a group whose deadline has passed."""
    group = make_group(product)
    _seat, placed = hold(group, late_choice=LateChoice.values[number % 3])
    let_pass(group)
    return placed


def believe(placed: PlacedOrder) -> None:
    """What a shop does whose callback only says "paid"."""
    capture_payment(
        payment=placed.payment, booked_in=HELD_FOR_GROUP, settles_order=True, provider_reference="", now=this_moment()
    )
    mark_paid(order=placed.order, awaits_group=True, is_late=False, now=this_moment())


def has_its_end(placed: PlacedOrder) -> bool:
    """One seat and no refund, one refund and no seat, or still within the minute of the search."""
    placed.order.refresh_from_db()
    seats = Seat.objects.filter(order=placed.order, state__in=SEATED).count()
    refunds = Refund.objects.filter(order=placed.order).count()
    if placed.order.state == OrderState.CANCELLED:
        return (seats, refunds) == (0, 1)
    seeks = GroupOrder.objects.get(pk=placed.order.pk).state == GroupOrderState.MATCHING
    return placed.order.state == OrderState.AWAITING_GROUP and refunds == 0 and seats == (0 if seeks else 1)
