"""Commission campaigns: a rate that rises at once, within its budget, and falls with the announced end."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from backend.catalogue.models import Brand, Product
from backend.core.errors import InvalidInput
from backend.core.ids import new_id
from backend.ledger.selectors import balance
from backend.orders.actions import refund_lines
from backend.orders.models import OrderLine
from backend.promotions.actions import RuleDraft, pause_campaign, save_campaign, start_campaign
from backend.promotions.errors import CampaignChanged, CampaignNotReady
from backend.promotions.models import Campaign, CampaignRule
from backend.promotions.ports import rule_kind
from backend.promotions.selectors import facts_of
from referrals.influencers import actions
from referrals.influencers.kinds import COMMISSION
from referrals.influencers.models import Commission, Promoter, Rate
from referrals.influencers.selectors.auditing import differences
from referrals.influencers.wording import why_of
from tests.factories.catalogue import NOON, make_variant, texts
from tests.factories.creators import buy_through, deliver, live_creator
from tests.factories.promotions import make_campaign, make_draft, make_running_campaign
from tests.support.api import Api

pytestmark = pytest.mark.django_db

WORK = """{ viewer { creator { collaborations(first: 5) { edges { node {
    rateBps campaignRateBps campaignName campaignEndsAt
} } } } } }"""
EARNED = """{ viewer { creator { commissions(first: 5) { edges { node {
    rateBps lockedRateBps campaignName
} } } } } }"""
VESTED = NOON + timedelta(days=11, minutes=1)


def commission_rule(bps=2_000, **params):
    return RuleDraft(kind="commission", params={"rateBps": bps, **params})


def run_campaign(*rules, **draft):
    return make_running_campaign(rules or [commission_rule()], now=NOON, **draft)


def one_line(**options):
    variant = make_variant(price_minor=11_300)
    return live_creator([variant], **options), variant


def budget_of(campaign):
    row = Campaign.objects.get(pk=campaign.pk)
    return row.reserved_minor, row.spent_minor


def test_a_campaign_raises_the_rate_at_once_and_keeps_rule_and_version():
    lily, variant = one_line()
    campaign = run_campaign(budget_minor=100_000)

    order = buy_through(lily, [(variant, 1)])

    row = Commission.objects.get(order=order)
    assert (row.rate.bps, row.bps, row.kept_minor, row.campaign_minor) == (1_000, 2_000, 2_000, 1_000)
    assert (row.campaign_rule.campaign_id, row.campaign_rule.version) == (campaign.pk, 1)
    assert balance(kind="commission_pending", owner_id=lily.pk) == 2_000
    assert budget_of(campaign) == (0, 1_000)
    assert differences() == []


def test_the_lock_counts_where_it_is_higher():
    lily, variant = one_line(rate_bps=3_000)
    campaign = run_campaign(budget_minor=100_000)

    order = buy_through(lily, [(variant, 1)])

    row = Commission.objects.get(order=order)
    assert (row.bps, row.campaign_rule, row.campaign_minor) == (3_000, None, 0)
    assert budget_of(campaign) == (0, 0)


def test_the_end_of_a_campaign_is_no_cut_and_needs_no_notice():
    lily, variant = one_line()
    run_campaign(lasts=timedelta(hours=2))

    during = buy_through(lily, [(variant, 1)])
    after = buy_through(lily, [(variant, 1)], now=NOON + timedelta(hours=3))

    assert Commission.objects.get(order=during).bps == 2_000
    assert Commission.objects.get(order=after).bps == 1_000
    assert Rate.objects.filter(notice_at__isnull=False).count() == 0
    assert Rate.objects.count() == 1


def test_an_order_of_the_window_keeps_the_rate_when_it_is_delivered_later():
    lily, variant = one_line()
    run_campaign(lasts=timedelta(hours=2), budget_minor=100_000)

    deliver(buy_through(lily, [(variant, 1)]))
    actions.vest_commissions(now=VESTED)

    assert balance(kind="commission_vested", owner_id=lily.pk) == 2_000
    assert differences() == []


@pytest.mark.parametrize("scope", ["product", "shelf", "brand", "except"])
def test_a_campaign_is_about_the_goods_it_names(scope):
    variant, other = make_variant(price_minor=11_300), make_variant(price_minor=11_300)
    lily = live_creator([variant, other])
    brand = Brand.objects.create(slug="yunwu", name=texts("云雾", "雲霧", "Cloud"))
    Product.objects.filter(pk=variant.product_id).update(brand=brand)
    without_other = {"exceptProductIds": [str(other.product_id)]}
    wanted = {
        "product": {"productIds": [str(variant.product_id)]},
        "shelf": {"categoryIds": [str(variant.product.category_id)], **without_other},
        "brand": {"brandIds": [str(brand.pk)]},
        "except": without_other,
    }[scope]
    run_campaign(commission_rule(scope=wanted))

    order = buy_through(lily, [(variant, 1), (other, 1)])

    rates = dict(Commission.objects.filter(order=order).values_list("product_id", "bps"))
    assert rates == {variant.product_id: 2_000, other.product_id: 1_000}


def test_a_campaign_for_levels_leaves_other_creators_with_their_lock():
    lily, variant = one_line()
    run_campaign(commission_rule(creatorTiers=["STAR", "PRIME"]))

    before = buy_through(lily, [(variant, 1)])
    Promoter.objects.filter(pk=lily.pk).update(tier="STAR")
    risen = buy_through(lily, [(variant, 1)])

    assert Commission.objects.get(order=before).bps == 1_000
    assert Commission.objects.get(order=risen).bps == 2_000


def test_of_two_campaigns_the_higher_counts():
    lily, variant = one_line()
    run_campaign(commission_rule(1_500))
    best = run_campaign(commission_rule(2_500))

    order = buy_through(lily, [(variant, 1)])

    row = Commission.objects.get(order=order)
    assert (row.bps, row.campaign_rule.campaign_id) == (2_500, best.pk)


def test_a_pause_is_obeyed_by_the_next_order():
    lily, variant = one_line()
    campaign = run_campaign()
    pause_campaign(campaign_id=campaign.pk, version=campaign.version, actor_id=campaign.created_by_id, now=NOON)

    order = buy_through(lily, [(variant, 1)])

    assert Commission.objects.get(order=order).bps == 1_000


def test_a_used_up_budget_leaves_the_lock_and_says_so():
    lily, variant = one_line()
    campaign = run_campaign(budget_minor=1_500)

    buy_through(lily, [(variant, 1)])
    order = buy_through(lily, [(variant, 1)])

    row = Commission.objects.get(order=order)
    assert (row.bps, row.kept_minor, row.campaign_rule) == (1_000, 1_000, None)
    assert budget_of(campaign) == (0, 1_000)
    with override("en"):
        assert any("its budget was used up" in step.detail for step in why_of(row, []))
    assert differences() == []


def test_a_breach_earns_nothing_whatever_campaign_runs():
    lily, variant = one_line()
    campaign = run_campaign(budget_minor=100_000)
    actions.record_violation(promoter_id=lily.pk, words="几篇帖子都没有标注广告", by=campaign.created_by_id, now=NOON)

    order = buy_through(lily, [(variant, 1)])

    row = Commission.objects.get(order=order)
    assert (row.bps, row.kept_minor, row.campaign_rule) == (0, 0, None)
    assert budget_of(campaign) == (0, 0)


def test_a_refund_puts_what_the_campaign_added_back_into_its_budget():
    lily, variant = one_line()
    campaign = run_campaign(budget_minor=100_000, budget_count=5)
    order = buy_through(lily, [(variant, 2)])
    line = OrderLine.objects.get(order=order)

    refund_lines(order_id=order.id, pieces=[(line.pk, 1, 11_300)], now=NOON + timedelta(days=1))
    actions.reduce_commissions(order_id=order.id, now=NOON + timedelta(days=1))
    half = budget_of(campaign)
    refund_lines(order_id=order.id, pieces=[(line.pk, 1, 11_300)], now=NOON + timedelta(days=2))
    actions.reduce_commissions(order_id=order.id, now=NOON + timedelta(days=2))

    assert half == (0, 1_000)
    assert budget_of(campaign) == (0, 0)
    assert Campaign.objects.get(pk=campaign.pk).spent_count == 0
    assert Commission.objects.get(order=order).campaign_minor == 0
    assert differences() == []


def test_the_reasons_name_the_lock_the_campaign_and_the_sum():
    lily, variant = one_line()
    run_campaign()
    order = buy_through(lily, [(variant, 1)])

    with override("en"):
        steps = why_of(Commission.objects.get(order=order), [])

    told = {step.label: step.detail for step in steps}
    assert told["The rule"] == "Rate version 1 of that day: 10%"
    assert "rule version 1, pays 20% until its end" in told["A campaign"]
    assert told["The sum"].startswith("¥100.00 × 20% = ¥20.00")


def test_a_new_version_leaves_what_the_old_one_raised():
    lily, variant = one_line()
    campaign = run_campaign()
    old = buy_through(lily, [(variant, 1)])
    rule = CampaignRule.objects.get(campaign=campaign)
    changed = make_draft([RuleDraft(kind="commission", params={"rateBps": 3_000}, id=rule.pk)], now=NOON)
    save_campaign(
        draft=changed, actor_id=campaign.created_by_id, now=NOON, campaign_id=campaign.pk, version=campaign.version
    )

    new = buy_through(lily, [(variant, 1)])

    rows = [Commission.objects.get(order=each) for each in (old, new)]
    assert [(row.bps, row.campaign_rule.version) for row in rows] == [(2_000, 1), (3_000, 2)]
    assert CampaignRule.objects.filter(lineage_id=rule.lineage_id, is_current=True).count() == 1
    assert differences() == []


def test_two_versions_made_from_one_are_refused():
    campaign = run_campaign()
    rule = CampaignRule.objects.get(campaign=campaign)
    first = make_draft([RuleDraft(kind="commission", params={"rateBps": 3_000}, id=rule.pk)], now=NOON)
    save_campaign(
        draft=first, actor_id=campaign.created_by_id, now=NOON, campaign_id=campaign.pk, version=campaign.version
    )

    with pytest.raises(CampaignChanged):
        save_campaign(
            draft=first, actor_id=campaign.created_by_id, now=NOON, campaign_id=campaign.pk, version=campaign.version
        )

    assert CampaignRule.objects.filter(campaign=campaign).count() == 2


@pytest.mark.parametrize("bps", [10_001, -1])
def test_more_than_everything_is_not_even_kept_as_a_draft(bps):
    with pytest.raises(InvalidInput) as refused:
        make_campaign([commission_rule(bps)], now=NOON)

    assert refused.value.field == "rules.0.rateBps"
    assert Campaign.objects.count() == 0


def test_a_budget_of_nothing_is_refused():
    with pytest.raises(InvalidInput) as refused:
        make_campaign([commission_rule()], now=NOON, budget_minor=0)

    assert refused.value.field == "budgetMoney"
    assert Campaign.objects.count() == 0


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"rateBps": 0}, "rateBps"),
        ({"rateBps": None}, "rateBps"),
        ({"rateBps": True}, "rateBps"),
        ({"rateBps": 2_000, "creatorTiers": ["GOD"]}, "creatorTiers"),
        ({"rateBps": 2_000, "creatorTiers": "STAR"}, "creatorTiers"),
        ({"rateBps": 2_000, "scope": {"productIds": ["no"]}}, "scope"),
    ],
)
def test_a_parameter_out_of_range_is_a_problem_and_keeps_the_campaign_from_starting(params, field):
    campaign = make_campaign([RuleDraft(kind="commission", params=params)], now=NOON)

    with pytest.raises(CampaignNotReady):
        start_campaign(
            campaign_id=campaign.pk,
            version=campaign.version,
            actor_id=campaign.created_by_id,
            idempotency_key=new_id(),
            now=NOON,
        )

    assert [problem.field for problem in COMMISSION.validate(params)] == [field]
    assert CampaignRule.objects.get().used_at is None


def test_the_kind_tells_and_shows_itself():
    lily, variant = one_line()
    campaign = run_campaign()
    kind = rule_kind("commission")

    shown = kind.preview({"rateBps": 2_000, "creatorTiers": ["SEED"]}, facts_of(campaign), NOON)

    assert kind is COMMISSION
    assert (
        kind.describe({"rateBps": 1_250, "creatorTiers": ["STAR"]}, "en") == "Creators earn 12.5%, from 1 of 4 levels"
    )
    assert kind.describe({}, "en") == "Creators earn ?"
    assert shown["creators"] == 1
    assert str(variant.product_id) in shown["productIds"]
    assert lily.tier == "SEED"


def test_a_creator_reads_the_higher_rate_and_its_end_and_nothing_while_on_hold():
    lily, _variant = one_line()
    campaign = run_campaign(lasts=timedelta(days=3_000))

    def work():
        (edge,) = Api(lily.user).payload(WORK)["creator"]["collaborations"]["edges"]
        return edge["node"]

    running = work()
    actions.record_violation(promoter_id=lily.pk, words="几篇帖子都没有标注广告", by=campaign.created_by_id, now=NOON)

    assert (running["rateBps"], running["campaignRateBps"], running["campaignName"]) == (1_000, 2_000, "团子节")
    assert running["campaignEndsAt"] is not None
    assert work()["campaignRateBps"] is None


def test_a_commission_tells_its_campaign_and_the_lock():
    lily, variant = one_line()
    run_campaign()
    buy_through(lily, [(variant, 1)])

    (edge,) = Api(lily.user).payload(EARNED)["creator"]["commissions"]["edges"]

    assert edge["node"] == {"rateBps": 2_000, "lockedRateBps": 1_000, "campaignName": "团子节"}
