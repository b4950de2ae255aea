"""Groups whose money is held first, and a provider that answers what a test says."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from backend.checkout.actions import PlacedOrder
from backend.payments.actions import submit_due_authorisations
from backend.payments.models import Authorisation
from backend.payments.ports import KnownPayment, PaymentAnswer, Standing
from groupbuy.models import Group
from tests.factories.groupbuy import group_of, hold, make_offered_product, order_opening
from tests.factories.orders import make_buyer
from tests.factories.payments import pay
from tests.factories.promotions import this_moment


class HoldingProvider:
    """Holds money, and takes or releases it as the test says."""

    name = "sandbox"
    label = {"en": "Test"}
    note = {"en": "Test"}
    authorises_for = timedelta(days=7)
    transfer = None

    def __init__(self) -> None:
        self.standings: dict[str, Standing] = {}
        self.calls: list[tuple[str, str]] = []
        self.on_capture: Callable[[KnownPayment], Standing] | None = None
        self.on_void: Callable[[KnownPayment], Standing] | None = None

    def capture(self, *, key: str, payment: KnownPayment) -> Standing:
        self.calls.append(("capture", payment.reference))
        if self.on_capture:
            return self.on_capture(payment)
        return self.end(payment, Standing.SUCCEEDED)

    def void(self, *, key: str, payment: KnownPayment) -> Standing:
        self.calls.append(("void", payment.reference))
        if self.on_void:
            return self.on_void(payment)
        return self.end(payment, Standing.FAILED)

    def end(self, payment: KnownPayment, standing: Standing) -> Standing:
        return self.standings.setdefault(payment.reference, standing)

    def payment_standing(self, *, payment: KnownPayment) -> PaymentAnswer:
        self.calls.append(("query", payment.reference))
        return PaymentAnswer(standing=self.standings.get(payment.reference, Standing.HELD))


def authorise(placed: PlacedOrder, *, now: datetime | None = None, **changes: Any) -> Any:
    """Let the provider say that it holds the money of an order."""
    return pay(placed, now=now or this_moment(), kind="payment.authorised", **changes)


def make_held_group(
    *, size: int = 3, members: int = 0, now: datetime | None = None, **params: Any
) -> tuple[Group, list[PlacedOrder]]:
    """A group whose leader's and members' money is held, and their orders, the leader's first."""
    now = now or this_moment()
    product = make_offered_product(now=now, size=size, moneyTaken="full", **params)
    placed = [order_opening(product, buyer=make_buyer("Lea", now=now), now=now)]
    authorise(placed[0], now=now)
    group = group_of(placed[0])
    placed += [join_held(group, now=now) for _each in range(members)]
    group.refresh_from_db()
    return group, placed


def join_held(group: Group, *, now: datetime | None = None, **options: Any) -> PlacedOrder:
    """A seat whose money is held."""
    now = now or this_moment()
    _seat, placed = hold(group, now=now, **options)
    authorise(placed, now=now)
    return placed


def settle_held(*, later: timedelta = timedelta(seconds=1)) -> int:
    """Let the worker take and release what is due."""
    return submit_due_authorisations(clock=lambda: this_moment() + later)


def standing_of(placed: PlacedOrder) -> str:
    """What became of the held money of an order."""
    return Authorisation.objects.get(pk=placed.payment.pk).state
