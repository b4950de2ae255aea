"""Reads of promotions: campaigns and their rules, and what a basket costs."""

from backend.promotions.selectors.campaigns import (
    admits,
    budgets,
    campaign_by_id,
    campaigns_in_state,
    current_rules,
    describe_rule,
    estimated_audience,
    facts_of,
    live_rules,
    previews,
    problem_rows,
    problems_of,
    problems_of_campaign,
    rule_is_live,
    shown_state,
)
from backend.promotions.selectors.coupons import best_coupons, choices_with, coupon_choices
from backend.promotions.selectors.places import lines_of, products_within
from backend.promotions.selectors.prices import price_basket, shipping_terms
from backend.promotions.selectors.refunds import refund_of_pieces
from backend.promotions.selectors.steps import NextStep, next_steps

__all__ = [
    "NextStep",
    "admits",
    "best_coupons",
    "budgets",
    "campaign_by_id",
    "campaigns_in_state",
    "choices_with",
    "coupon_choices",
    "current_rules",
    "describe_rule",
    "estimated_audience",
    "facts_of",
    "lines_of",
    "live_rules",
    "next_steps",
    "previews",
    "price_basket",
    "problem_rows",
    "problems_of",
    "problems_of_campaign",
    "products_within",
    "refund_of_pieces",
    "rule_is_live",
    "shipping_terms",
    "shown_state",
]
