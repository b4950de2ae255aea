"""Gauges: numbers that must be right, told by the apps that know them, shown in the cockpit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Gauge:
    """One number: how it is read for a campaign or the whole shop, and when it is healthy."""

    key: str
    label: str | Promise
    unit: str
    read: Callable[[UUID | None, datetime], int]
    is_healthy: Callable[[int], bool]


_given: list[Gauge | str] = []
_found: list[Gauge] = []


def register_gauge(gauge: Gauge | str) -> None:
    """Show a number in the cockpit; a dotted path spares `apps.py` an early import."""
    if gauge not in _given:
        _given.append(gauge)
        _found.clear()


def gauges() -> list[Gauge]:
    """Every gauge, in the order in which they were registered."""
    if not _found:
        _found.extend(import_string(gauge) if isinstance(gauge, str) else gauge for gauge in _given)
    return _found
