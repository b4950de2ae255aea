"""Sentences that are kept with their facts, in every language of the shop."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import translation
from django.utils.functional import Promise

from backend.core.languages import LOCALES, django_language


def in_every_language(sentence: str | Promise, places: Mapping[str, object] | None = None) -> dict[str, str]:
    """Say one sentence in all languages, with its places filled."""
    return {locale: in_language(sentence, locale, places) for locale in LOCALES}


def in_language(sentence: str | Promise, locale: str, places: Mapping[str, object] | None = None) -> str:
    """Say one sentence in one language, with its places filled; a place may be a sentence itself."""
    with translation.override(django_language(locale)):
        filled = {
            name: place.get(locale, "") if isinstance(place, Mapping) else str(place)
            for name, place in (places or {}).items()
        }
        return str(sentence) % filled if places else str(sentence)


def yuan(minor: int) -> str:
    """Write an amount as people read it."""
    return f"¥{minor // 100}" if minor % 100 == 0 else f"¥{minor // 100}.{minor % 100:02d}"


def percent(bps: int) -> str:
    """Write a share as people read it."""
    return f"{bps / 100:g}%"
