"""A leader pays less at once, and gives a part back when too many of the group give their goods back."""

import pytest

from backend.checkout.models import OrderAdjustment
from backend.core.ids import new_id
from backend.ledger.selectors import conservation
from backend.messaging.models import Notification
from backend.payments.actions import grant_store_credit
from backend.payments.selectors import available_credit
from groupbuy import rules
from groupbuy.actions import leave_group, reduce_leader_benefit, settle_leader_benefits
from groupbuy.actions.group_price import GROUP_PRICE
from groupbuy.models import BenefitState, GroupOrder, LeaderBenefit, Seat
from tests.factories.catalogue import make_product
from tests.factories.groupbuy import group_of, join, make_group, make_offered_product, order_opening
from tests.factories.orders import make_buyer
from tests.factories.payments import pay
from tests.factories.promotions import group_rule, this_moment
from tests.groupbuy.test_shop_helps import delivered, full_group, give_back

pytestmark = pytest.mark.django_db
PRICE = 4792


def give_credit(user_id, amount):
    grant_store_credit(
        user_id=user_id, amount_minor=amount, source=("test", new_id()), now=this_moment(), reason={"en": "Test"}
    )


@pytest.mark.parametrize(
    ("line", "bps", "most", "less"),
    [(1000, None, 300, 300), (1000, 1000, 300, 100), (1000, 9000, 300, 300), (200, None, 300, 199)],
)
def test_a_discount_is_an_amount_or_a_share_with_a_cap_and_leaves_something_to_pay(line, bps, most, less):
    assert rules.leader_discount(line_minor=line, bps=bps, most_minor=most) == less


def test_only_who_opens_pays_less_and_the_price_says_why():
    product = make_offered_product(size=3, leaderDiscountMinor=500)
    leader = order_opening(product)
    pay(leader, now=this_moment())
    member = join(group_of(leader))

    assert (leader.order.items_minor - leader.order.discount_minor) == PRICE - 500
    assert (member.order.items_minor - member.order.discount_minor) == PRICE
    said = OrderAdjustment.objects.get(order=leader.order).explanation
    assert any("团长优惠" in sentence["zh-Hans"] and "¥5" in sentence["zh-Hans"] for sentence in said)
    assert GroupOrder.objects.get(pk=leader.order.pk).leader_discount_minor == 500


def test_a_group_that_keeps_its_goods_costs_the_leader_nothing(deliver_outbox):
    group = full_group(leaderDiscountMinor=600)
    deliver_outbox()
    give_credit(group.leader_id, 1000)
    delivered(group, days_ago=10)

    settle_leader_benefits(now=this_moment())

    benefit = LeaderBenefit.objects.get()
    assert (benefit.state, benefit.owed_minor, benefit.points) == (BenefitState.GRANTED, 0, 0)
    assert available_credit(group.leader_id) == 1000


@pytest.mark.parametrize(("spare", "left"), [(1, 1000), (0, 800)])
def test_a_seat_that_went_back_costs_its_share_unless_it_is_spared(deliver_outbox, spare, left):
    group = full_group(leaderDiscountMinor=600, leaderSpare=spare)
    deliver_outbox()
    give_credit(group.leader_id, 1000)
    delivered(group, days_ago=10)
    give_back(group, 2)

    settle_leader_benefits(now=this_moment())
    settle_leader_benefits(now=this_moment())
    deliver_outbox()

    assert available_credit(group.leader_id) == left
    told = Notification.objects.filter(user_id=group.leader_id, kind="groupbuy.discount_back").count()
    assert told == (0 if spare else 1)
    assert conservation()["difference"] == 0


def test_a_seat_that_goes_back_later_costs_its_share_once(deliver_outbox):
    group = full_group(leaderDiscountMinor=600)
    deliver_outbox()
    give_credit(group.leader_id, 1000)
    delivered(group, days_ago=10)
    settle_leader_benefits(now=this_moment())
    give_back(group, 3)
    order_id = Seat.objects.get(group=group, number=3).order_id

    first = reduce_leader_benefit(order_id=order_id, now=this_moment())
    again = reduce_leader_benefit(order_id=order_id, now=this_moment())

    assert (first, again) == (True, False)
    assert available_credit(group.leader_id) == 800


def test_what_cannot_be_taken_back_is_owed_and_paid_by_what_comes_next(deliver_outbox):
    group = full_group(leaderDiscountMinor=600)
    deliver_outbox()
    give_credit(group.leader_id, 50)
    delivered(group, days_ago=10)
    give_back(group, 2)
    settle_leader_benefits(now=this_moment())
    owed = LeaderBenefit.objects.get().owed_minor

    give_credit(group.leader_id, 500)
    settle_leader_benefits(now=this_moment())

    benefit = LeaderBenefit.objects.get()
    assert (owed, benefit.owed_minor, benefit.taken_back_minor) == (150, 0, 200)
    assert available_credit(group.leader_id) == 350


def test_who_owes_gets_no_new_discount_and_is_told_so(deliver_outbox):
    group = full_group(leaderDiscountMinor=600)
    deliver_outbox()
    delivered(group, days_ago=10)
    give_back(group, 2)
    settle_leader_benefits(now=this_moment())

    placed = order_opening(make_offered_product(leaderDiscountMinor=600), buyer=group.leader)

    assert GroupOrder.objects.get(pk=placed.order.pk).leader_discount_minor == 0
    said = OrderAdjustment.objects.get(order=placed.order).explanation
    assert any("an earlier one" in sentence["en"] for sentence in said)


def test_a_leader_whose_own_goods_went_back_owes_nothing(deliver_outbox):
    group = full_group(leaderDiscountMinor=600)
    deliver_outbox()
    give_credit(group.leader_id, 1000)
    delivered(group, days_ago=10)
    give_back(group, 1)

    settle_leader_benefits(now=this_moment())

    assert available_credit(group.leader_id) == 1000


def test_who_takes_over_gets_no_discount(deliver_outbox):
    leader = make_buyer("Lea")
    group = make_group(make_offered_product(size=3, leaderDiscountMinor=600), leader=leader)
    heir = join(group)
    leave_group(group_id=group.id, buyer_id=leader.id, idempotency_key=new_id(), now=this_moment())
    join(group)
    join(group)
    deliver_outbox()

    group.refresh_from_db()
    assert group.leader_id == heir.order.buyer_id
    assert not LeaderBenefit.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"leaderDiscountMinor": 0}, "leaderDiscountMinor"),
        ({"leaderDiscountBps": 500}, "leaderDiscountMinor"),
        ({"leaderDiscountMinor": 500, "leaderDiscountBps": 10_000}, "leaderDiscountBps"),
        ({"leaderDiscountMinor": 500, "leaderPoints": 10}, "leaderDiscountMinor"),
        ({"leaderDiscountMinor": 500, "winners": 1}, "leaderDiscountMinor"),
        ({"leaderDiscountMinor": 500, "allowMerge": True}, "leaderDiscountMinor"),
    ],
)
def test_an_unsound_discount_is_refused_with_its_field(change, field):
    params = group_rule([make_product()], **change).params

    assert [problem.field for problem in GROUP_PRICE.validate(params)] == [field]
