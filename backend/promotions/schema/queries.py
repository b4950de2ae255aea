"""What the growth team can ask about campaigns."""

from __future__ import annotations

from typing import Any

import graphene

from backend.core.errors import NotFound
from backend.core.graphql import anyone, connection, keyset_page, query_field, role, signed_in
from backend.promotions import selectors
from backend.promotions.models import Campaign, CouponTemplate
from backend.promotions.ports import CampaignFacts
from backend.promotions.schema.coupon_inputs import BasketLineInput, quantities_of
from backend.promotions.schema.coupon_types import (
    CouponAdviceType,
    CouponOfferType,
    CouponShelfEnum,
    CouponTemplateType,
    CouponType,
    advice_row,
    together,
)
from backend.promotions.schema.inputs import CampaignDraftInput, draft_of
from backend.promotions.schema.types import (
    CampaignPreviewType,
    CampaignStateEnum,
    CampaignType,
    whole,
    whole_page,
)
from backend.promotions.selectors import coupons as coupon_reads


def _campaigns(root: Any, info: Any, first: int, after: str | None = None, state: Any = None) -> Any:
    found = selectors.campaigns_in_state(state.value if state else None, info.context.now)
    return whole_page(keyset_page(found, order=("-created_at", "-id"), first=first, after=after))


def _campaign(root: Any, info: Any, id: Any) -> Campaign | None:
    try:
        campaign: Campaign = whole([selectors.campaign_by_id(id)])[0]
    except NotFound:
        return None
    return campaign


def _preview(root: Any, info: Any, *, input: Any) -> dict[str, Any]:
    now, locale = info.context.now, info.context.viewer.locale
    draft = draft_of(input)
    facts = CampaignFacts(
        id=input.get("id"),
        names=draft.names,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        audience=draft.audience,
        budget_minor=draft.budget_minor,
        budget_points=draft.budget_points,
        budget_count=draft.budget_count,
    )
    rule_list = [(rule.kind, rule.params, rule.is_enabled) for rule in draft.rules]
    shown = selectors.previews(facts, rule_list, now)
    return {
        "problems": selectors.problems_of(facts, rule_list, now),
        "buyer_view": {"rules": shown},
        "affected_products": len({each for rule in shown for each in rule.get("productIds", [])}),
        "estimated_audience": selectors.estimated_audience(draft.audience),
        "summary": [selectors.describe_rule(kind, params, locale) for kind, params, _enabled in rule_list],
    }


def _centre(root: Any, info: Any, first: int, after: str | None = None) -> Any:
    found = coupon_reads.offered_templates(now=info.context.now)
    page = keyset_page(found, order=("-created_at", "-id"), first=first, after=after)
    together(page.nodes, info)
    return page


def _product_coupons(root: Any, info: Any, *, product_id: Any) -> Any:
    return together(coupon_reads.coupons_for_product(product_id, now=info.context.now), info)


def _my_coupons(root: Any, info: Any, first: int, shelf: Any, after: str | None = None) -> Any:
    found = coupon_reads.coupons_in_state(info.context.viewer.id, getattr(shelf, "value", shelf), now=info.context.now)
    return keyset_page(found, order=("valid_until", "id"), first=first, after=after)


def _advice(root: Any, info: Any, *, lines: Any, group_id: Any = None, group_product_id: Any = None) -> Any:
    viewer, now = info.context.viewer, info.context.now
    group = {"groupId": group_id, "productId": group_product_id}
    chosen = {name: str(value) for name, value in group.items() if value is not None}
    priced = selectors.price_basket(
        lines=selectors.lines_of(quantities_of(lines)),
        choices={"group_price": chosen} if chosen else {},
        buyer_id=viewer.id,
        now=now,
    )
    return advice_row(priced, viewer.id, now)


def _templates(root: Any, info: Any, first: int, after: str | None = None) -> Any:
    page = keyset_page(CouponTemplate.objects.all(), order=("-created_at", "-id"), first=first, after=after)
    together(page.nodes, info)
    return page


def _template(root: Any, info: Any, id: Any) -> CouponTemplate | None:
    try:
        return coupon_reads.template_by_id(id)
    except NotFound:
        return None


def _codes(root: Any, info: Any, id: Any) -> list[str]:
    return coupon_reads.free_codes(id)


class Query:
    """The root fields of promotions."""

    campaigns = query_field(
        connection(CampaignType),
        _campaigns,
        permission=role("growth"),
        state=graphene.Argument(CampaignStateEnum, description="Only campaigns in this state."),
        description="Campaigns, newest first.",
    )
    campaign = query_field(
        CampaignType,
        _campaign,
        permission=role("growth"),
        id=graphene.ID(required=True, description="The campaign's id."),
        description="One campaign.",
    )
    campaign_preview = query_field(
        CampaignPreviewType,
        _preview,
        permission=role("growth"),
        required=True,
        input=graphene.Argument(CampaignDraftInput, required=True, description="The draft."),
        description="What a draft would do; nothing is saved.",
    )
    coupon_centre = query_field(
        connection(CouponOfferType),
        _centre,
        permission=anyone,
        description="Coupons that can be claimed now, newest first.",
    )
    product_coupons = query_field(
        graphene.List(graphene.NonNull(CouponOfferType)),
        _product_coupons,
        permission=anyone,
        required=True,
        product_id=graphene.ID(required=True, description="The product."),
        description="Coupons that can be claimed now and are about a product.",
    )
    my_coupons = query_field(
        connection(CouponType),
        _my_coupons,
        permission=signed_in,
        shelf=graphene.Argument(CouponShelfEnum, required=True, description="Which of them."),
        description="The viewer's coupons, those that end first before the others.",
    )
    coupon_advice = query_field(
        CouponAdviceType,
        _advice,
        permission=signed_in,
        required=True,
        lines=graphene.List(graphene.NonNull(BasketLineInput), required=True, description="What is in the basket."),
        group_id=graphene.ID(description="The group that is joined, if one is."),
        group_product_id=graphene.ID(description="The product that a group is opened for, if one is."),
        description="The best coupons for a basket, the second best, why not the others, and what is nearly reached.",
    )
    coupon_templates = query_field(
        connection(CouponTemplateType),
        _templates,
        permission=role("growth"),
        description="Coupons that the growth team has made, newest first.",
    )
    coupon_template = query_field(
        CouponTemplateType,
        _template,
        permission=role("growth"),
        id=graphene.ID(required=True, description="The template's id."),
        description="One of them.",
    )
    coupon_codes = query_field(
        graphene.List(graphene.NonNull(graphene.String)),
        _codes,
        permission=role("growth"),
        required=True,
        id=graphene.ID(required=True, description="The template's id."),
        description="The codes of a coupon that nobody has redeemed yet.",
    )
