"""Pure decisions of the shop window."""

from backend.catalogue.rules.variants import (
    NewChoice,
    NewOption,
    NewVariant,
    Texts,
    has_all_languages,
    missing_before_publishing,
    variant_title,
    variants_match,
)

__all__ = [
    "NewChoice",
    "NewOption",
    "NewVariant",
    "Texts",
    "has_all_languages",
    "missing_before_publishing",
    "variant_title",
    "variants_match",
]
