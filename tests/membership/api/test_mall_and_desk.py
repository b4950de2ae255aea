"""The mall, the statement with its reasons, and the members desk through the API."""

import pytest

from backend.accounts.models import Address
from backend.core import clock
from backend.core.ids import new_id
from membership import actions
from membership.models import TierPolicy
from tests.factories.accounts import make_person as make_staff
from tests.factories.catalogue import NOON
from tests.factories.membership import give_points, keep_order, make_mall_coupon, make_mall_goods, make_person
from tests.factories.orders import make_buyer
from tests.security.members import policy
from tests.support.api import Api
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db

MALL = "{ mallItems { id name kind points left taken headline sentence worth { minor } picture { src } whyNot } }"
REDEEM = """
mutation ($input: RedeemMallItemInput!) {
  redeemMallItem(input: $input) { exchange { id orderId couponId } errors { code message } }
}
"""
STATEMENT = """
{ viewer { points { available owed worth { minor } entries(first: 20) { edges { node {
    kind title points state why { label detail } } } } } } }
"""
QUOTE = "query ($input: QuoteInput!) { quote(input: $input) { usablePoints { points whyNot } } }"
TEST = """
query ($policy: PolicyInput!) { tierBackTest(policy: $policy) {
    upCount downCount fingerprint up { held reached person { name } } } }
"""
SAVE = "mutation ($input: SaveTierPolicyInput!) { saveTierPolicy(input: $input) { version errors { code message } } }"


@pytest.fixture(autouse=True)
def _noon():
    with clock.frozen(NOON):
        yield


def redeem(person, item, **more):
    return Api(person, locale="zh-Hans").payload(
        REDEEM, input={"itemId": str(item.pk), "idempotencyKey": str(new_id()), **more}
    )


def test_the_mall_says_what_one_can_have_and_why_not():
    bob = make_person()
    give_points(bob, 120)
    cheap, dear = make_mall_coupon(points=100), make_mall_coupon(points=500)

    items = {item["id"]: item for item in Api(bob, locale="zh-Hans")(MALL)["mallItems"]}

    assert items[str(cheap.pk)]["whyNot"] is None
    assert items[str(dear.pk)]["whyNot"] == "还差 380 积分，签到或做任务就有。"


def test_a_longer_mall_costs_no_more_statements():
    bob = make_person()
    for _ in range(2):
        make_mall_goods()
    few = queries_of(lambda: Api(bob)(MALL))
    for _ in range(8):
        make_mall_goods()
        make_mall_coupon()

    assert queries_of(lambda: Api(bob)(MALL)) == few


def test_an_exchange_stands_in_the_statement_with_the_line_it_came_from():
    bob, item = make_person(), make_mall_coupon(points=2)
    actions.check_in(user_id=bob.id, now=NOON)

    payload = redeem(bob, item)
    again = redeem(bob, item)
    entries = Api(bob, locale="zh-Hans")(STATEMENT)["viewer"]["points"]["entries"]["edges"]

    assert (payload["errors"], again["errors"][0]["code"]) == ([], "MALL_LIMIT_REACHED")
    spend, lot = (edge["node"] for edge in entries)
    assert (spend["kind"], spend["title"], spend["points"]) == ("SPEND", "用于积分商城「小礼物」", -2)
    assert {"label": "来自", "detail": "2 分，来自「每日签到」"} in spend["why"]
    assert [step["label"] for step in lot["why"]] == ["你来签到了", "按这条规则", "已使用", "可使用"]


def test_goods_are_sent_home():
    bob, item = make_buyer("Bob"), make_mall_goods(points=10)
    give_points(bob, 20)
    home = Address.objects.values_list("pk", flat=True).get(user=bob, is_default=True)

    payload = redeem(bob, item, addressId=str(home))

    assert (payload["errors"], payload["exchange"]["orderId"] is not None) == ([], True)


def test_a_longer_statement_costs_no_more_statements_of_sql():
    bob = make_person()
    for _ in range(2):
        give_points(bob, 5)
        redeem(bob, make_mall_coupon(points=5))
    few = queries_of(lambda: Api(bob)(STATEMENT))
    for _ in range(6):
        give_points(bob, 5)
        redeem(bob, make_mall_coupon(points=5))

    assert queries_of(lambda: Api(bob)(STATEMENT)) == few


def test_a_quote_says_why_points_cannot_be_used():
    bob, item = make_person(), make_mall_goods()
    wanted = {"lines": [{"variantId": str(item.variant_id), "quantity": 1}]}

    usable = Api(bob, locale="zh-Hans")(QUOTE, input=wanted)["quote"]["usablePoints"]

    assert usable == {"points": 0, "whyNot": "你还没有积分，这一单就能得到第一笔。"}


def test_growth_tries_levels_on_the_members_of_today_before_saving_them():
    bob, grower = make_person(), make_staff("Growth", roles=("growth",))
    keep_order(bob, 25_000)
    api = Api(grower, locale="en")

    unseen = api.payload(SAVE, input={"policy": policy(), "fingerprint": "unseen"})
    test = api(TEST, policy=policy())["tierBackTest"]
    saved = api.payload(SAVE, input={"policy": policy(), "fingerprint": test["fingerprint"]})

    assert unseen["errors"][0]["code"] == "BACK_TEST_CHANGED"
    assert (test["upCount"], test["downCount"], test["up"][0]["person"]["name"]) == (1, 0, "Bob")
    assert (saved["version"], TierPolicy.objects.count()) == (2, 2)


def test_nobody_else_may_see_what_levels_would_do():
    assert Api(make_person()).codes(TEST, policy=policy()) == ["NOT_ALLOWED"]
