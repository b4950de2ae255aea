"""Every write of moderation, one verb per file."""

from community.moderation.actions.claim_case import claim_case, claim_next, release_case, renew_lease
from community.moderation.actions.decide_case import decide_case
from community.moderation.actions.move_case import escalate_case, snooze_case
from community.moderation.actions.open_case import open_case
from community.moderation.actions.report_content import report_content
from community.moderation.actions.reverse_decision import reverse_decision

__all__ = [
    "claim_case",
    "claim_next",
    "decide_case",
    "escalate_case",
    "open_case",
    "release_case",
    "renew_lease",
    "report_content",
    "reverse_decision",
    "snooze_case",
]
