"""Settle who gets the credit for an order."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.core.locks import advisory_lock
from backend.core.outbox import emit
from backend.orders.models import Order
from referrals.invites import rules, selectors
from referrals.invites.actions.note_identifiers import note_identifiers
from referrals.invites.events import OrderAttributed
from referrals.invites.models import Attribution, AttributionRule, PayeeKind
from referrals.invites.ports import Candidate, candidates_of_others


@transaction.atomic
def attribute_order(*, order_id: UUID, now: datetime) -> Attribution:
    """Give the credit for an order to one person or to nobody, once, and keep why not to the others.

    What tells that winner and buyer may be one person is noted in the facts; it is weighed by whoever pays.

    Emits: OrderAttributed.
    """
    advisory_lock("invites.attribution", order_id)
    if known := selectors.attribution_of(order_id):
        return known
    order = Order.objects.get(pk=order_id)
    rule = selectors.attribution_rule(order.placed_at)
    terms = rules.Terms(
        window_days=rule.window_days,
        touch_order=rule.touch_order,
        kinds=tuple(rule.kinds),
        binding_days=rule.binding_days,
    )
    candidates = [*selectors.friend_candidates(order), *candidates_of_others(order)]
    decision = rules.decide(candidates, terms=terms, buyer_id=order.buyer_id, at=order.placed_at)
    attribution = _write(order, decision, rule=rule, now=now)
    emit(
        OrderAttributed(
            order_id=order.id,
            buyer_id=order.buyer_id,
            kind=attribution.kind,
            payee_id=attribution.payee_id,
            source=attribution.source,
            at=now,
        )
    )
    return attribution


def _write(order: Order, decision: rules.Decision[Candidate], *, rule: AttributionRule, now: datetime) -> Attribution:
    winner = decision.winner
    facts: dict[str, Any] = {"placed_at": order.placed_at.isoformat(), "identity": []}
    if winner is not None:
        note_identifiers(people=[order.buyer_id, winner.payee_id], now=now)
        identity = selectors.strong_identity_matches(order.buyer_id, winner.payee_id)
        facts |= {**_facts_of(winner), "identity": list(identity)}
    return Attribution.objects.create(
        order=order,
        kind=winner.kind if winner else PayeeKind.NONE,
        payee_id=winner.payee_id if winner else None,
        source=winner.source if winner else "",
        touch_id=winner.touch_id if winner else None,
        binding_id=winner.binding_id if winner else None,
        code=winner.code if winner else "",
        rule=rule,
        facts=facts,
        losers=[{**_facts_of(loser.candidate), "reason": loser.reason} for loser in decision.losers],
        at=now,
    )


def _facts_of(candidate: Candidate) -> Mapping[str, Any]:
    return {
        **candidate.facts,
        "kind": str(candidate.kind),
        "payee_id": str(candidate.payee_id),
        "touched_at": candidate.touched_at.isoformat(),
        "source": candidate.source,
        "priority_key": candidate.priority_key,
    }
