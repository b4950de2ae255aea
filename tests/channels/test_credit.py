"""Sign-ups and orders go to the channel of the last visit within seven days; what is refunded is taken back."""

from datetime import timedelta

import pytest

from backend.core.outbox import deliver_pending
from referrals.channels import actions
from referrals.channels.handlers import credit_paid_order, take_back_refund, take_back_released
from referrals.channels.models import ChannelOrder, ChannelSignUp, ChannelVisit
from referrals.channels.privacy import ChannelsPrivacy
from referrals.invites.models import Attribution, Pepper
from referrals.invites.rules.evidence import PERIOD_SECONDS, period_of
from tests.channels.facts import authorisation_voided, order_paid, order_refunded
from tests.factories.catalogue import NOON
from tests.factories.channels import make_channel, visit
from tests.factories.membership import make_person
from tests.factories.orders import make_buyer
from tests.factories.payments import make_paid_order
from tests.factories.referrals import VISITOR, make_click, make_link

pytestmark = pytest.mark.django_db
A_DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)


def test_a_sign_up_goes_to_the_last_channel_of_the_browser():
    first, last = make_channel(name="百度"), make_channel(name="抖音")
    visit(first, at=NOON - 2 * A_DAY)
    visit(last, at=NOON - A_DAY)

    bob = make_person("Bob", visitor=VISITOR)
    deliver_pending()

    assert ChannelSignUp.objects.get(user=bob).channel_id == last.pk
    assert set(ChannelVisit.objects.values_list("user_id", flat=True)) == {bob.id}


def test_who_comes_back_by_a_channel_within_the_half_hour_came_by_it_last():
    first, other = make_channel(name="百度"), make_channel(name="抖音")
    for channel, minutes in ((first, 0), (other, 3), (first, 6)):
        visit(channel, at=NOON + minutes * A_MINUTE)

    found = actions.credit_sign_up(user_id=make_person().id, visitor=VISITOR, now=NOON + 9 * A_MINUTE)

    assert found.channel_id == first.pk


@pytest.mark.parametrize(("days", "counts"), [(7, True), (7.01, False)])
def test_a_visit_counts_for_seven_days(days, counts):
    visit(make_channel(), at=NOON - timedelta(days=days))

    found = actions.credit_sign_up(user_id=make_person().id, visitor=VISITOR, now=NOON)

    assert (found is not None) is counts


def test_a_visit_is_found_again_when_the_pepper_has_changed():
    turn = NOON.fromtimestamp((period_of(NOON) + 1) * PERIOD_SECONDS, tz=NOON.tzinfo)
    visit(make_channel(), at=turn - A_DAY)

    found = actions.credit_sign_up(user_id=make_person().id, visitor=VISITOR, now=turn + A_DAY)

    assert found is not None
    assert Pepper.objects.count() == 2


def test_without_a_visit_nobody_is_credited():
    assert actions.credit_sign_up(user_id=make_person().id, visitor="", now=NOON) is None
    assert actions.credit_sign_up(user_id=make_person().id, visitor="a" * 32, now=NOON) is None
    assert not ChannelSignUp.objects.exists()


def test_a_paid_order_goes_to_the_channel_of_its_buyer_with_its_amount():
    channel, bob = make_channel(), make_buyer()
    visit(channel, user=bob, at=NOON - A_DAY)

    order = make_paid_order(buyer=bob).order
    deliver_pending()

    credited = ChannelOrder.objects.get(order=order)
    assert (credited.channel_id, credited.paid_minor, credited.refunded_minor) == (channel.pk, order.total_minor, 0)


def test_a_visit_after_the_order_was_placed_claims_nothing():
    channel, bob = make_channel(), make_buyer()
    order = make_paid_order(buyer=bob).order
    visit(channel, user=bob, at=NOON + 10 * A_MINUTE)

    deliver_pending()

    assert ChannelOrder.objects.get(order=order).channel_id is None


def test_one_order_may_have_a_friend_and_a_channel():
    ali = make_person("Ali")
    make_click(make_link(ali))
    bob = make_buyer()
    actions.adopt_visits(user_id=bob.id, visitor=VISITOR, now=NOON)
    visit(make_channel(), user=bob)

    order = make_paid_order(buyer=bob).order
    deliver_pending()

    assert ChannelOrder.objects.get(order=order).channel_id is not None
    assert Attribution.objects.filter(order=order).exists()


def test_an_order_that_is_told_of_again_counts_once():
    order = make_paid_order().order
    deliver_pending()

    for _ in range(3):
        credit_paid_order(order_paid(order))

    assert ChannelOrder.objects.count() == 1


def test_refunds_are_taken_back_once_and_never_beyond_the_order():
    order = make_paid_order().order
    deliver_pending()
    half = order.total_minor // 2

    for so_far in (half, half, half - 1):
        take_back_refund(order_refunded(order, so_far))
    part = ChannelOrder.objects.get().refunded_minor
    take_back_refund(order_refunded(order, order.total_minor + 500))

    assert part == half
    assert ChannelOrder.objects.get().refunded_minor == order.total_minor


def test_held_money_that_is_released_never_came_in():
    order = make_paid_order().order
    deliver_pending()

    take_back_released(authorisation_voided(order, settles_order=False))
    assert ChannelOrder.objects.get().refunded_minor == 0
    take_back_released(authorisation_voided(order, settles_order=True))

    assert ChannelOrder.objects.get().refunded_minor == order.total_minor


def test_a_person_takes_their_visits_along_and_is_forgotten_while_the_figures_stay():
    channel, bob = make_channel(), make_buyer()
    visit(channel, user=bob, at=NOON - A_DAY)
    make_paid_order(buyer=bob)
    deliver_pending()

    taken = ChannelsPrivacy().export(user_id=bob.id)
    ChannelsPrivacy().erase(user_id=bob.id, now=NOON)

    assert [each["channel__code"] for each in taken["visits"]] == [channel.code]
    assert len(taken["orders"]) == 1
    left = ChannelVisit.objects.get()
    assert (left.user_id, left.visitor) == (None, f"-{left.pk}")
    assert ChannelsPrivacy().export(user_id=bob.id)["visits"] == []
    assert ChannelOrder.objects.get().channel_id == channel.pk
