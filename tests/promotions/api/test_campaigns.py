"""Campaigns through the API: only the growth team, and every refusal typed."""

from datetime import timedelta

import pytest

from backend.core.ids import new_id
from backend.promotions.models import Campaign
from tests.factories.catalogue import make_product
from tests.factories.groupbuy import make_offered_product
from tests.factories.orders import make_buyer
from tests.factories.promotions import (
    group_rule,
    make_campaign,
    make_grower,
    make_running_campaign,
    reduction_rule,
    this_moment,
)
from tests.support.api import Api
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db

FIELDS = """
id name names state kind startsAt endsAt audience version canStart createdBy { name }
budget { money { minor } points spentMoney { minor } spentPoints }
rules { id kind kindLabel params version summary isEnabled } problems { severity message field }
"""
SAVE = f"""
mutation Save($input: SaveCampaignInput!) {{ saveCampaign(input: $input) {{
  campaign {{ {FIELDS} }} errors {{ code message field details }} }} }}
"""
START = """
mutation Start($input: StartCampaignInput!) { startCampaign(input: $input) {
  campaign { state version } errors { code message details } } }
"""
PAUSE = (
    "mutation P($input: PauseCampaignInput!) { pauseCampaign(input: $input) { campaign { state } errors { code } } }"
)
END = "mutation E($input: EndCampaignInput!) { endCampaign(input: $input) { campaign { state } errors { code } } }"
LIST = """
query L($state: CampaignState) { campaigns(state: $state) { edges { node {
  id name state rules { summary } createdBy { name } } } } }
"""
PREVIEW = """
query P($input: CampaignDraftInput!) { campaignPreview(input: $input) {
  problems { severity field } buyerView affectedProducts estimatedAudience summary } }
"""
PRODUCT = "query P($slug: String!) { product(slug: $slug) { groupOffer { price { minor } } } }"


def draft(*rules, **changes):
    """A campaign as the console sends it."""
    now = this_moment()
    return {
        "names": {"zh-Hans": "冬至团子节", "zh-Hant": "冬至團子節", "en": "Solstice"},
        "startsAt": (now - timedelta(minutes=1)).isoformat(),
        "endsAt": (now + timedelta(days=4)).isoformat(),
        "audience": {"who": "all"},
        "rules": [{"kind": rule.kind, "params": rule.params, "isEnabled": True} for rule in rules],
        **changes,
    }


def test_a_campaign_is_made_started_and_seen_in_the_shop():
    product = make_product(now=this_moment())
    api = Api(make_grower())

    saved = api.payload(SAVE, input=draft(group_rule([product]), budgetMoney=100_000))
    assert saved["errors"] == []
    campaign = saved["campaign"]
    assert (campaign["state"], campaign["kind"], campaign["name"]) == ("DRAFT", "group_price", "冬至团子节")
    assert campaign["budget"]["money"]["minor"] == 100_000
    assert campaign["canStart"]

    given = {"id": campaign["id"], "version": campaign["version"], "idempotencyKey": str(new_id())}
    started = api.payload(START, input=given)

    assert (started["errors"], started["campaign"]["state"]) == ([], "RUNNING")
    assert Api()(PRODUCT, slug=product.slug)["product"]["groupOffer"]["price"]["minor"] == 4792


def test_a_pause_is_obeyed_by_the_shop_at_once(deliver_outbox):
    product = make_offered_product()
    campaign = Campaign.objects.get()
    assert Api()(PRODUCT, slug=product.slug)["product"]["groupOffer"]

    answer = Api(make_grower()).payload(PAUSE, input={"id": str(campaign.id), "version": campaign.version})
    deliver_outbox()

    assert answer["campaign"]["state"] == "PAUSED"
    assert Api()(PRODUCT, slug=product.slug)["product"]["groupOffer"] is None


def test_problems_are_told_in_the_readers_language():
    api = Api(make_grower(), locale="zh-Hans")
    saved = api.payload(SAVE, input=draft())["campaign"]

    given = {"id": saved["id"], "version": saved["version"], "idempotencyKey": str(new_id())}
    (error,) = api.payload(START, input=given)["errors"]

    assert error["code"] == "CAMPAIGN_NOT_READY"
    assert any("规则" in problem["message"] for problem in error["details"]["problems"])
    assert Campaign.objects.get().state == "DRAFT"


def test_a_colleagues_change_is_told():
    campaign = make_campaign([group_rule([make_product(now=this_moment())])])

    answer = Api(make_grower()).payload(SAVE, input=draft(id=str(campaign.id), version=0))

    assert [error["code"] for error in answer["errors"]] == ["CAMPAIGN_CHANGED"]
    assert answer["errors"][0]["details"] == {"currentVersion": 1}


def test_a_preview_shows_what_a_buyer_would_see_and_saves_nothing():
    product = make_product(now=this_moment())

    shown = Api(make_grower())(PREVIEW, input=draft(group_rule([product])))["campaignPreview"]

    (rule,) = shown["buyerView"]["rules"]
    assert rule["products"][0]["priceMinor"] == 4792
    assert shown["affectedProducts"] == 1
    assert shown["estimatedAudience"] > 0
    assert [problem["severity"] for problem in shown["problems"]] == ["warning"]
    assert not Campaign.objects.exists()


def test_nobody_and_shoppers_have_no_campaigns():
    campaign = make_running_campaign([group_rule([make_product(now=this_moment())])])
    shopper = Api(make_buyer("Nosy", now=this_moment()))
    given = {"id": str(campaign.id), "stopManner": "CANCEL_AND_REFUND"}

    assert Api().codes(LIST) == ["SIGN_IN_REQUIRED"]
    assert shopper.codes(LIST) == ["NOT_ALLOWED"]
    assert [error["code"] for error in shopper.payload(END, input=given)["errors"]] == ["NOT_ALLOWED"]
    assert Campaign.objects.get().state == "RUNNING"


def test_a_list_asks_as_many_statements_at_two_as_at_twenty():
    product = make_product(now=this_moment())
    for _ in range(2):
        make_campaign([group_rule([product])])
    api = Api(make_grower())
    two = queries_of(lambda: api(LIST))
    for _ in range(6):
        make_campaign([group_rule([product])])

    assert queries_of(lambda: api(LIST)) == two
    assert len(api(LIST, state="DRAFT")["campaigns"]["edges"]) == 8


@pytest.mark.django_db
def test_a_list_of_campaigns_reads_its_numbers_as_often_for_six_as_for_two(django_assert_max_num_queries):
    api, listed = Api(make_grower()), "numbers { totals { key value } updatedAt }"
    for _number in range(6):
        make_running_campaign([reduction_rule()])
    with django_assert_max_num_queries(12):
        answer = api.payload("{ campaigns(first: 20) { edges { node { id " + listed + " } } } }")
    assert len(answer["edges"]) == 6
