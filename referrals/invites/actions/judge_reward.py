"""Weigh what speaks against a reward."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from referrals.invites import rules, selectors
from referrals.invites.actions.note_identifiers import note_identifiers
from referrals.invites.models import Binding, FraudRule, RewardState


@dataclass(frozen=True, slots=True)
class Judgement:
    """What becomes of a reward, and why."""

    state: RewardState
    score: int
    evidence: list[dict[str, Any]]
    rule: FraudRule


def judge_binding(*, binding: Binding, now: datetime) -> Judgement:
    """Weigh what inviter and invitee have in common under the rule that holds now."""
    note_identifiers(people=[binding.invitee_id, binding.inviter_id], now=now)
    rule = selectors.fraud_rule(now)
    facts = selectors.pair_facts([(binding.invitee_id, binding.inviter_id)])[binding.invitee_id]
    found = rules.findings(facts, weights=rule.weights)
    score = rules.score_of(found)
    thresholds = rules.Thresholds(hold_from=rule.hold_from, reject_from=rule.reject_from)
    return Judgement(rules.verdict(score, thresholds=thresholds), score, rules.as_evidence(found), rule)
