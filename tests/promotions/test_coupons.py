"""Coupons from the template to the order and back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from backend.accounts.models import Profile
from backend.checkout.actions import cancel_order, close_order
from backend.checkout.rules import NOT_PAID
from backend.core.errors import NotFound, TooManyRequests
from backend.core.ids import new_id
from backend.messaging.models import Notification, OutgoingMessage
from backend.orders.models import Order
from backend.promotions.actions import (
    claim_coupon,
    expire_coupons,
    give_coupon,
    give_to_people,
    notice_expiring,
    redeem_code,
    work_off_batch,
)
from backend.promotions.errors import (
    CodeUnknown,
    CouponAlreadyYours,
    CouponNotOffered,
    CouponNotUsable,
    CouponsDoNotCombine,
    CouponsGone,
    CouponUsedUp,
    NotInAudience,
)
from backend.promotions.models import CodeAttempt, Coupon, CouponState, CouponTemplate
from backend.promotions.selectors import best_coupons, choices_with, coupon_choices, lines_of, price_basket
from tests.factories.catalogue import make_variant
from tests.factories.groupbuy import make_offered_product
from tests.factories.orders import make_buyer, make_order
from tests.factories.payments import pay
from tests.factories.promotions import (
    make_coupon,
    make_grower,
    make_running_campaign,
    make_template,
    reduction_rule,
    this_moment,
)

pytestmark = pytest.mark.django_db


def buyer():
    return make_buyer(now=this_moment())


def order_with(*coupons, person, price_minor=6_000):
    return make_order(
        buyer=person,
        variants=[(make_variant(price_minor=price_minor), 1)],
        choices=coupon_choices(each.pk for each in coupons),
        now=this_moment(),
    )


def state_of(coupon):
    return Coupon.objects.values_list("state", flat=True).get(pk=coupon.pk)


def counts(template):
    return CouponTemplate.objects.values_list("reserved_count", "used_count", "reserved_minor", "spent_minor").get(
        pk=template.pk
    )


def claim(template, person, key=None):
    return claim_coupon(template_id=template.pk, user_id=person.pk, idempotency_key=key or new_id(), now=this_moment())


def test_a_coupon_is_locked_with_the_order_and_used_with_its_payment():
    person = buyer()
    coupon = make_coupon(person)
    placed = order_with(coupon, person=person)
    assert placed.order.discount_minor == 1_000
    assert (state_of(coupon), counts(coupon.template)) == (CouponState.LOCKED, (1, 0, 1_000, 0))

    pay(placed, now=this_moment())
    assert (state_of(coupon), counts(coupon.template)) == (CouponState.USED, (0, 1, 0, 1_000))


def test_a_locked_coupon_is_good_though_it_expires_before_the_payment():
    person = buyer()
    coupon = make_coupon(person)
    placed = order_with(coupon, person=person)
    later = this_moment() + timedelta(minutes=5)
    Coupon.objects.filter(pk=coupon.pk).update(valid_until=later)
    expire_coupons(now=later + timedelta(days=1))
    assert state_of(coupon) == CouponState.LOCKED

    pay(placed, now=this_moment())
    assert state_of(coupon) == CouponState.USED


def test_an_unpaid_order_gives_its_coupon_back():
    person = buyer()
    coupon = make_coupon(person)
    placed = order_with(coupon, person=person)
    close_order(order_id=placed.order.id, reason=NOT_PAID, now=this_moment())
    assert (state_of(coupon), counts(coupon.template)) == (CouponState.ISSUED, (0, 0, 0, 0))


def test_a_late_payment_takes_its_coupon_again():
    person = buyer()
    coupon = make_coupon(person)
    placed = order_with(coupon, person=person)
    close_order(order_id=placed.order.id, reason=NOT_PAID, now=this_moment())
    pay(placed, now=this_moment())
    placed.order.refresh_from_db()
    assert (placed.order.state, state_of(coupon)) == ("PAID", CouponState.USED)


def test_a_late_payment_whose_coupon_is_elsewhere_goes_back():
    person = buyer()
    coupon = make_coupon(person)
    late = order_with(coupon, person=person)
    close_order(order_id=late.order.id, reason=NOT_PAID, now=this_moment())
    other = order_with(coupon, person=person)
    pay(late, now=this_moment())
    late.order.refresh_from_db()
    assert late.order.state == "CANCELLED"
    assert Coupon.objects.get().order_id == other.order.id
    assert counts(coupon.template) == (1, 0, 1_000, 0)


def test_a_cancelled_order_gives_its_used_coupon_back_with_days_of_grace():
    person = buyer()
    coupon = make_coupon(person, grace_days=5)
    placed = order_with(coupon, person=person)
    pay(placed, now=this_moment())
    Coupon.objects.update(valid_until=this_moment() + timedelta(hours=1))
    now = this_moment()
    cancel_order(order_id=placed.order.id, buyer_id=person.pk, idempotency_key=new_id(), now=now)
    assert (state_of(coupon), counts(coupon.template)) == (CouponState.ISSUED, (0, 0, 0, 0))
    assert Coupon.objects.get().valid_until == now + timedelta(days=5)


def test_a_coupon_that_does_not_return_stays_used():
    person = buyer()
    coupon = make_coupon(person, returns_when_cancelled=False)
    placed = order_with(coupon, person=person)
    pay(placed, now=this_moment())
    cancel_order(order_id=placed.order.id, buyer_id=person.pk, idempotency_key=new_id(), now=this_moment())
    assert (state_of(coupon), counts(coupon.template)) == (CouponState.USED, (0, 1, 0, 1_000))


def test_the_threshold_is_judged_after_reductions_and_before_coupons():
    make_running_campaign([reduction_rule((5_000, 1_500))])
    person = buyer()
    coupon = make_coupon(person)
    with pytest.raises(CouponNotUsable) as refused:
        order_with(coupon, person=person)
    assert (refused.value.reason, refused.value.missing) == ("BELOW_THRESHOLD", 500)
    assert (Order.objects.count(), state_of(coupon)) == (0, CouponState.ISSUED)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"valid_until": this_moment() - timedelta(days=1)}, "OVER"),
        ({"valid_from": this_moment() + timedelta(days=1)}, "NOT_YET"),
    ],
)
def test_a_coupon_outside_its_time_is_refused_and_nothing_is_written(change, reason):
    person = buyer()
    coupon = make_coupon(person)
    Coupon.objects.update(**change)
    with pytest.raises(CouponNotUsable) as refused:
        order_with(coupon, person=person)
    assert (refused.value.reason, Order.objects.count()) == (reason, 0)


def test_somebody_elses_coupon_does_not_exist():
    coupon = make_coupon(buyer())
    with pytest.raises(NotFound):
        order_with(coupon, person=buyer())
    assert (Order.objects.count(), state_of(coupon)) == (0, CouponState.ISSUED)


def test_two_of_one_class_are_refused():
    person = buyer()
    with pytest.raises(CouponsDoNotCombine):
        order_with(make_coupon(person), make_coupon(person), person=person)
    assert Order.objects.count() == 0


def test_one_of_each_class_work_together_and_sending_is_free():
    person = buyer()
    coupons = [
        make_coupon(person, benefit={"type": "amount", "offMinor": 1_000}),
        make_coupon(person, benefit={"type": "percent", "offBps": 1_000}, stack_class="platform"),
        make_coupon(person, benefit={"type": "shipping"}, stack_class="shipping"),
    ]
    placed = order_with(*coupons, person=person, price_minor=3_000)
    assert (placed.order.discount_minor, placed.order.shipping_minor) == (1_200, 0)
    assert placed.order.total_minor == 1_800


def test_a_coupon_that_saves_nothing_is_kept_for_later():
    person = buyer()
    coupon = make_coupon(person, benefit={"type": "shipping"}, stack_class="shipping")
    order_with(coupon, person=person, price_minor=50_000)
    assert state_of(coupon) == CouponState.ISSUED


def test_a_coupon_in_another_order_is_not_free():
    person = buyer()
    coupon = make_coupon(person)
    order_with(coupon, person=person)
    with pytest.raises(CouponNotUsable):
        order_with(coupon, person=person)
    assert Order.objects.count() == 1


def test_the_limit_of_uses_counts_over_all_codes():
    first, second = buyer(), buyer()
    template = make_template(use_limit=1)
    one, other = make_coupon(first, template), make_coupon(second, template)
    order_with(one, person=first)
    with pytest.raises(CouponUsedUp):
        order_with(other, person=second)
    assert (counts(template)[0], state_of(other), Order.objects.count()) == (1, CouponState.ISSUED, 1)


def test_a_gift_coupon_puts_its_gift_into_the_parcel():
    person, toy = buyer(), make_variant(price_minor=700)
    coupon = make_coupon(person, benefit={"type": "gift", "variantIds": [str(toy.pk)]})
    placed = order_with(coupon, person=person)
    assert (placed.order.items_minor, placed.order.discount_minor) == (6_700, 700)


def test_the_best_of_a_hand_is_found_for_a_basket():
    person = buyer()
    small = make_coupon(person)
    large = make_coupon(person, benefit={"type": "percent", "offBps": 3_000})
    priced = price_basket(
        lines=lines_of({make_variant(price_minor=6_000).pk: 1}), choices={}, buyer_id=person.pk, now=this_moment()
    )
    found = best_coupons(priced, buyer_id=person.pk, now=this_moment())
    assert found.best.ids == {large.pk}
    assert found.second.ids == {small.pk}


def test_claiming_twice_with_one_key_gives_one_coupon():
    template, person, key = make_template(issue_limit=5), buyer(), new_id()
    assert claim(template, person, key).pk == claim(template, person, key).pk
    with pytest.raises(CouponAlreadyYours):
        claim(template, person)
    assert Coupon.objects.filter(user=person).count() == 1


def test_the_pool_gives_out_exactly_as_many_as_there_are():
    template = make_template(issue_limit=2)
    for _number in range(2):
        claim(template, buyer())
    with pytest.raises(CouponsGone):
        claim(template, buyer())
    assert Coupon.objects.exclude(user=None).count() == 2


@pytest.mark.parametrize("shift", [timedelta(days=-2), timedelta(days=8)])
def test_outside_its_window_a_coupon_cannot_be_claimed(shift):
    template = make_template()
    with pytest.raises(CouponNotOffered):
        claim_coupon(template_id=template.pk, user_id=buyer().pk, idempotency_key=new_id(), now=this_moment() + shift)
    assert not Coupon.objects.exists()


def test_a_coupon_for_newcomers_is_refused_to_others():
    template, person = make_template(audience={"who": "returning"}), buyer()
    with pytest.raises(NotInAudience):
        claim(template, person)
    assert not Coupon.objects.filter(user=person).exists()


def test_a_code_is_redeemed_once_however_it_is_written():
    template, person = make_template(way="CODE", issue_limit=3), buyer()
    code = Coupon.objects.filter(template=template).first().code
    assert len(code) >= 10
    written = f" {code[:4].lower()}-{code[4:8]} {code[8:]}"
    coupon = redeem_code(code=written, user_id=person.pk, idempotency_key=new_id(), now=this_moment())
    assert coupon.user_id == person.pk
    with pytest.raises(CodeUnknown):
        redeem_code(code=code, user_id=buyer().pk, idempotency_key=new_id(), now=this_moment())


def test_codes_cannot_be_found_by_trying():
    person, template = buyer(), make_template(way="CODE", issue_limit=1)
    for number in range(10):
        with pytest.raises(CodeUnknown):
            redeem_code(code=f"GUESS{number:07}", user_id=person.pk, idempotency_key=new_id(), now=this_moment())
    right = Coupon.objects.get(template=template).code
    with pytest.raises(TooManyRequests):
        redeem_code(code=right, user_id=person.pk, idempotency_key=new_id(), now=this_moment())
    assert CodeAttempt.objects.count() == 10
    later = this_moment() + timedelta(minutes=11)
    assert redeem_code(code=right, user_id=person.pk, idempotency_key=new_id(), now=later)


def test_whoever_signs_up_gets_the_coupon_for_newcomers_once(deliver_outbox):
    make_template(way="WELCOME", audience={"who": "new"})
    person = buyer()
    deliver_outbox()
    deliver_outbox()
    assert Coupon.objects.filter(user=person).count() == 1
    assert Notification.objects.filter(user=person, kind="promotions.coupon_issued").exists()


def test_a_cause_gives_one_coupon_and_the_database_insists():
    template, person = make_template(per_person=3), buyer()
    for _again in range(2):
        give_coupon(template_id=template.pk, user_id=person.pk, cause="birthday:2026", now=this_moment())
    given = Coupon.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Coupon.objects.create(
            template=template, user=person, seq=2, cause="birthday:2026", issued_at=given.issued_at,
            valid_from=given.valid_from, valid_until=given.valid_until,
        )  # fmt: skip


def test_staff_give_a_coupon_to_many_people_by_mail():
    people = [buyer() for _number in range(3)]
    Profile.objects.filter(pk=people[0].pk).update(locale="en")
    template = make_template(way="GIVEN")
    grower = make_grower()
    wanted = {"template_id": template.pk, "audience": {"who": "all"}, "channel": "mail", "actor_id": grower.pk}
    key = new_id()
    for _again in range(2):
        batch = give_to_people(**wanted, idempotency_key=key, now=this_moment())
    while work_off_batch(now=this_moment()):
        pass

    batch.refresh_from_db()
    assert batch.finished_at is not None
    assert {Coupon.objects.filter(user=person).count() for person in people} == {1}
    sent = OutgoingMessage.objects.filter(to=people[0].email, channel="mail").get()
    assert sent.subject.startswith("A coupon for you")


def test_a_coupon_lapses_and_says_so_three_days_before():
    person = buyer()
    coupon = make_coupon(person, now=this_moment() - timedelta(days=29))
    assert notice_expiring(now=this_moment()) == 1
    assert notice_expiring(now=this_moment()) == 0
    assert expire_coupons(now=this_moment()) == 0
    assert expire_coupons(now=this_moment() + timedelta(days=2)) == 1
    assert state_of(coupon) == CouponState.EXPIRED


@pytest.mark.parametrize(("allows", "saved"), [([], 0), (["coupon"], 1_000)])
def test_a_group_price_keeps_coupons_away_unless_its_campaign_allows_them(allows, saved):
    product = make_offered_product(allows=allows)
    person = buyer()
    coupon = make_coupon(person, benefit={"type": "amount", "offMinor": 1_000})
    priced = price_basket(
        lines=lines_of({product.variants.get().pk: 1}),
        choices=choices_with({"group_price": {"productId": str(product.pk)}}, [coupon.pk] if allows else []),
        buyer_id=person.pk,
        now=this_moment(),
    )
    assert sum(each.amount_minor for each in priced.adjustments if each.kind == "coupon") == saved
    best = best_coupons(priced, buyer_id=person.pk, now=this_moment()).best if not allows else None
    assert best is None or not best.savings
