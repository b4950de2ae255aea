"""Who else may claim the credit for an order, and who else keeps visits. Apps above this one hand themselves in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.utils.functional import Promise
from django.utils.module_loading import import_string

from backend.orders.models import Order


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who may get the credit for an order.

    `priority_key` is looked up in the rule's order of kinds: creator_code, friend, creator_link. `source` names what
    the claim stands on, such as `binding:<id>` or `code:LILY10`. With `refusal` the candidate cannot win and
    is kept with that reason.
    """

    kind: str
    payee_id: UUID
    touched_at: datetime
    source: str
    priority_key: str
    touch_id: UUID | None = None
    binding_id: UUID | None = None
    code: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    refusal: str = ""


class CandidateSource(Protocol):
    """An app that knows who may claim the credit for an order."""

    def candidates(self, order: Order) -> list[Candidate]:
        """Everybody who may claim the credit for an order; called while the order's attribution is locked."""


_paths: list[str] = []


def register_candidates(source: str) -> None:
    """Hand in a source by the dotted path of its class; call it in `AppConfig.ready()`."""
    if source not in _paths:
        _paths.append(source)


def unregister_candidates(source: str) -> None:
    """Forget a source; tests use it to leave the registry as they found it."""
    _paths.remove(source)


def candidates_of_others(order: Order) -> list[Candidate]:
    """What all sources answer for an order."""
    sources: list[CandidateSource] = [import_string(path)() for path in _paths]
    return [candidate for source in sources for candidate in source.candidates(order)]


_refusals: dict[str, str | Promise] = {}


def register_refusal(reason: str, text: str | Promise) -> None:
    """Say in words what a source means by a `refusal`; call it in `AppConfig.ready()`."""
    _refusals[reason] = text


def refusal_text(reason: str) -> str | Promise | None:
    """What a source means by a refusal, if it said so."""
    return _refusals.get(reason)


class VisitKeeper(Protocol):
    """An app that keeps visits of nameless browsers of its own."""

    def __call__(self, *, user_id: UUID, visitor: str, now: datetime) -> int:
        """Give the visits of a browser to the person who signed up or in with it, and say how many."""


_keepers: list[str] = []


def register_visit_keeper(path: str) -> None:
    """Hand in an action by its dotted path; call it in `AppConfig.ready()`."""
    if path not in _keepers:
        _keepers.append(path)


def visit_keepers() -> list[VisitKeeper]:
    """Who else wants to know whose browser it was."""
    return [import_string(path) for path in _keepers]
