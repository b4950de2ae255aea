"""Pure decisions about options, variants and what a product needs before it is shown."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from backend.core.languages import LOCALES

Texts = Mapping[str, str]


@dataclasses.dataclass(frozen=True, kw_only=True)
class NewChoice:
    """One value of an option, such as "8 pots", perhaps with a colour to show."""

    key: str
    label: Texts
    swatch: str | None = None

    def as_row(self) -> dict[str, Any]:
        """The form in which the option keeps it."""
        return {"key": self.key, "label": dict(self.label), "swatch": self.swatch}


@dataclasses.dataclass(frozen=True, kw_only=True)
class NewOption:
    """One choice that a shopper makes."""

    key: str
    name: Texts
    choices: Sequence[NewChoice]


@dataclasses.dataclass(frozen=True, kw_only=True)
class NewVariant:
    """One thing that can be put into a parcel."""

    sku: str
    price_minor: int
    options: Mapping[str, str] = dataclasses.field(default_factory=dict)
    title: Texts = dataclasses.field(default_factory=dict)
    picture_id: UUID | None = None


def has_all_languages(texts: Texts) -> bool:
    """Whether a text can be read in each language of the shop."""
    return all(texts.get(locale, "").strip() for locale in LOCALES)


def variants_match(options: Sequence[NewOption], variants: Sequence[NewVariant]) -> bool:
    """Whether each variant takes one known value of each option, and no two take the same ones."""
    known = {option.key: {choice.key for choice in option.choices} for option in options}
    taken = {tuple(sorted(variant.options.items())) for variant in variants}
    return len(taken) == len(variants) and all(
        variant.options.keys() == known.keys() and all(value in known[key] for key, value in variant.options.items())
        for variant in variants
    )


def variant_title(options: Sequence[NewOption], variant: NewVariant) -> dict[str, str]:
    """What a variant is called: the labels of its choices, unless it has a name of its own."""
    if variant.title:
        return dict(variant.title)
    labels = {(option.key, choice.key): choice.label for option in options for choice in option.choices}
    chosen = [labels[option.key, variant.options[option.key]] for option in options]
    return {locale: " / ".join(label.get(locale, "") for label in chosen) for locale in LOCALES} if chosen else {}


def missing_before_publishing(*, title: Texts, pictures_count: int, variants_count: int) -> list[str]:
    """Name what keeps a product from the shelf."""
    missing = []
    if not has_all_languages(title):
        missing.append("title")
    if not pictures_count:
        missing.append("picture")
    if not variants_count:
        missing.append("variant")
    return missing
