"""What group buying asks of the apps above it: which accounts are, by strong signs, one person's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class StrongLinks:
    """Other accounts that share a phone number, a payment account or a device, and these signs as digests.

    An address alone is no such sign: people live together.
    """

    accounts: frozenset[UUID] = frozenset()
    signs: tuple[str, ...] = ()


_paths: list[str] = []


def register_strong_links(path: str) -> None:
    """Hand in who knows, as the dotted path of a function of `user_id` and `now`; call it in `AppConfig.ready()`."""
    if path not in _paths:
        _paths.append(path)


def sources_of_links() -> list[Callable[..., StrongLinks]]:
    """Whoever knows; nobody if no app above does."""
    return [import_string(path) for path in _paths]
