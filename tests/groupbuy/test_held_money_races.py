"""Many at once: held money is taken once or released once, never both; with controls."""

import time

import pytest
from django.db import transaction

from backend.core.ids import new_id
from backend.core.outbox import emit
from backend.core.outbox.models import OutboxEvent
from backend.core.outbox.relay import deliver_pending
from backend.ledger.selectors import conservation
from backend.orders.models import OrderState
from backend.payments import ports
from backend.payments.actions import decide_capture, decide_void, submit_authorisation
from backend.payments.events import PaymentCaptured
from backend.payments.models import Authorisation, AuthorisationState, Payment, PaymentState, Refund, Verdict
from backend.payments.ports import register_provider
from groupbuy.actions import leave_group
from groupbuy.errors import SeatCannotBeLeft
from groupbuy.models import Group, GroupState, Seat, SeatState
from tests.drill.money import money_of_the_shop
from tests.factories.authorisations import HoldingProvider, authorise, make_held_group, settle_held, standing_of
from tests.factories.groupbuy import hold
from tests.factories.payments import pay
from tests.factories.promotions import this_moment
from tests.support.races import all_at_once

S = AuthorisationState
WORKERS = 8
MESSAGES = 20
THINKING_SECONDS = 0.05
pytestmark = pytest.mark.usefixtures("fresh_database")


@pytest.fixture(autouse=True)
def provider():
    known = ports.require_provider("sandbox")
    holding = HoldingProvider()
    register_provider(holding)
    yield holding
    register_provider(known)


def full_group():
    """A full group whose money is to be taken."""
    group, placed = make_held_group(size=2, members=1)
    deliver_pending()
    return group, placed


def captures_of(placed):
    return OutboxEvent.objects.filter(name="PaymentCaptured", payload__payment_id=str(placed.payment.pk)).count()


def test_twenty_messages_and_the_workers_take_the_money_once(provider):
    _group, (leader, _member) = full_group()

    def either(number):
        if number % 4 == 0:
            return submit_authorisation(payment_id=leader.payment.pk, clock=this_moment)
        return pay(leader, now=this_moment())

    outcome = all_at_once(MESSAGES, either)

    assert outcome.raised == []
    assert captures_of(leader) == 1
    assert sum(call == "capture" for call, _reference in provider.calls) <= 1
    assert standing_of(leader) == S.CAPTURED
    assert conservation()["captured"] == leader.payment.amount_minor
    assert set(outcome.answers) <= {Verdict.APPLIED, Verdict.REPEATED, True, False}


def naive_capture(payment):
    """What a shop does that looks first whether the money is in."""
    if Payment.objects.get(pk=payment.pk).state == PaymentState.AUTHORISED:
        time.sleep(THINKING_SECONDS)
        with transaction.atomic():
            Payment.objects.filter(pk=payment.pk).update(state=PaymentState.SUCCEEDED)
            emit(
                PaymentCaptured(
                    payment_id=payment.pk, order_id=payment.order_id, buyer_id=payment.order.buyer_id,
                    amount_minor=payment.amount_minor, at=this_moment(),
                )
            )  # fmt: skip


def test_without_the_conditional_update_it_is_taken_several_times():
    _group, (leader, _member) = full_group()

    all_at_once(WORKERS, lambda _number: naive_capture(leader.payment))

    assert captures_of(leader) > 1


def test_money_is_either_to_be_taken_or_to_be_released():
    _group, (leader,) = make_held_group(size=3)

    def decide(number):
        with transaction.atomic():
            act = decide_capture if number % 2 else decide_void
            return act(payment=leader.payment, now=this_moment())

    outcome = all_at_once(WORKERS, decide)

    decided = OutboxEvent.objects.filter(name="AuthorisationDecided").values_list("payload__is_capture", flat=True)
    assert outcome.raised == []
    # A capture that nobody has asked for yet may be called off, once; a void never.
    assert list(decided) in ([False], [True, False])
    assert standing_of(leader) == S.VOID_DUE


def naive_decision(payment, *, into):
    """What a shop does that looks first whether anything was decided."""
    if Authorisation.objects.get(pk=payment.pk).state == S.HELD:
        time.sleep(THINKING_SECONDS)
        Authorisation.objects.filter(pk=payment.pk).update(state=into, next_attempt_at=this_moment())
        return True
    return False


def test_without_the_condition_both_are_decided():
    _group, (leader,) = make_held_group(size=3)

    outcome = all_at_once(2, lambda number: naive_decision(leader.payment, into=[S.CAPTURE_DUE, S.VOID_DUE][number]))

    assert outcome.answers == [True, True]


def test_a_capture_that_runs_is_never_called_off_and_what_it_takes_goes_back(provider):
    _group, (leader, _member) = full_group()

    def capture_while_somebody_gives_up(payment):
        with transaction.atomic():
            assert not decide_void(payment=leader.payment, now=this_moment())
        return provider.end(payment, ports.Standing.SUCCEEDED)

    provider.on_capture = capture_while_somebody_gives_up
    settle_held()

    assert standing_of(leader) == S.CAPTURED


def leaving_and_filling(leave):
    """The last seat is paid at the moment in which a member leaves."""
    group, (_leader, member) = make_held_group(size=3, members=1)
    _seat, last = hold(group)
    outcome = all_at_once(2, lambda number: authorise(last) if number else leave(group, member))
    return Group.objects.get(pk=group.pk), member, last, outcome


def really_leave(group, member):
    try:
        return leave_group(
            group_id=group.id, buyer_id=member.order.buyer_id, idempotency_key=new_id(), now=this_moment()
        )
    except SeatCannotBeLeft:
        return None


@pytest.mark.parametrize("attempt", range(4))
def test_who_leaves_at_the_last_moment_pays_nothing_or_gets_the_goods(attempt):
    group, member, last, outcome = leaving_and_filling(really_leave)
    deliver_pending()
    settle_held()
    deliver_pending()

    assert outcome.raised == []
    group.refresh_from_db()
    member.order.refresh_from_db()
    last.order.refresh_from_db()
    if group.state == GroupState.CONFIRMED:
        assert (member.order.state, standing_of(member)) == (OrderState.PAID, S.CAPTURED)
        assert last.order.state == OrderState.PAID
    else:
        assert (group.state, group.seats_paid) == (GroupState.FORMING, 2)
        assert (member.order.state, standing_of(member)) == (OrderState.CANCELLED, S.VOIDED)
        assert standing_of(last) == S.HELD
    assert not Refund.objects.exists()
    assert money_of_the_shop().difference == 0


def naive_leave(group, member):
    """What a shop does that looks first whether the group is still open."""
    if Group.objects.get(pk=group.pk).state == GroupState.FORMING:
        time.sleep(THINKING_SECONDS * 4)
        Seat.objects.filter(order=member.order).update(state=SeatState.REFUNDING)
        with transaction.atomic():
            decide_void(payment=member.payment, now=this_moment())


def test_without_holding_the_group_a_full_group_loses_a_seat():
    group, member, _last, _outcome = leaving_and_filling(naive_leave)

    assert group.state == GroupState.FILLED
    assert Seat.objects.get(order=member.order).state == SeatState.REFUNDING
