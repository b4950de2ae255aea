"""Whatever people, banks and workers do in whatever order: held money is taken once or released once."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.ledger.selectors import conservation
from backend.orders.models import Order, OrderState
from backend.payments import ports
from backend.payments.errors import ProviderRefused, ProviderUnavailable
from backend.payments.models import Authorisation, AuthorisationState, Payment, PaymentState, Refund
from backend.payments.ports import Standing, register_provider
from groupbuy.gauges import stranded_payments
from groupbuy.models import Group, GroupState, Seat, SeatState
from tests.drill.money import money_of_the_shop
from tests.factories.authorisations import HoldingProvider, authorise, make_held_group, settle_held
from tests.factories.orders import make_buyer
from tests.factories.payments import pay
from tests.factories.promotions import this_moment
from tests.groupbuy.test_group_machine import Play

S = AuthorisationState
WHAT = [
    "hold", "hold", "pay", "pay", "pay again", "leave", "lose hold", "expire", "match", "deliver", "settle", "refuse",
    "fall silent", "end", "take",
]  # fmt: skip
STEPS = st.lists(st.tuples(st.sampled_from(WHAT), st.integers(0, 3)), max_size=16)
WHERE = {
    OrderState.AWAITING_GROUP: {S.HELD, S.CAPTURE_DUE, S.CAPTURED},
    OrderState.PAID: {S.CAPTURED},
    OrderState.CANCELLED: {S.VOID_DUE, S.VOIDED, S.LOST, S.CAPTURED},
}


class HeldPlay(Play):
    """The same play with money that is only held, and a bank that does things too."""

    def __init__(self, provider, deliver) -> None:
        self.provider, self.deliver_outbox = provider, deliver
        self.group, (leader,) = make_held_group(size=3)
        self.product = self.group.product
        self.people = [make_buyer(f"Player{number}", now=this_moment()) for number in range(4)]
        self.placed = {9: leader}

    def pay(self, who):
        if who in self.placed:
            authorise(self.placed[who])

    pay_again = pay

    def deliver(self, who):
        self.deliver_outbox()

    def settle(self, who):
        settle_held()

    def refuse(self, who):
        def no(payment):
            raise ProviderRefused("the card is closed")

        self.provider.on_capture = no if who else None

    def fall_silent(self, who):
        def takes_it(payment):
            self.provider.end(payment, Standing.SUCCEEDED)
            raise ProviderUnavailable("ReadTimeout")

        self.provider.on_capture = takes_it if who else None

    def end(self, who):
        """The bank ends a hold by itself."""
        if who in self.placed:
            pay(self.placed[who], now=this_moment(), kind="payment.voided")

    def take(self, who):
        """Somebody takes the money in the provider's own dashboard."""
        if who in self.placed and Authorisation.objects.filter(pk=self.placed[who].payment.pk).exists():
            pay(self.placed[who], now=this_moment())


def check_everything():
    for held in Authorisation.objects.select_related("payment__order"):
        payment = held.payment
        order = payment.order
        assert held.state in WHERE[OrderState(order.state)], (order.state, held.state)
        assert (held.state == S.CAPTURED) == (payment.captured_minor == payment.amount_minor)
        goes_back = held.state == S.CAPTURED and order.state == OrderState.CANCELLED
        assert Refund.objects.filter(payment=payment).exists() == goes_back
        assert (payment.state == PaymentState.AUTHORISED) == (held.state in (S.HELD, S.CAPTURE_DUE, S.VOID_DUE))
    assert not Payment.objects.filter(state=PaymentState.AUTHORISED, captured_minor__gt=0).exists()
    assert Order.objects.filter(state=OrderState.PAID).count() == Seat.objects.filter(state=SeatState.CONFIRMED).count()
    assert stranded_payments(None, this_moment()) == 0
    assert money_of_the_shop().difference == conservation()["difference"] == 0


@pytest.fixture
def provider():
    known = ports.require_provider("sandbox")
    yield HoldingProvider
    register_provider(known)


@pytest.mark.django_db
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_held_money_is_taken_once_or_released_once(steps, provider, deliver_outbox):
    holding = provider()
    register_provider(holding)
    play = HeldPlay(holding, deliver_outbox)

    for what, who in steps:
        play.do(what, who)
    deliver_outbox()
    check_everything()
    holding.on_capture = None
    settle_held()
    deliver_outbox()
    settle_held()
    deliver_outbox()

    check_everything()
    assert (
        not Group.objects.filter(state=GroupState.FILLED).exists()
        or Authorisation.objects.filter(state=S.CAPTURE_DUE).exists()
    )
