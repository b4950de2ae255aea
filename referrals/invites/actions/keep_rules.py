"""The rules of the desk: fraud rules, shared places, the attribution rule, and what a person allows."""

import ipaddress
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.errors import InvalidInput, NotFound
from backend.core.locks import advisory_lock
from backend.promotions.selectors import problem_rows
from referrals.invites import rules
from referrals.invites.actions.note_identifiers import note_identifiers
from referrals.invites.errors import FraudRuleRefused, PlaceRefused
from referrals.invites.models import (
    AttributionRule,
    FraudRule,
    Identifier,
    InviteSettings,
    PlaceKind,
    SharedPlace,
    TouchOrder,
)

MOST_ADDRESSES = 256
SHORTEST_ADDRESS = 6


@transaction.atomic
def save_fraud_rule(
    *,
    weights: Mapping[str, int],
    hold_from: int,
    reject_from: int,
    release_below: int,
    review_days: int,
    by: UUID,
    now: datetime,
) -> FraudRule:
    """Follow the fraud rule with a new version; what was judged keeps its own.

    Raises: FraudRuleRefused.
    """
    problems = rules.rule_problems(
        weights=weights,
        hold_from=hold_from,
        reject_from=reject_from,
        release_below=release_below,
        review_days=review_days,
    )
    if problems:
        raise FraudRuleRefused(problems=problem_rows(problems))
    advisory_lock("invites.rule", "fraud")
    latest = FraudRule.objects.latest("version")
    return FraudRule.objects.create(
        version=latest.version + 1,
        weights=dict(weights),
        hold_from=hold_from,
        reject_from=reject_from,
        release_below=release_below,
        review_days=review_days,
        valid_from=now,
        made_by_id=by,
    )


@transaction.atomic
def save_attribution_rule(
    *, window_days: int, touch_order: str, kinds: Sequence[str], binding_days: int | None, now: datetime
) -> AttributionRule:
    """Follow the attribution rule with a new version; orders that are attributed keep theirs.

    Raises: InvalidInput.
    """
    if not 1 <= window_days <= rules.MOST_WINDOW_DAYS:
        raise InvalidInput("windowDays")
    if touch_order not in TouchOrder.values:
        raise InvalidInput("touchOrder")
    if sorted(kinds) != sorted(rules.KINDS):
        raise InvalidInput("kinds")
    if binding_days is not None and not 1 <= binding_days <= rules.MOST_WINDOW_DAYS:
        raise InvalidInput("bindingDays")
    advisory_lock("invites.rule", "attribution")
    latest = AttributionRule.objects.latest("version")
    return AttributionRule.objects.create(
        version=latest.version + 1,
        window_days=window_days,
        touch_order=touch_order,
        kinds=list(kinds),
        binding_days=binding_days,
        valid_from=now,
    )


@transaction.atomic
def allow_place(*, kind: str, text: str, note: str, by: UUID, now: datetime) -> SharedPlace:
    """Say that many people share a place; what was noted of such places is noted anew without it.

    Raises: PlaceRefused.
    """
    text = _network(text) if kind == PlaceKind.NETWORK else " ".join(text.split())
    if kind not in PlaceKind.values or len(text) < SHORTEST_ADDRESS or not note.strip():
        raise PlaceRefused
    place, _is_new = SharedPlace.objects.get_or_create(
        kind=kind, text=text[:120], defaults={"note": note.strip()[:120], "made_by_id": by, "made_at": now}
    )
    _note_anew(kind, now=now)
    return place


@transaction.atomic
def withdraw_place(*, place_id: UUID, now: datetime) -> None:
    """A place counts again.

    Raises: NotFound.
    """
    place = SharedPlace.objects.filter(pk=place_id).first()
    if place is None:
        raise NotFound
    place.delete()
    _note_anew(place.kind, now=now)


@transaction.atomic
def show_name(*, user_id: UUID, shows_name: bool, now: datetime) -> InviteSettings:
    """Say whether others see one's name on the leaderboard and in the tree of friends."""
    settings, _is_new = InviteSettings.objects.update_or_create(
        user_id=user_id, defaults={"shows_name": shows_name, "changed_at": now}
    )
    return settings


def _note_anew(kind: str, *, now: datetime) -> None:
    people = set(Identifier.objects.values_list("user_id", flat=True).distinct())
    Identifier.objects.filter(kind=kind).delete()
    note_identifiers(people=people, now=now)


def _network(text: str) -> str:
    try:
        network = ipaddress.ip_network(re.sub(r"\s", "", text), strict=False)
    except ValueError:
        raise PlaceRefused from None
    if network.num_addresses > MOST_ADDRESSES:
        raise PlaceRefused
    return str(network)
