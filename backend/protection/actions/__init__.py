"""Every write to protection plans, one thing a person would say aloud each."""

from backend.protection.actions.buy_protection import buy_protection
from backend.protection.actions.cover_repair import give_repair_back, use_cover
from backend.protection.actions.end_coverage import (
    cancel_protection,
    end_of_returned_pieces,
    expire_coverages,
    note_plan_refunded,
)
from backend.protection.actions.follow_payment import activate_coverages, drop_unpaid
from backend.protection.actions.save_plan import PlanText, offer_plan, save_plan

__all__ = [
    "PlanText",
    "activate_coverages",
    "buy_protection",
    "cancel_protection",
    "drop_unpaid",
    "end_of_returned_pieces",
    "expire_coverages",
    "give_repair_back",
    "note_plan_refunded",
    "offer_plan",
    "save_plan",
    "use_cover",
]
