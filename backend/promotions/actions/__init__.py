"""Every write of promotions."""

from backend.promotions.actions.keep_budget import release_budget, reserve_budget, spend_budget
from backend.promotions.actions.move_campaign import end_campaign, pause_campaign, resume_campaign, start_campaign
from backend.promotions.actions.save_campaign import CampaignDraft, RuleDraft, save_campaign

__all__ = [
    "CampaignDraft",
    "RuleDraft",
    "end_campaign",
    "pause_campaign",
    "release_budget",
    "reserve_budget",
    "resume_campaign",
    "save_campaign",
    "spend_budget",
    "start_campaign",
]
