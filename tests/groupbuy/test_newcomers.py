"""Groups for newcomers: new by account, and by what tells that two accounts are one person's."""

import pytest
from django.conf import settings

from backend.accounts.models import Address
from backend.orders.models import Order, OrderState
from backend.payments.models import PaymentTry
from backend.payments.rules.risk import digest_of
from groupbuy.errors import LinkedToBuyer
from groupbuy.models import Group, GroupOrder, GroupOrderState, GroupState, Seat, SeatState
from referrals.invites.actions import note_identifiers
from tests.factories.groupbuy import hold, join, make_group, make_offered_product
from tests.factories.orders import make_buyer
from tests.factories.payments import pay
from tests.factories.promotions import this_moment
from tests.groupbuy.test_join_group import kept_order

pytestmark = pytest.mark.django_db


def phoned(buyer, phone):
    """Let the parcels of a buyer be announced at a number."""
    Address.objects.filter(user=buyer).update(phone=phone, line=f"No. {buyer.id.hex[:8]}")
    return buyer


def old_customer(*, phone="13911110000", device=""):
    """Somebody who has bought, and by what they are known."""
    buyer = phoned(make_buyer("Old"), phone)
    order = kept_order(buyer)
    Order.objects.filter(pk=order.pk).update(address={"phone": phone})
    note_identifiers(people=[buyer.id], now=this_moment())
    return buyer


def tried(placed, *, device="", payer=""):
    """Let somebody go to pay on a device, or with a payment account."""
    now = this_moment()
    keep = {
        name: digest_of(said, secret=settings.SECRET_KEY, at=now)
        for name, said in {"device": device, "payer": payer}.items()
    }
    return PaymentTry.objects.create(payment=placed.payment, buyer=placed.order.buyer, at=now, **keep)


def newcomers_group(**params):
    return make_group(
        make_offered_product(joiners="new", size=4, **params), leader=phoned(make_buyer("Lea"), "13800000001")
    )


def test_somebody_without_any_link_sits_down():
    old_customer()
    group = newcomers_group()

    placed = join(group, buyer=phoned(make_buyer("New"), "13922220000"))

    assert Seat.objects.get(order=placed.order).state == SeatState.PAID


def test_a_second_account_with_the_same_phone_is_refused_in_words_and_nothing_is_written():
    old_customer(phone="13911110000")
    group = newcomers_group()
    newcomer = phoned(make_buyer("Again"), "139 1111 0000")
    orders = Order.objects.count()

    with pytest.raises(LinkedToBuyer):
        hold(group, buyer=newcomer)

    group.refresh_from_db()
    assert (Order.objects.count(), group.seats_taken) == (orders, 1)


def test_a_family_at_one_address_sits_down_and_is_only_flagged():
    group = newcomers_group()
    one, other = phoned(make_buyer("Mum"), "13933330001"), phoned(make_buyer("Son"), "13933330002")
    Address.objects.filter(user__in=[one, other]).update(line="Lotus Road 1")

    join(group, buyer=one)
    placed = join(group, buyer=other)

    seat = Seat.objects.get(order=placed.order)
    assert (seat.state, seat.is_flagged) == (SeatState.PAID, True)


@pytest.mark.parametrize(("choice", "seated"), [("OPEN_OWN", True), ("REFUND", False), ("AUTO_MATCH", False)])
def test_a_payment_account_that_has_bought_before_follows_the_choice_for_late_money(choice, seated):
    group = newcomers_group()
    old = old_customer()
    known = join(make_group(), buyer=old)
    tried(known, payer="card-1")
    note_identifiers(people=[old.id], now=this_moment())
    _seat, placed = hold(group, buyer=phoned(make_buyer("Again"), "13922220000"), late_choice=choice)
    tried(placed)

    pay(placed, now=this_moment(), payer="card-1")

    group.refresh_from_db()
    assert (group.state, group.seats_paid) == (GroupState.FORMING, 1)
    wish = GroupOrder.objects.get(pk=placed.order.pk)
    if seated:
        assert (wish.state, wish.group_id == group.id) == (GroupOrderState.SEATED, False)
        assert placed.order.state == OrderState.AWAITING_GROUP
    else:
        assert wish.state == GroupOrderState.RETURNED
        assert placed.order.state == OrderState.CANCELLED
        assert placed.payment.refunded_minor == placed.payment.amount_minor


def test_a_device_that_both_used_within_a_day_is_a_link():
    group = newcomers_group()
    old = old_customer()
    tried(join(make_group(), buyer=old), device="phone-1")
    note_identifiers(people=[old.id], now=this_moment())
    _seat, placed = hold(group, buyer=phoned(make_buyer("Again"), "13922220000"), late_choice="REFUND")
    tried(placed, device="phone-1")

    pay(placed, now=this_moment())

    assert placed.order.state == OrderState.CANCELLED


def test_of_two_groups_of_newcomers_at_once_the_second_that_is_paid_is_too_late():
    one, two = newcomers_group(), newcomers_group()
    newcomer = phoned(make_buyer("New"), "13922220000")
    _seat, first = hold(one, buyer=newcomer, late_choice="REFUND")
    _seat, second = hold(two, buyer=newcomer, late_choice="REFUND")

    pay(first, now=this_moment())
    pay(second, now=this_moment())

    assert (first.order.state, second.order.state) == (OrderState.AWAITING_GROUP, OrderState.CANCELLED)


def test_two_new_accounts_of_one_person_take_one_seat():
    one, two = newcomers_group(), newcomers_group()
    _seat, first = hold(one, buyer=phoned(make_buyer("New"), "13922220000"), late_choice="REFUND")
    _seat, second = hold(two, buyer=phoned(make_buyer("Too"), "13922220000"), late_choice="REFUND")

    pay(first, now=this_moment())
    pay(second, now=this_moment())

    assert (first.order.state, second.order.state) == (OrderState.AWAITING_GROUP, OrderState.CANCELLED)


def test_signs_are_forgotten_when_the_group_is_decided(deliver_outbox):
    group = newcomers_group()
    placed = [join(group, buyer=phoned(make_buyer("New"), f"1392222000{number}")) for number in range(3)]
    before = [bool(GroupOrder.objects.get(pk=each.order.pk).signs) for each in placed]

    deliver_outbox()

    assert before == [True] * 3
    assert not GroupOrder.objects.exclude(signs=[]).exists()
    assert Group.objects.get(pk=group.pk).state == GroupState.CONFIRMED
