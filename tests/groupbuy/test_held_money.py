"""Money that is held first and taken when the group is full."""

from datetime import timedelta

import pytest

from backend.accounts.models import Address
from backend.checkout.actions import place_order, receive_notice
from backend.checkout.selectors import WantedLine
from backend.core.ids import new_id
from backend.core.outbox.models import OutboxEvent
from backend.ledger.models import Transfer
from backend.ledger.selectors import conservation
from backend.messaging.models import Notification
from backend.orders.models import OrderState
from backend.payments import ports
from backend.payments.actions import (
    decide_capture,
    decide_void,
    grant_store_credit,
    request_refund,
    start_payment,
)
from backend.payments.errors import NothingToRefund, ProviderRefused, ProviderUnavailable
from backend.payments.models import Authorisation, AuthorisationState, PaymentState, Refund, Verdict, Wallet
from backend.payments.ports import Standing, offer_providers, register_provider
from backend.payments.selectors import available_credit
from backend.promotions.selectors import facts_of
from groupbuy.actions import cancel_group, expire_group, leave_group
from groupbuy.actions.group_price import GROUP_PRICE
from groupbuy.models import GroupOrder, GroupState, Seat, SeatState
from tests.drill.money import money_of_the_shop
from tests.factories.authorisations import (
    HoldingProvider,
    authorise,
    join_held,
    make_held_group,
    settle_held,
    standing_of,
)
from tests.factories.catalogue import make_product, variant_ids
from tests.factories.groupbuy import hold, let_pass, make_offered_product, order_opening
from tests.factories.orders import make_buyer
from tests.factories.payments import make_notice, pay
from tests.factories.promotions import group_rule, make_campaign, this_moment

pytestmark = pytest.mark.django_db
S = AuthorisationState


@pytest.fixture(autouse=True)
def provider():
    known = ports.require_provider("sandbox")
    holding = HoldingProvider()
    register_provider(holding)
    yield holding
    register_provider(known)


def read(placed):
    placed.order.refresh_from_db()
    placed.payment.refresh_from_db()
    return placed.order.state, placed.payment.state, standing_of(placed)


def seat_of(placed):
    return Seat.objects.get(order=placed.order).state


def test_held_money_pays_a_seat_and_books_nothing():
    group, (leader,) = make_held_group()

    assert read(leader) == (OrderState.AWAITING_GROUP, PaymentState.AUTHORISED, S.HELD)
    assert (group.seats_paid, seat_of(leader)) == (1, SeatState.PAID)
    assert not Transfer.objects.exists()
    assert money_of_the_shop().difference == 0


def test_a_full_group_takes_the_money_of_every_seat_and_then_sends_the_orders(deliver_outbox, provider):
    group, placed = make_held_group(size=2, members=1)

    deliver_outbox()
    group.refresh_from_db()
    waiting = (group.state, [read(each) for each in placed])
    settle_held()
    deliver_outbox()

    assert waiting == (
        GroupState.FILLED, [(OrderState.AWAITING_GROUP, PaymentState.AUTHORISED, S.CAPTURE_DUE)] * 2,
    )  # fmt: skip
    group.refresh_from_db()
    assert group.state == GroupState.CONFIRMED
    assert [read(each) for each in placed] == [(OrderState.PAID, PaymentState.SUCCEEDED, S.CAPTURED)] * 2
    assert {seat_of(each) for each in placed} == {SeatState.CONFIRMED}
    assert OutboxEvent.objects.filter(name="GroupConfirmed").count() == 1
    assert money_of_the_shop().difference == conservation()["difference"] == 0
    assert conservation()["captured"] == sum(each.order.total_minor for each in placed)


def test_a_group_that_does_not_fill_takes_nothing(deliver_outbox):
    group, placed = make_held_group(size=3, members=1)
    let_pass(group)

    expire_group(group_id=group.id, now=this_moment())
    deliver_outbox()
    group.refresh_from_db()
    before = group.state
    settle_held()
    deliver_outbox()

    group.refresh_from_db()
    assert (before, group.state) == (GroupState.REFUNDING, GroupState.FAILED)
    assert [read(each) for each in placed] == [(OrderState.CANCELLED, PaymentState.VOIDED, S.VOIDED)] * 2
    assert not Refund.objects.exists()
    assert not Transfer.objects.exists()
    told = set(Notification.objects.filter(user_id=placed[0].order.buyer_id).values_list("kind", flat=True))
    assert {"groupbuy.expired_held", "groupbuy.freed"} <= told


def test_who_leaves_gets_the_hold_released_and_no_refund(deliver_outbox):
    group, (_leader, member) = make_held_group(members=1)

    leave_group(group_id=group.id, buyer_id=member.order.buyer_id, idempotency_key=new_id(), now=this_moment())
    settle_held()
    deliver_outbox()

    assert read(member) == (OrderState.CANCELLED, PaymentState.VOIDED, S.VOIDED)
    assert seat_of(member) == SeatState.REFUNDED
    assert not Refund.objects.exists()


def test_a_stopped_group_releases_what_is_held():
    group, (leader,) = make_held_group()

    cancel_group(group_id=group.id, reason="campaign_stopped", now=this_moment())
    settle_held()

    assert read(leader) == (OrderState.CANCELLED, PaymentState.VOIDED, S.VOIDED)


def test_money_that_can_never_be_taken_costs_only_its_own_seat(deliver_outbox, provider):
    group, (leader, member) = make_held_group(size=2, members=1)
    deliver_outbox()

    def refuses_the_member(payment):
        if payment.reference == member.payment.reference:
            raise ProviderRefused("the card is closed")
        return provider.end(payment, Standing.SUCCEEDED)

    provider.on_capture = refuses_the_member
    settle_held()
    deliver_outbox()

    group.refresh_from_db()
    assert group.state == GroupState.CONFIRMED
    assert (read(leader)[0], seat_of(leader)) == (OrderState.PAID, SeatState.CONFIRMED)
    assert read(member) == (OrderState.CANCELLED, PaymentState.VOIDED, S.LOST)
    assert seat_of(member) == SeatState.RELEASED
    assert GroupOrder.objects.get(pk=member.order.pk).outcome == "money_not_taken"
    assert Notification.objects.filter(user_id=member.order.buyer_id, kind="groupbuy.not_taken").exists()
    assert not Refund.objects.exists()
    assert money_of_the_shop().difference == 0


def test_a_hold_that_the_bank_ends_early_frees_the_seat_of_a_forming_group(deliver_outbox):
    group, (leader, member) = make_held_group(size=3, members=1)

    pay(member, now=this_moment(), kind="payment.voided")
    deliver_outbox()

    group.refresh_from_db()
    assert (group.state, group.seats_taken, group.seats_paid) == (GroupState.FORMING, 1, 1)
    assert read(member) == (OrderState.CANCELLED, PaymentState.VOIDED, S.LOST)
    assert seat_of(member) == SeatState.RELEASED
    assert read(leader)[1] == PaymentState.AUTHORISED


def test_a_capture_whose_answer_was_lost_is_asked_for_and_made_once(deliver_outbox, provider):
    _group, (leader, _member) = make_held_group(size=2, members=1)
    deliver_outbox()

    def takes_it_and_falls_silent(payment):
        provider.end(payment, Standing.SUCCEEDED)
        raise ProviderUnavailable("ReadTimeout")

    provider.on_capture = takes_it_and_falls_silent
    settle_held()
    silent = read(leader)
    settle_held(later=timedelta(hours=2))

    assert silent == (OrderState.AWAITING_GROUP, PaymentState.AUTHORISED, S.CAPTURE_DUE)
    assert read(leader) == (OrderState.PAID, PaymentState.SUCCEEDED, S.CAPTURED)
    assert [call for call, reference in provider.calls if reference == leader.payment.reference] == ["capture", "query"]


def test_a_capture_that_nobody_confirms_is_lost_when_the_hold_is_over(deliver_outbox, provider):
    _group, (leader, _member) = make_held_group(size=2, members=1)
    deliver_outbox()

    def silent(payment):
        raise ProviderUnavailable("ConnectError")

    provider.on_capture = silent
    settle_held()
    settle_held(later=timedelta(days=8))

    assert read(leader)[1:] == (PaymentState.VOIDED, S.LOST)


def test_money_that_was_taken_after_all_goes_back(deliver_outbox):
    group, (_leader, member) = make_held_group(members=1)
    leave_group(group_id=group.id, buyer_id=member.order.buyer_id, idempotency_key=new_id(), now=this_moment())
    settle_held()

    verdict = pay(member, now=this_moment())

    assert verdict is Verdict.APPLIED
    assert Refund.objects.get(payment=member.payment).amount_minor == member.payment.amount_minor
    assert money_of_the_shop().difference == 0


def test_the_message_of_a_capture_confirms_the_order_whichever_comes_first(deliver_outbox):
    _group, (leader, _member) = make_held_group(size=2, members=1)
    deliver_outbox()

    verdicts = [pay(leader, now=this_moment()) for _each in range(3)]
    settle_held()

    assert verdicts == [Verdict.APPLIED, Verdict.REPEATED, Verdict.REPEATED]
    assert read(leader) == (OrderState.PAID, PaymentState.SUCCEEDED, S.CAPTURED)
    assert OutboxEvent.objects.filter(name="PaymentCaptured", payload__order_id=str(leader.order.pk)).count() == 1


def test_money_taken_before_the_group_is_full_is_held_for_the_group(deliver_outbox):
    group, (leader,) = make_held_group(size=2)
    pay(leader, now=this_moment())
    early = (read(leader)[:2], conservation()["held"])

    join_held(group)
    deliver_outbox()
    settle_held()
    deliver_outbox()

    group.refresh_from_db()
    assert early == ((OrderState.AWAITING_GROUP, PaymentState.SUCCEEDED), leader.payment.amount_minor)
    assert (group.state, conservation()["held"]) == (GroupState.CONFIRMED, 0)


def test_a_void_that_comes_first_is_not_captured_and_a_capture_that_was_asked_for_is_not_called_off(deliver_outbox):
    _group, (first, second) = make_held_group(size=3, members=1)

    assert decide_void(payment=first.payment, now=this_moment())
    assert not decide_capture(payment=first.payment, now=this_moment())
    assert decide_capture(payment=second.payment, now=this_moment())
    Authorisation.objects.filter(pk=second.payment.pk).update(attempts=1)
    assert not decide_void(payment=second.payment, now=this_moment())

    assert (standing_of(first), standing_of(second)) == (S.VOID_DUE, S.CAPTURE_DUE)


def test_held_money_that_comes_too_late_is_released(deliver_outbox):
    group, _placed = make_held_group(size=3)
    _seat, late = hold(group, late_choice="REFUND")
    let_pass(group)
    expire_group(group_id=group.id, now=this_moment())

    authorise(late)
    settle_held()

    assert read(late) == (OrderState.CANCELLED, PaymentState.VOIDED, S.VOIDED)
    assert not Refund.objects.exists()
    assert not Transfer.objects.exists()


def test_a_second_payment_is_released_and_the_seat_keeps_the_first():
    product = make_offered_product(size=2, moneyTaken="full")
    placed = order_opening(product)
    second = start_payment(order_id=placed.order.pk, provider="sandbox", now=this_moment())
    second.pk, second.reference = new_id(), "second"
    second.save(force_insert=True)

    authorise(placed)
    receive_notice(notice=make_notice(second, kind="payment.authorised"), now=this_moment())
    settle_held()

    second.refresh_from_db()
    assert (second.state, second.settles_order) == (PaymentState.VOIDED, False)
    assert read(placed)[1:] == (PaymentState.AUTHORISED, S.HELD)


def test_store_credit_waits_with_the_money_and_is_spent_with_it(deliver_outbox):
    now = this_moment()
    buyer = make_buyer("Cora", now=now)
    grant_store_credit(user_id=buyer.id, amount_minor=1000, source=("test", buyer.id), now=now, reason={})
    group, _placed = make_held_group(size=2)
    choices = {"group_price": {"groupId": group.id}, "store_credit": {"use": True}}
    placed = place_order(
        buyer_id=buyer.id, lines=[WantedLine(variant_ids(group.product)[0], 1)], choices=choices, quote_hash=None,
        address_id=Address.objects.get(user=buyer).pk, via="", provider="sandbox", idempotency_key=new_id(), now=now,
    )  # fmt: skip
    authorise(placed)
    held = (available_credit(buyer.id), Wallet.objects.get(pk=buyer.id).held_minor)

    deliver_outbox()
    settle_held()

    assert held == (0, 1000)
    assert (available_credit(buyer.id), Wallet.objects.get(pk=buyer.id).held_minor) == (0, 0)
    placed.payment.refresh_from_db()
    assert placed.payment.credit_minor == 1000
    assert money_of_the_shop().difference == conservation()["difference"] == 0


def test_a_provider_that_cannot_hold_money_takes_it_at_once(provider):
    product = make_offered_product(size=2, moneyTaken="full")
    provider.authorises_for = None
    placed = order_opening(product)

    pay(placed, now=this_moment())

    assert (placed.payment.is_hold, placed.payment.state) == (False, PaymentState.SUCCEEDED)
    assert conservation()["held"] == placed.payment.amount_minor


def test_a_message_about_another_amount_changes_nothing():
    placed = order_opening(make_offered_product(size=2, moneyTaken="full"))

    verdict = authorise(placed, amount_minor=placed.payment.amount_minor - 1)

    assert verdict is Verdict.AMOUNT_MISMATCH
    assert placed.payment.state == PaymentState.CREATED
    assert not Authorisation.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ttlHours": 160}, "ttlHours"),
        ({"moneyTaken": "never"}, "moneyTaken"),
        ({"winners": 1}, "moneyTaken"),
        ({"size": None, "discountBps": None,
          "ladder": [{"size": 2, "discountBps": 1000}, {"size": 3, "discountBps": 2000}]}, "moneyTaken"),
    ],
)  # fmt: skip
def test_an_offer_that_could_not_keep_its_word_is_refused(change, field):
    params = {**group_rule([make_product()], moneyTaken="full").params, **change}

    problems = GROUP_PRICE.validate({name: value for name, value in params.items() if value is not None})

    assert field in {problem.field for problem in problems}


def test_an_offer_is_refused_where_nobody_can_hold_money(provider):
    provider.authorises_for = None
    offer_providers(["sandbox"])

    problems = GROUP_PRICE.validate(group_rule([make_product()], moneyTaken="full").params)

    assert [problem.field for problem in problems] == ["moneyTaken"]


def test_the_rule_says_when_money_is_taken():
    rule = group_rule([make_product()], moneyTaken="full")
    campaign = facts_of(make_campaign([rule]))

    assert GROUP_PRICE.validate(rule.params) == []
    assert "taken when the group is full" in GROUP_PRICE.describe(rule.params, "en")
    assert GROUP_PRICE.preview(rule.params, campaign, this_moment())["moneyTaken"] == "full"


def test_a_part_of_what_is_only_held_cannot_be_refunded():
    _group, (leader,) = make_held_group()

    with pytest.raises(NothingToRefund):
        request_refund(order_id=leader.order.pk, reason="test", cause="test", amount_minor=1, now=this_moment())

    assert read(leader)[1:] == (PaymentState.AUTHORISED, S.HELD)
    assert not Refund.objects.exists()
