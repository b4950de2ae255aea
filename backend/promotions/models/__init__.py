"""Campaigns with their rules, what orders took of them, and coupons."""

from backend.promotions.models.campaigns import Campaign, CampaignRule, CampaignState, StopManner
from backend.promotions.models.coupons import (
    CodeAttempt,
    Coupon,
    CouponBatch,
    CouponState,
    CouponTemplate,
    CouponWay,
    RefundPolicy,
)
from backend.promotions.models.uses import PromotionUse, UseState

__all__ = [
    "Campaign",
    "CampaignRule",
    "CampaignState",
    "CodeAttempt",
    "Coupon",
    "CouponBatch",
    "CouponState",
    "CouponTemplate",
    "CouponWay",
    "PromotionUse",
    "RefundPolicy",
    "StopManner",
    "UseState",
]
