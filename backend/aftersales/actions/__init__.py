"""Every write to after-sales, one thing a person would say aloud each."""

from backend.aftersales.actions.advance_money import pay_advance, settle_advance
from backend.aftersales.actions.appeal_case import answer_appeal, appeal_case, arbitrate_case
from backend.aftersales.actions.apply_for_after_sale import apply_for_after_sale
from backend.aftersales.actions.away import call_off_absence, record_absence
from backend.aftersales.actions.care import end_own_flow, object_to_flow, set_own_flow
from backend.aftersales.actions.credit import decide_compensation, offer_compensation
from backend.aftersales.actions.decide_case import approve_case, escalate_case, reject_case, take_case
from backend.aftersales.actions.follow_parcel import (
    confirm_reshipped,
    note_parcel_arrived,
    note_parcel_left,
    note_parcel_trouble,
)
from backend.aftersales.actions.follow_up import (
    cancel_after_sale,
    close_cases_of_order,
    rate_after_sale,
    write_to_case,
)
from backend.aftersales.actions.hand_to_packers import finish_repair
from backend.aftersales.actions.keep_deadlines import keep_deadlines, pass_deadline
from backend.aftersales.actions.return_parcel import inspect_case, receive_back, send_back
from backend.aftersales.actions.settle_case import finish_refunded_cases
from backend.aftersales.actions.write_knowledge import publish_knowledge, set_category_terms, write_knowledge

__all__ = [
    "answer_appeal",
    "appeal_case",
    "apply_for_after_sale",
    "approve_case",
    "arbitrate_case",
    "call_off_absence",
    "cancel_after_sale",
    "close_cases_of_order",
    "confirm_reshipped",
    "decide_compensation",
    "end_own_flow",
    "escalate_case",
    "finish_refunded_cases",
    "finish_repair",
    "inspect_case",
    "keep_deadlines",
    "note_parcel_arrived",
    "note_parcel_left",
    "note_parcel_trouble",
    "object_to_flow",
    "offer_compensation",
    "pass_deadline",
    "pay_advance",
    "publish_knowledge",
    "rate_after_sale",
    "receive_back",
    "record_absence",
    "reject_case",
    "send_back",
    "set_category_terms",
    "set_own_flow",
    "settle_advance",
    "take_case",
    "write_knowledge",
    "write_to_case",
]
