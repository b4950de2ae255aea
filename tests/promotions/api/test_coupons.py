"""Coupons through the API: claimed, redeemed, weighed for a basket, made by the growth team."""

import pytest

from backend.core.ids import new_id
from backend.promotions.models import Coupon, CouponTemplate
from tests.factories.catalogue import make_variant
from tests.factories.orders import make_buyer
from tests.factories.promotions import (
    make_coupon,
    make_grower,
    make_running_campaign,
    make_template,
    reduction_rule,
    this_moment,
)
from tests.support.api import Api

pytestmark = pytest.mark.django_db

CENTRE = (
    "{ couponCentre(first: 10) { edges { node {"
    " id name headline sentence threshold { minor } leftShare mine canClaim } } } }"
)
CLAIM = """mutation ($input: ClaimCouponInput!) {
  claimCoupon(input: $input) { coupon { id state headline validUntil } errors { code message } }
}"""
REDEEM = "mutation ($input: RedeemCodeInput!) { redeemCode(input: $input) { coupon { id } errors { code field } } }"
ADVICE = """query ($lines: [BasketLineInput!]!) { couponAdvice(lines: $lines) {
  coupons { id } best { couponIds saving { minor } } second { couponIds saving { minor } }
  leftOut { couponId reason text missing { minor } } steps { kind missing { minor } sentence } } }"""
SAVE = """mutation ($input: SaveCouponTemplateInput!) {
  saveCouponTemplate(input: $input) {
    template { id version state sentence problems { message } } errors { code field message } }
}"""
START = """mutation ($input: StartCouponTemplateInput!) {
  startCouponTemplate(input: $input) { template { id state isStarted counts { waiting } } errors { code } }
}"""


def test_a_coupon_is_seen_claimed_and_found_among_ones_own():
    template = make_template(issue_limit=4)
    api = Api(make_buyer(now=this_moment()), locale="en")
    assert Api(locale="en").payload(CENTRE)["edges"][0]["node"]["mine"] == 0

    wanted = {"templateId": str(template.pk), "idempotencyKey": str(new_id())}
    answer = api.payload(CLAIM, input=wanted)
    assert (answer["errors"], answer["coupon"]["headline"]) == ([], "¥10 off")
    seen = api.payload(CENTRE)["edges"][0]["node"]
    assert (seen["mine"], seen["canClaim"], seen["leftShare"], seen["sentence"]) == (
        1,
        False,
        75,
        "¥10 off, from ¥50 on",
    )
    mine = api.payload("{ myCoupons(shelf: READY, first: 5) { edges { node { id name scope } } } }")
    assert [each["node"]["id"] for each in mine["edges"]] == [answer["coupon"]["id"]]


def test_a_replayed_key_with_another_coupon_is_refused():
    api, key = Api(make_buyer(now=this_moment()), locale="en"), str(new_id())
    api.payload(CLAIM, input={"templateId": str(make_template().pk), "idempotencyKey": key})
    answer = api.payload(CLAIM, input={"templateId": str(make_template().pk), "idempotencyKey": key})
    assert answer["errors"][0]["code"] == "KEY_REUSED"
    assert Coupon.objects.count() == 1


def test_an_unknown_coupon_and_an_unknown_code_are_typed_refusals():
    api = Api(make_buyer(now=this_moment()), locale="en")
    answer = api.payload(CLAIM, input={"templateId": str(new_id()), "idempotencyKey": str(new_id())})
    assert answer["errors"][0]["code"] == "NOT_FOUND"
    answer = api.payload(REDEEM, input={"code": "NOSUCHCODE12", "idempotencyKey": str(new_id())})
    assert answer["errors"] == [{"code": "CODE_UNKNOWN", "field": "code"}]
    assert not Coupon.objects.exists()


def test_the_advice_names_the_best_the_second_best_and_the_reasons():
    buyer = make_buyer(now=this_moment())
    small, large = make_coupon(buyer), make_coupon(buyer, benefit={"type": "amount", "offMinor": 2_000})
    far = make_coupon(buyer, benefit={"type": "amount", "offMinor": 3_000}, threshold_minor=9_000)
    make_running_campaign([reduction_rule((8_000, 500))])
    lines = [{"variantId": str(make_variant(price_minor=6_000).pk), "quantity": 1}]
    advice = Api(buyer, locale="en").payload(ADVICE, lines=lines)
    assert advice["best"]["couponIds"] == [str(large.pk)]
    assert advice["second"]["couponIds"] == [str(small.pk)]
    left = {each["couponId"]: (each["reason"], each["text"]) for each in advice["leftOut"]}
    assert left[str(far.pk)] == ("BELOW_THRESHOLD", "¥30 more and it can be used")
    assert left[str(small.pk)][0] == "CLASHES"
    assert advice["steps"][0]["kind"] == "full_reduction"


def test_a_visitor_has_no_coupons_to_ask_about():
    assert Api(locale="en").codes("{ myCoupons(shelf: READY, first: 5) { edges { node { id } } } }") == [
        "SIGN_IN_REQUIRED"
    ]


def terms(**changes):
    now = this_moment()
    return {
        "names": {"zh-Hans": "夏日券", "zh-Hant": "夏日券", "en": "Summer"},
        "way": "CLAIM",
        "benefit": {"type": "percent", "offBps": 1_000, "capMinor": 2_000},
        "claimFrom": now.isoformat(),
        "claimUntil": now.replace(year=now.year + 1).isoformat(),
        "validDays": 14,
        "issueLimit": 20,
        **changes,
    }


def test_the_growth_team_makes_a_coupon_and_starts_it():
    api = Api(make_grower(), locale="en")
    saved = api.payload(SAVE, input={"terms": terms()})
    assert (saved["errors"], saved["template"]["sentence"]) == ([], "10% off, at most ¥20")
    started = api.payload(START, input={"id": saved["template"]["id"], "version": saved["template"]["version"]})
    assert started["template"]["counts"]["waiting"] == 20
    assert Coupon.objects.count() == 20


def test_more_than_everything_is_refused_in_the_readers_language():
    answer = Api(make_grower(), locale="zh-Hant").payload(
        SAVE, input={"terms": terms(benefit={"type": "percent", "offBps": 20_000})}
    )
    assert answer["errors"] == [{"code": "INVALID_INPUT", "field": "benefit", "message": "折扣應大於 0，最多 100%。"}]
    assert not CouponTemplate.objects.exists()


def test_shoppers_cannot_make_coupons():
    answer = Api(make_buyer(now=this_moment()), locale="en").payload(SAVE, input={"terms": terms()})
    assert answer["errors"][0]["code"] == "NOT_ALLOWED"
    assert not CouponTemplate.objects.exists()


def test_the_list_of_coupons_asks_as_often_for_twenty_as_for_two(django_assert_max_num_queries):
    api = Api(make_grower(), locale="en")
    for _number in range(12):
        make_template(issue_limit=2)
    with django_assert_max_num_queries(12):
        api.payload(
            "{ couponTemplates(first: 20) { edges { node { id name counts { waiting used } problems { message } } } } }"
        )
