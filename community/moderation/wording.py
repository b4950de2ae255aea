"""Sentences of moderation that are put together for the reader."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from community.forum.models import Visibility
from community.moderation.models import Case, CaseState, Decision, DecisionAction

RECEIVED, DECIDED = "RECEIVED", "DECIDED"


def action_label(decision: Decision) -> str:
    """What was done, in a few words."""
    return str(DecisionAction(decision.action).label)


def effect_lines(decision: Decision) -> list[str]:
    """What a decision changed, one line for each change."""
    return [effect_line(effect) for effect in decision.effects]


def effect_line(effect: Mapping[str, str]) -> str:
    """One change: who saw the content before, who sees it since."""
    return _("%(before)s → %(after)s") % {
        "before": Visibility(effect["from"]).label,
        "after": Visibility(effect["to"]).label,
    }


def how_to_appeal(case: Case) -> str:
    """How an author gets another look at a decision."""
    return _(
        "If you see it differently, write to customer service within 30 days and name case %(case)s. "
        "Somebody who has not decided it looks again."
    ) % {"case": str(case)}


def why_hidden() -> str:
    """Why a content is hidden that nobody has decided about yet."""
    return _("Several people reported this, so it is hidden until a moderator has looked at it.")


def what_comes_next(case: Case) -> str:
    """What the author of a hidden content can expect."""
    return _(
        "You need not do anything. We decide soon and tell you why; if it breaks no rule, it is shown again. "
        "This is case %(case)s."
    ) % {"case": str(case)}


def report_state(case: Case) -> str:
    """Where a report stands, as its reporter is told."""
    return DECIDED if case.state == CaseState.DECIDED else RECEIVED
