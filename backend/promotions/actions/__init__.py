"""Every write of promotions."""

from backend.promotions.actions.give_coupons import (
    expire_coupons,
    give_to_people,
    notice_expiring,
    welcome,
    work_off_batch,
)
from backend.promotions.actions.hold_campaigns import hold_adjustments, hold_budgets
from backend.promotions.actions.issue_coupons import claim_coupon, give_coupon, redeem_code
from backend.promotions.actions.keep_budget import release_budget, reserve_budget, spend_budget
from backend.promotions.actions.keep_template import (
    TemplateDraft,
    end_coupon_template,
    pause_coupon_template,
    problems_of_template,
    save_coupon_template,
    start_coupon_template,
)
from backend.promotions.actions.move_campaign import end_campaign, pause_campaign, resume_campaign, start_campaign
from backend.promotions.actions.revoke_coupon import revoke_coupon
from backend.promotions.actions.save_campaign import CampaignDraft, RuleDraft, save_campaign

__all__ = [
    "CampaignDraft",
    "RuleDraft",
    "TemplateDraft",
    "claim_coupon",
    "end_campaign",
    "end_coupon_template",
    "expire_coupons",
    "give_coupon",
    "give_to_people",
    "hold_adjustments",
    "hold_budgets",
    "notice_expiring",
    "pause_campaign",
    "pause_coupon_template",
    "problems_of_template",
    "redeem_code",
    "release_budget",
    "reserve_budget",
    "resume_campaign",
    "revoke_coupon",
    "save_campaign",
    "save_coupon_template",
    "spend_budget",
    "start_campaign",
    "start_coupon_template",
    "welcome",
    "work_off_batch",
]
