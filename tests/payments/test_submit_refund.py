"""Asking the provider to send money back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

import pytest

from backend.core.models import OutboxEvent
from backend.ledger.selectors import conservation
from backend.payments import ports
from backend.payments.actions import request_refund, submit_due_refunds, submit_refund
from backend.payments.errors import NothingToRefund, ProviderRefused, ProviderUnavailable
from backend.payments.models import RefundState
from backend.payments.ports import Standing, register_provider
from backend.payments.rules import MOST_ATTEMPTS
from tests.factories.orders import LATER
from tests.factories.payments import make_paid_order

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


class Scripted:
    """A provider that answers what the test says."""

    transfer = None
    name = "sandbox"

    def __init__(self) -> None:
        self.made: dict[str, Standing] = {}
        self.calls: list[tuple[str, str]] = []
        self.on_refund: Callable[[str], Standing] | None = None

    def refund(self, *, key, payment, amount_minor):
        self.calls.append(("refund", key))
        if self.on_refund:
            return self.on_refund(key)
        self.made[key] = Standing.SUCCEEDED
        return Standing.SUCCEEDED

    def refund_standing(self, *, key, payment):
        self.calls.append(("query", key))
        return self.made.get(key, Standing.UNKNOWN)


@pytest.fixture
def provider():
    known = ports.require_provider("sandbox")
    scripted = Scripted()
    register_provider(scripted)
    yield scripted
    register_provider(known)


def ticking() -> Callable[[], datetime]:
    """A clock on which a day passes between two looks."""
    days = count()
    return lambda: LATER + next(days) * DAY


@pytest.fixture
def refund():
    placed = make_paid_order()
    return request_refund(order_id=placed.order.id, reason="group_expired", cause="test", now=LATER)


def test_a_refund_that_the_provider_makes_is_settled(provider, refund):
    assert submit_due_refunds(clock=lambda: LATER) == 1

    refund.refresh_from_db()
    assert refund.state == RefundState.SUCCEEDED
    assert conservation()["refunded"] == refund.amount_minor
    assert provider.calls == [("refund", str(refund.id))]
    assert submit_due_refunds(clock=lambda: LATER) == 0


def test_an_answer_that_was_lost_is_asked_for_and_the_refund_is_not_made_again(provider, refund):
    def makes_it_and_falls_silent(key):
        provider.made[key] = Standing.SUCCEEDED
        raise ProviderUnavailable("ReadTimeout")

    provider.on_refund = makes_it_and_falls_silent
    clock = ticking()
    submit_refund(refund_id=refund.id, clock=clock)
    refund.refresh_from_db()
    assert refund.state == RefundState.FAILED

    submit_refund(refund_id=refund.id, clock=clock)

    refund.refresh_from_db()
    assert refund.state == RefundState.SUCCEEDED
    assert provider.calls == [("refund", str(refund.id)), ("query", str(refund.id))]


def test_a_refund_that_never_arrived_is_asked_for_again_under_the_same_key(provider, refund):
    def silent(key):
        raise ProviderUnavailable("ConnectError")

    provider.on_refund = silent
    clock = ticking()
    submit_refund(refund_id=refund.id, clock=clock)
    provider.on_refund = None

    submit_refund(refund_id=refund.id, clock=clock)

    refund.refresh_from_db()
    assert refund.state == RefundState.SUCCEEDED
    assert [key for _, key in provider.calls] == [str(refund.id)] * 3


def test_a_refund_is_not_tried_before_its_time(provider, refund):
    def no(key):
        raise ProviderRefused("card closed")

    provider.on_refund = no
    submit_refund(refund_id=refund.id, clock=lambda: LATER)

    assert not submit_refund(refund_id=refund.id, clock=lambda: LATER + timedelta(seconds=1))

    refund.refresh_from_db()
    assert refund.problem == "card closed"
    assert refund.next_attempt_at > LATER


def test_after_many_tries_a_person_must_look_and_the_money_stays_in_flight(provider, refund):
    def no(key):
        raise ProviderRefused("card closed")

    provider.on_refund = no
    clock = ticking()
    for _ in range(MOST_ATTEMPTS + 3):
        submit_refund(refund_id=refund.id, clock=clock)

    refund.refresh_from_db()
    assert (refund.state, refund.attempts) == (RefundState.MANUAL, MOST_ATTEMPTS)
    assert OutboxEvent.objects.filter(name="RefundNeedsHelp").count() == 1
    book = conservation()
    assert (book["in_flight"], book["difference"]) == (refund.amount_minor, 0)


def test_the_same_cause_refunds_once_and_more_than_was_paid_is_refused(refund):
    again = request_refund(order_id=refund.order_id, reason="group_expired", cause="test", now=LATER)
    assert again == refund

    with pytest.raises(NothingToRefund) as refused:
        request_refund(order_id=refund.order_id, reason="other", cause="other", now=LATER)

    assert refused.value.refundable.minor == 0
    assert conservation()["in_flight"] == refund.amount_minor


def test_parts_add_up_to_the_whole_and_no_further():
    placed = make_paid_order()
    total = placed.order.total_minor

    request_refund(order_id=placed.order.id, reason="a", cause="a", amount_minor=total - 1, now=LATER)
    request_refund(order_id=placed.order.id, reason="b", cause="b", amount_minor=1, now=LATER)

    with pytest.raises(NothingToRefund):
        request_refund(order_id=placed.order.id, reason="c", cause="c", amount_minor=1, now=LATER)
    assert conservation()["in_flight"] == total
