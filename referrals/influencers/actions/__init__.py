"""Every write of the creator programme."""

from referrals.influencers.actions.apply import (
    Particulars,
    decide_application,
    save_application,
    seal_particulars,
    submit_application,
    take_application,
)
from referrals.influencers.actions.briefs import BriefText, close_brief, invite_creator, save_brief
from referrals.influencers.actions.codes import use_creator_code
from referrals.influencers.actions.collaborate import (
    answer_invitation,
    close_collaboration,
    join_brief,
    keep_time,
    send_sample,
)
from referrals.influencers.actions.contents import decide_content, recheck_content, submit_content
from referrals.influencers.actions.disputes import decide_dispute, open_dispute
from referrals.influencers.actions.earn import (
    confirm_commissions,
    estimate_commissions,
    reduce_commissions,
    start_window,
)
from referrals.influencers.actions.erase import erase_creator
from referrals.influencers.actions.membership import (
    appeal_violation,
    decide_violation,
    move_promoter,
    record_violation,
    refresh_tier,
    refresh_tiers,
)
from referrals.influencers.actions.pay import approve_batch, cancel_batch, freeze_batch, open_batch, take_payout_file
from referrals.influencers.actions.rates import announce_cuts, set_rate
from referrals.influencers.actions.results import import_results
from referrals.influencers.actions.vest import close_statement, close_statements, vest_commissions

__all__ = [
    "BriefText",
    "Particulars",
    "announce_cuts",
    "answer_invitation",
    "appeal_violation",
    "approve_batch",
    "cancel_batch",
    "close_brief",
    "close_collaboration",
    "close_statement",
    "close_statements",
    "confirm_commissions",
    "decide_application",
    "decide_content",
    "decide_dispute",
    "decide_violation",
    "erase_creator",
    "estimate_commissions",
    "freeze_batch",
    "import_results",
    "invite_creator",
    "join_brief",
    "keep_time",
    "move_promoter",
    "open_batch",
    "open_dispute",
    "recheck_content",
    "record_violation",
    "reduce_commissions",
    "refresh_tier",
    "refresh_tiers",
    "save_application",
    "save_brief",
    "seal_particulars",
    "send_sample",
    "set_rate",
    "start_window",
    "submit_application",
    "submit_content",
    "take_application",
    "take_payout_file",
    "use_creator_code",
    "vest_commissions",
]
