"""Sentences about invitations, in the reader's language."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from backend.core.languages import translate
from backend.core.state_log import StateLog
from membership.ports import WhyStep, point_cause
from referrals.invites.models import Benefit, InviteReward, RewardState
from referrals.invites.ports import refusal_text

INVITED: Mapping[str, str | Promise] = {
    "BOUND": gettext_lazy("Signed up, no order yet"),
    RewardState.PENDING: gettext_lazy("First order placed, points are waiting"),
    RewardState.HELD: gettext_lazy("First order placed, under review"),
    RewardState.VESTED: gettext_lazy("Points are yours"),
    RewardState.ISSUED: gettext_lazy("Points are yours"),
    RewardState.REJECTED: gettext_lazy("Not granted"),
    RewardState.REVERSED: gettext_lazy("Order refunded, points taken back"),
    "MISSED": gettext_lazy("First order without a reward"),
}
MISSED: Mapping[str, str | Promise] = {
    "no_campaign": gettext_lazy("No invite offer was running on that day."),
    "outside_window": gettext_lazy("The link was opened too long before the order."),
    "below_least_order": gettext_lazy("The order was below the least amount of the offer."),
    "cap_reached": gettext_lazy("You had reached the number of friends of the offer."),
    "budget_exhausted": gettext_lazy("The budget of the offer was used up."),
    "credit_elsewhere": gettext_lazy("The order came through a creator, and one order has one reward."),
}
LOST: Mapping[str, str | Promise] = {
    "not_first_order": gettext_lazy("It was not the friend's first order."),
    "blocked": gettext_lazy("One of the two has blocked the other."),
    "own_link": gettext_lazy("An own link does not count."),
    "kind_not_in_rule": gettext_lazy("The rule does not know this kind."),
    "outside_window": gettext_lazy("The visit was too long ago."),
    "a_later_visit_counts": gettext_lazy("A later visit counts."),
    "an_earlier_visit_counts": gettext_lazy("An earlier visit counts."),
    "another_kind_goes_first": gettext_lazy("Another kind goes first."),
}
FINDINGS: Mapping[str, str | Promise] = {
    "same_phone": gettext_lazy("Both use one phone number"),
    "same_email": gettext_lazy("Both use one mailbox"),
    "same_payer": gettext_lazy("Both paid from one account"),
    "same_device": gettext_lazy("Both used one device within 24 hours"),
    "same_address": gettext_lazy("Both order to one address"),
    "same_network": gettext_lazy("Both paid from one network"),
    "ring": gettext_lazy("%(seen)s other invited people share something with this one"),
    "burst": gettext_lazy("%(seen)s people signed up within one day"),
    "hasty": gettext_lazy("The order came %(seen)s seconds after signing up"),
    "refund": gettext_lazy("%(seen)s%% of the order's money went back"),
    "returned": gettext_lazy("%(seen)s returns were asked for"),
}
NEXT: Mapping[str, str | Promise] = {
    RewardState.PENDING: gettext_lazy("It becomes yours when the return window of the order is over."),
    RewardState.HELD: gettext_lazy("A person looks at it. You are told the result with the reason; nothing is lost."),
    RewardState.VESTED: gettext_lazy("The coupon is on its way to you."),
    RewardState.ISSUED: gettext_lazy("You can use it."),
    RewardState.REJECTED: gettext_lazy("You can ask us once to look at it again, within 30 days."),
    RewardState.REVERSED: gettext_lazy("The order was refunded, so this went with it."),
}
MOVED: Mapping[str, str | Promise] = {
    RewardState.PENDING: gettext_lazy("Confirmed after review"),
    RewardState.HELD: gettext_lazy("Put under review"),
    RewardState.VESTED: gettext_lazy("The order was kept"),
    RewardState.ISSUED: pgettext_lazy("reward", "Given to you"),
    RewardState.REJECTED: gettext_lazy("Not granted"),
    RewardState.REVERSED: gettext_lazy("Taken back"),
}


def invited_label(state: str) -> str:
    """Where an invitation stands, for people."""
    return str(INVITED[state])


def missed_text(reason: str | None) -> str | None:
    """Why a first order was not rewarded."""
    return str(MISSED[reason]) if reason else None


def lost_text(reason: str) -> str:
    """Why somebody did not get the credit for an order; upper apps have reasons of their own."""
    return str(LOST.get(reason) or refusal_text(reason) or reason)


def finding_text(finding: Mapping[str, Any]) -> str:
    """One thing that speaks against a reward."""
    return str(FINDINGS[finding["rule"]]) % {"seen": finding["seen"]}


def next_text(reward: InviteReward) -> str | None:
    """What happens next with a reward; a rejection that was looked at twice is final."""
    if reward.state == RewardState.REJECTED and (reward.objection or reward.lot_id):
        return None
    return str(NEXT[RewardState(reward.state)])


def reason_text(reward: InviteReward) -> str:
    """Why a reward was rejected, for the person; a clerk's own words, or what the rule saw."""
    if reward.state != RewardState.REJECTED:
        return ""
    return reward.note if reward.decided_by_id else "; ".join(finding_text(each) for each in reward.evidence)


def reward_title(reward: InviteReward, locale: str) -> str:
    """Name a reward in a few words."""
    cause = point_cause("invite_reward" if reward.level == 1 else "invite_second_level")
    title = str(cause.title(reward.facts))
    if reward.benefit == Benefit.COUPON and reward.template is not None:
        return f"{title} · {translate(reward.template.names, locale)}"
    return title


def why_of(reward: InviteReward, moves: Sequence[StateLog], kept_from: datetime | None) -> list[WhyStep]:
    """Tell a reward from its cause to where it stands: event, rule version, facts, computation, later events."""
    cause = point_cause("invite_reward" if reward.level == 1 else "invite_second_level")
    steps = [*cause.explain(reward.facts, reward.points)]
    steps += [WhyStep(MOVED[RewardState(move.to_state)], _cause_of(move, reward), move.at) for move in moves[1:]]
    if reward.state == RewardState.PENDING:
        detail = _("The return window of the order ends then.") if kept_from else _("The order is not delivered yet.")
        steps.append(WhyStep(_("Waits"), detail, kept_from))
    elif reward.state == RewardState.HELD:
        steps.append(WhyStep(_("Under review"), str(NEXT[RewardState.HELD]), reward.held_until))
    return steps


def _cause_of(move: StateLog, reward: InviteReward) -> str:
    texts: Mapping[str, str] = {
        "kept": _("The return window is over and the goods stayed."),
        "refund": _("The order was refunded."),
        "deadline": _("The time of the review is over and little spoke against it."),
        "objection": _("You asked for it to be looked at again."),
        "evidence": _("It was weighed again, and little speaks against it any more."),
    }
    return texts.get(move.reason, reason_text(reward) or move.reason)


def offer_rules(
    *, window_days: int, cap: int | None, least_minor: int | None = None, second_points: int = 0
) -> list[str]:
    """The rules of an invite offer in plain words."""
    sentences = [
        _("It counts when your friend opens your link and buys for the first time within %(days)s days.")
        % {"days": window_days},
        _("Points wait until the return window of that order is over; a refund takes them back."),
    ]
    if second_points:
        sentences.append(
            _("%(points)s points when your friend's friend buys first. It ends there: two levels, no pay per head.")
            % {"points": second_points}
        )
    else:
        sentences.append(_("Only your own friends count. There are no levels and no pay per head."))
    if least_minor:
        sentences.append(_("The first order must be worth ¥%(yuan)s or more.") % {"yuan": f"{least_minor / 100:g}"})
    if cap is not None:
        sentences.append(_("Up to %(cap)s friends for each person.") % {"cap": cap})
    return sentences
