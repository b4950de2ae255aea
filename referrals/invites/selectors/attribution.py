"""Reads of who gets the credit for orders."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from backend.orders.models import Order
from referrals.invites.models import Attribution, AttributionRule, PayeeKind
from referrals.invites.ports import Candidate
from referrals.invites.selectors.links import binding_of, is_blocked_pair, is_first_kept_order

SHARED = """
SELECT DISTINCT one.kind FROM invites_identifier one
JOIN invites_identifier other
  ON other.kind = one.kind AND other.period = one.period AND other.digest = one.digest
WHERE one.user_id = %s AND other.user_id = %s AND one.kind <> 'NETWORK'
  AND (one.kind <> 'DEVICE' OR one.seen_at - other.seen_at BETWEEN '-24 hours' AND '24 hours')
ORDER BY one.kind
"""


def attribution_rule(at: datetime) -> AttributionRule:
    """The version of the rule that holds at a moment."""
    return AttributionRule.objects.filter(valid_from__lte=at).latest("version")


def attribution_of(order_id: UUID) -> Attribution | None:
    """Who gets the credit for an order, if that is settled."""
    return Attribution.objects.filter(order_id=order_id).first()


def attributions_of(order_ids: Iterable[UUID]) -> dict[UUID, Attribution]:
    """Who gets the credit for several orders."""
    return {found.order_id: found for found in Attribution.objects.filter(order_id__in=list(order_ids))}


def friend_candidates(order: Order) -> list[Candidate]:
    """Whoever brought the buyer, with the reason if they cannot get the credit for this order."""
    binding = binding_of(order.buyer_id)
    if binding is None:
        return []
    refusal = ""
    if not is_first_kept_order(order):
        refusal = "not_first_order"
    elif is_blocked_pair(binding.inviter_id, binding.invitee_id):
        refusal = "blocked"
    return [
        Candidate(
            kind=PayeeKind.FRIEND,
            payee_id=binding.inviter_id,
            touched_at=binding.clicked_at,
            source=f"binding:{binding.invitee_id}",
            priority_key="friend",
            binding_id=binding.invitee_id,
            code=binding.link.code,
            facts={"bound_at": binding.bound_at.isoformat()},
            refusal=refusal,
        )
    ]


def strong_identity_matches(one_id: UUID, other_id: UUID) -> Sequence[str]:
    """What tells that two accounts are one person: `user`, or kinds of shared identifiers in small letters.

    It reads digests that `note_identifiers` keeps; a device counts when both used it within 24 hours.
    """
    if one_id == other_id:
        return ["user"]
    with connection.cursor() as cursor:
        cursor.execute(SHARED, [one_id, other_id])
        return [row[0].lower() for row in cursor.fetchall()]
