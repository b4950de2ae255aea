"""What a campaign can contain. Each kind of rule is filled in by the app that owns its meaning."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, runtime_checkable
from uuid import UUID

from django.utils.functional import Promise
from django.utils.module_loading import import_string

from backend.promotions.errors import Problem


@dataclass(frozen=True, slots=True)
class CampaignFacts:
    """What a rule may know of the campaign it stands in."""

    id: UUID | None
    names: Mapping[str, str]
    starts_at: datetime
    ends_at: datetime
    audience: Mapping[str, Any] = field(default_factory=dict)
    budget_minor: int | None = None
    budget_points: int | None = None
    budget_count: int | None = None


@dataclass(frozen=True, slots=True)
class BuyerFacts:
    """What an audience may ask about a person; the app that asks fills it in."""

    has_kept_order: bool
    tier: str = ""


class RuleVersion(Protocol):
    """One version of one rule in a campaign, as its owner sees it."""

    id: UUID
    campaign_id: UUID
    lineage_id: UUID
    version: int
    kind: str
    params: Any


class RuleKind(Protocol):
    """One kind of rule: how it is checked, told and shown, and what follows when it starts or stops."""

    key: str
    label: str | Promise

    def validate(self, params: Mapping[str, Any]) -> list[Problem]:
        """Say what is wrong with the parameters; the field of a problem is the name of the parameter."""

    def describe(self, params: Mapping[str, Any], locale: str) -> str:
        """Say in one sentence what the rule does."""

    def preview(self, params: Mapping[str, Any], campaign: CampaignFacts, now: datetime) -> dict[str, Any]:
        """Show what a buyer would see. `productIds` names the products that the rule touches, if any."""

    def started(self, rule: RuleVersion, now: datetime) -> None:
        """Do what must be true together with the start, in its transaction; also for a new version of a rule."""

    def stopped(self, rule: RuleVersion, now: datetime) -> None:
        """Do what must be true together with a pause, an end or a replacement, in its transaction."""


@runtime_checkable
class StrictKind(RuleKind, Protocol):
    """A kind of rule with parameters that may not even be kept as a draft."""

    def forbidden(self, params: Mapping[str, Any]) -> list[Problem]:
        """Say what may never be offered, such as what the law rules out."""


BuyerLookup = Callable[[UUID], BuyerFacts]
PiecesLookup = Callable[[Iterable[UUID]], Mapping[UUID, int]]

_lookups: dict[str, Any] = {}


def use_buyer_facts(path: str) -> None:
    """Name the function that knows what an audience may ask about a person; orders and tiers stand above this app."""
    _lookups["buyer"] = path


def use_pieces_left(path: str) -> None:
    """Name the function that knows how many pieces of variants are free; stock stands beside this app."""
    _lookups["pieces"] = path


def buyer_facts(buyer_id: UUID | None) -> BuyerFacts:
    """What an audience may ask about a buyer, read now; a visitor has bought nothing."""
    if buyer_id is None or "buyer" not in _lookups:
        return BuyerFacts(has_kept_order=False)
    found: BuyerFacts = _lookup("buyer")(buyer_id)
    return found


def pieces_left(variant_ids: Iterable[UUID]) -> Mapping[UUID, int] | None:
    """How many pieces are free, or None when nobody knows."""
    if "pieces" not in _lookups:
        return None
    found: Mapping[UUID, int] = _lookup("pieces")(variant_ids)
    return found


def _lookup(name: str) -> Callable[..., Any]:
    if isinstance(_lookups[name], str):
        _lookups[name] = import_string(_lookups[name])
    found: Callable[..., Any] = _lookups[name]
    return found


_given: list[RuleKind | str] = []
_found: dict[str, RuleKind] = {}


def register_rule_kind(kind: RuleKind | str) -> None:
    """Make a kind of rule known; call it in `AppConfig.ready()`, where a dotted path spares an early import."""
    if kind not in _given:
        _given.append(kind)
        _found.clear()


def unregister_rule_kind(kind: RuleKind | str) -> None:
    """Forget a kind of rule; tests use it to leave the registry as they found it."""
    _given.remove(kind)
    _found.clear()


def rule_kind(key: str) -> RuleKind | None:
    """Find a kind of rule, or None when no app fills it."""
    return _kinds().get(key)


def rule_kinds() -> list[RuleKind]:
    """Every known kind of rule, in the order of their keys."""
    return [_kinds()[key] for key in sorted(_kinds())]


def _kinds() -> dict[str, RuleKind]:
    """The kinds by key; a dotted path is imported here, when every app is ready."""
    if not _found:
        kinds: list[RuleKind] = [import_string(kind) if isinstance(kind, str) else kind for kind in _given]
        _found.update({kind.key: kind for kind in kinds})
    return _found
