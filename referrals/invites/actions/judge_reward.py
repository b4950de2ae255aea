"""Weigh what speaks against a reward."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

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
    return weigh(binding=binding, order_id=None, now=now)


def weigh(*, binding: Binding, order_id: UUID | None, now: datetime) -> Judgement:
    """Weigh what is noted of two people, and what came back of the order, under the rule that holds now."""
    rule = selectors.fraud_rule(now)
    facts = selectors.pair_facts([(binding.invitee_id, binding.inviter_id)])[binding.invitee_id]
    if order_id is not None:
        percent, returns = selectors.what_came_back(order_id)
        facts = replace(facts, refunded_percent=percent, returns=returns)
    found = rules.findings(facts, weights=rule.weights)
    score = rules.score_of(found)
    thresholds = rules.Thresholds(hold_from=rule.hold_from, reject_from=rule.reject_from)
    return Judgement(rules.verdict(score, thresholds=thresholds), score, rules.as_evidence(found), rule)
