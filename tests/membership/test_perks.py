"""What a level gives in a price, and a birthday."""

from datetime import date, timedelta

import pytest

from backend.checkout.models import OrderAdjustment
from backend.core.clock import business_day
from membership import actions, rules, selectors
from membership.errors import BirthdayChangedLately, BirthdayNotBelievable
from membership.models import Birthday, BirthdayGift, OrderBenefits, PointLot, ShippingPass
from tests.factories.catalogue import NOON, make_variant
from tests.factories.membership import make_person, put_on_tier
from tests.factories.orders import make_buyer, make_order

pytestmark = pytest.mark.django_db
BORN = date(1990, 3, 10)


def adjustments(order) -> dict[str, int]:
    return {each.kind: each.amount_minor for each in selectors.adjustments_of_order(order.id)}


def test_a_member_pays_the_price_of_the_level_and_sends_free():
    bob = make_buyer("Bob")
    put_on_tier(bob, "gold")

    order = make_order(buyer=bob, variants=[(make_variant(price_minor=2_000, stock=5), 1)]).order

    assert adjustments(order)["member_price"] == 100
    assert order.shipping_minor == 0
    assert ShippingPass.objects.get(order=order).is_given_back is False
    assert selectors.prices_that_disagree() == []


def test_the_first_level_pays_the_price_of_the_shelf():
    order = make_order(variants=[(make_variant(price_minor=2_000, stock=5), 1)]).order

    assert "member_price" not in adjustments(order)
    assert order.shipping_minor > 0


def test_the_passes_of_a_month_end_and_begin_again():
    bob = make_buyer("Bob")
    put_on_tier(bob, "leaf")

    first, second = (
        make_order(buyer=bob, variants=[(make_variant(price_minor=2_000, stock=5), 1)]).order for _ in range(2)
    )

    assert (first.shipping_minor, second.shipping_minor > 0) == (0, True)
    assert ShippingPass.objects.count() == 1


def test_benefits_are_those_of_the_hour_of_the_order():
    bob = make_buyer("Bob")
    order = make_order(buyer=bob, variants=[(make_variant(price_minor=2_000, stock=5), 1)]).order
    actions.note_benefits(order_id=order.id, now=NOON)
    put_on_tier(bob, "gold")

    actions.count_order(order_id=order.id, now=NOON)

    assert OrderBenefits.objects.get().multiplier_bps == 10_000
    assert PointLot.objects.get(cause="order").earned == 20


def test_a_falsified_member_price_is_found():
    bob = make_buyer("Bob")
    put_on_tier(bob, "gold")
    order = make_order(buyer=bob, variants=[(make_variant(price_minor=2_000, stock=5), 1)]).order

    row = OrderAdjustment.objects.get(order=order, kind="member_price")
    row.amount_minor, row.per_line = 150, dict.fromkeys(row.per_line, 150)
    row.save(update_fields=["amount_minor", "per_line"])

    told = selectors.prices_that_disagree()
    assert [sentence.split()[0] for sentence in told] == ["order", "adjustment"]


def tell(person, born_on=BORN, *, now=NOON):
    return actions.tell_birthday(user_id=person.id, born_on=born_on, now=now)


def day_of(year: int):
    return rules.day_ends(date(year, 3, 9)) + timedelta(hours=9)


def test_a_birthday_brings_its_gift_once_a_year():
    bob = make_person()
    put_on_tier(bob, "silver")
    tell(bob, now=day_of(2026) - timedelta(days=30))

    given = [actions.give_birthday_gifts(now=day_of(2026)) for _ in range(2)]

    assert given == [1, 0]
    assert PointLot.objects.get(cause="birthday").earned == 100
    assert selectors.lots_that_disagree() == []


def test_a_birthday_told_on_the_day_brings_nothing_this_year():
    bob = make_person()
    put_on_tier(bob, "silver")
    tell(bob, now=day_of(2026))

    assert actions.give_birthday_gifts(now=day_of(2026)) == 0
    assert not BirthdayGift.objects.exists()


def test_a_changed_birthday_never_brings_two_gifts_within_the_better_part_of_a_year():
    bob = make_person()
    put_on_tier(bob, "silver", lasts=timedelta(days=900))
    tell(bob, date(1990, 12, 20), now=day_of(2026))
    december = rules.day_ends(date(2026, 12, 19)) + timedelta(hours=9)
    assert actions.give_birthday_gifts(now=december) == 1
    changed = day_of(2026) + rules.YEAR
    tell(bob, business_day(changed + timedelta(days=9)).replace(year=1990), now=changed)

    assert actions.give_birthday_gifts(now=changed + timedelta(days=9)) == 0


def test_a_birthday_is_changed_once_a_year():
    bob = make_person()
    tell(bob)

    with pytest.raises(BirthdayChangedLately):
        tell(bob, date(1991, 1, 1), now=NOON + timedelta(days=364))

    assert Birthday.objects.get().born_on == BORN


@pytest.mark.parametrize("born_on", [date(2024, 1, 1), date(2090, 1, 1), date(1880, 1, 1)])
def test_a_day_on_which_no_member_was_born_is_refused(born_on):
    with pytest.raises(BirthdayNotBelievable):
        tell(make_person(), born_on)

    assert not Birthday.objects.exists()


def test_who_is_born_on_a_leap_day_has_birthday_every_year():
    assert rules.birthday_in(2027, born_on=date(2000, 2, 29)) == date(2027, 2, 28)
    assert rules.birthday_in(2028, born_on=date(2000, 2, 29)) == date(2028, 2, 29)
