"""The content of a product as one piece: what an editor writes, three people check, and a table brings in.

It is kept as JSON and compared as such, so the same content always has the same form. A draft may be incomplete,
but what is there can be shown.
"""

import dataclasses
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.catalogue.rules.prices import HIGHEST_PRICE_MINOR
from backend.catalogue.rules.variants import NewChoice, NewOption, NewVariant
from backend.core.errors import InvalidInput
from backend.core.languages import LOCALES

T = TypeVar("T")
KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
SKU = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,59}")
SWATCH = re.compile(r"#[0-9A-Fa-f]{6}")
LONGEST_TITLE = 120
LONGEST_LINE = 200
LONGEST_DESCRIPTION = 20_000
MOST = {
    "options": 3,
    "choices": 50,
    "variants": 200,
    "pictures": 20,
    "media": 6,
    "reports": 10,
    "promises": 8,
    "facts": 40,
    "attributes": 60,
}
PARTS = (
    "title", "subtitle", "description", "category_id", "brand_id", "attributes", "options", "variants", "pictures",
    "media", "reports", "promises", "facts",
)  # fmt: skip
ROLES = ("FRONT", "BACK", "SIDE", "DETAIL", "SCENE", "SIZE", "PACKAGE")


@dataclasses.dataclass(frozen=True, kw_only=True)
class NewPicture:
    """A picture with what it shows."""

    picture_id: UUID
    role: str
    alt: Mapping[str, str]


@dataclasses.dataclass(frozen=True, kw_only=True)
class NewMedia:
    """A video or a 3-D model."""

    file_id: UUID
    title: Mapping[str, str]
    poster_id: UUID | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class NewTestReport:
    """A test report."""

    file_id: UUID
    title: Mapping[str, str]
    issuer: str
    number: str
    issued_on: date
    valid_until: date | None

    def as_row(self) -> dict[str, Any]:
        """The form in which it is kept."""
        return {
            "file_id": _id(self.file_id),
            "title": dict(self.title),
            "issuer": self.issuer,
            "number": self.number,
            "issued_on": self.issued_on.isoformat(),
            "valid_until": self.valid_until.isoformat() if self.valid_until else None,
        }


@dataclasses.dataclass(frozen=True, kw_only=True)
class Content:
    """Everything that is said of a product."""

    title: Mapping[str, str]
    subtitle: Mapping[str, str]
    description: Mapping[str, str]
    category_id: UUID
    brand_id: UUID | None
    attributes: Mapping[str, Any]
    options: Sequence[NewOption]
    variants: Sequence[NewVariant]
    pictures: Sequence[NewPicture]
    media: Sequence[NewMedia]
    reports: Sequence[NewTestReport]
    promises: Sequence[Mapping[str, str]]
    facts: Sequence[Mapping[str, Mapping[str, str]]]

    def as_row(self) -> dict[str, Any]:
        """The form in which it is kept."""
        return {
            "title": dict(self.title),
            "subtitle": dict(self.subtitle),
            "description": dict(self.description),
            "category_id": str(self.category_id),
            "brand_id": _id(self.brand_id),
            "attributes": {key: self.attributes[key] for key in sorted(self.attributes)},
            "options": [
                {"key": one.key, "name": dict(one.name), "choices": [choice.as_row() for choice in one.choices]}
                for one in self.options
            ],
            "variants": [
                {
                    "sku": one.sku,
                    "price_minor": one.price_minor,
                    "options": {key: one.options[key] for key in sorted(one.options)},
                    "picture_id": _id(one.picture_id),
                }
                for one in self.variants
            ],
            "pictures": [
                {"picture_id": _id(one.picture_id), "role": one.role, "alt": dict(one.alt)} for one in self.pictures
            ],
            "media": [
                {"file_id": _id(one.file_id), "title": dict(one.title), "poster_id": _id(one.poster_id)}
                for one in self.media
            ],
            "reports": [one.as_row() for one in self.reports],
            "promises": [dict(one) for one in self.promises],
            "facts": [{"name": dict(one["name"]), "value": dict(one["value"])} for one in self.facts],
        }


def read_content(given: Any) -> Content:
    """Read what came in; whatever does not have the form is refused with the path to it.

    Raises: InvalidInput.
    """
    if not isinstance(given, dict) or given.keys() - set(PARTS):
        raise InvalidInput("content")
    category = _uuid(given.get("category_id"), "content.category_id")
    if category is None:
        raise InvalidInput("content.category_id", _("Choose a category."))
    reports = _each(given, "reports", _report)
    if len({one.number for one in reports}) < len(reports):
        raise InvalidInput("content.reports", _("Each test report has a number of its own."))
    return Content(
        title=_texts(given.get("title"), "content.title", longest=LONGEST_TITLE),
        subtitle=_texts(given.get("subtitle"), "content.subtitle", longest=LONGEST_LINE),
        description=_texts(given.get("description"), "content.description", longest=LONGEST_DESCRIPTION),
        category_id=category,
        brand_id=_uuid(given.get("brand_id"), "content.brand_id"),
        attributes=_attributes(given.get("attributes") or {}),
        options=_options(given),
        variants=_each(given, "variants", _variant),
        pictures=_each(given, "pictures", _picture),
        media=_each(given, "media", _media),
        reports=reports,
        promises=_each(given, "promises", lambda one, path: _texts(one, path, longest=LONGEST_LINE)),
        facts=_each(given, "facts", _fact),
    )


def _id(value: UUID | None) -> str | None:
    return str(value) if value is not None else None


def _each(given: Mapping[str, Any], name: str, read: Callable[[Any, str], T]) -> list[T]:
    values = given.get(name) or []
    if not isinstance(values, list) or len(values) > MOST[name]:
        raise InvalidInput(f"content.{name}", _("There are too many of these. Take some away."))
    return [read(value, f"content.{name}.{place}") for place, value in enumerate(values)]


def _texts(value: Any, path: str, *, longest: int) -> dict[str, str]:
    """A text in some of the languages, without those that are empty."""
    value = {} if value is None else value
    if not isinstance(value, dict) or value.keys() - set(LOCALES):
        raise InvalidInput(path)
    for text in value.values():
        if not isinstance(text, str) or "\x00" in text:
            raise InvalidInput(path)
        if len(text) > longest:
            raise InvalidInput(path, _("This text is too long. Shorten it."))
    return {locale: value[locale].strip() for locale in LOCALES if value.get(locale, "").strip()}


def _line(value: Any, path: str, *, longest: int) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > longest or "\x00" in value:
        raise InvalidInput(path, _("Write one short line here."))
    return value.strip()


def _uuid(value: Any, path: str) -> UUID | None:
    if value is None or value == "":
        return None
    if isinstance(value, UUID):
        return value
    try:
        return UUID(value) if isinstance(value, str) else _refuse(path)
    except ValueError as unreadable:
        raise InvalidInput(path) from unreadable


def _refuse(path: str) -> UUID:
    raise InvalidInput(path)


def _day(value: Any, path: str) -> date | None:
    if value is None or value == "":
        return None
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError) as unreadable:
        raise InvalidInput(path, _("Write the day as year-month-day.")) from unreadable
    if not 1970 <= day.year <= 2200:
        raise InvalidInput(path, _("Write the day as year-month-day."))
    return day


def _object(value: Any, path: str, keys: set[str]) -> dict[str, Any]:
    if not isinstance(value, dict) or value.keys() - keys:
        raise InvalidInput(path)
    return value


def _attributes(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict) or len(value) > MOST["attributes"]:
        raise InvalidInput("content.attributes")
    for key in value:
        if not KEY.fullmatch(key):
            raise InvalidInput("content.attributes")
    return dict(value)


def _options(given: Mapping[str, Any]) -> list[NewOption]:
    found = _each(given, "options", _option)
    if len({one.key for one in found}) < len(found):
        raise InvalidInput("content.options", _("Each option has a name of its own."))
    return found


def _option(value: Any, path: str) -> NewOption:
    one = _object(value, path, {"key", "name", "choices"})
    choices = one.get("choices")
    if not isinstance(choices, list) or not choices or len(choices) > MOST["choices"]:
        raise InvalidInput(f"{path}.choices", _("Give each option between one and fifty choices."))
    read = [_choice(choice, f"{path}.choices.{place}") for place, choice in enumerate(choices)]
    if len({choice.key for choice in read}) < len(read):
        raise InvalidInput(f"{path}.choices", _("Each choice has a key of its own."))
    return NewOption(
        key=_key(one.get("key"), f"{path}.key"),
        name=_texts(one.get("name"), f"{path}.name", longest=LONGEST_LINE),
        choices=read,
    )


def _choice(value: Any, path: str) -> NewChoice:
    one = _object(value, path, {"key", "label", "swatch"})
    swatch = one.get("swatch") or None
    if swatch is not None and not (isinstance(swatch, str) and SWATCH.fullmatch(swatch)):
        raise InvalidInput(f"{path}.swatch", _("Write the colour as #RRGGBB."))
    return NewChoice(
        key=_key(one.get("key"), f"{path}.key"),
        label=_texts(one.get("label"), f"{path}.label", longest=LONGEST_LINE),
        swatch=swatch,
    )


def _key(value: Any, path: str) -> str:
    if not isinstance(value, str) or not KEY.fullmatch(value):
        raise InvalidInput(path, _("Use small letters, digits and hyphens."))
    return value


def _variant(value: Any, path: str) -> NewVariant:
    one = _object(value, path, {"sku", "price_minor", "options", "picture_id"})
    sku, price, options = one.get("sku"), one.get("price_minor"), one.get("options") or {}
    if not isinstance(sku, str) or not SKU.fullmatch(sku):
        raise InvalidInput(f"{path}.sku", _("Use letters, digits, dots and hyphens for a stock number."))
    if isinstance(price, bool) or not isinstance(price, int) or not 0 < price <= HIGHEST_PRICE_MINOR:
        raise InvalidInput(f"{path}.price_minor", _("Give a price between ¥0.01 and ¥1,000,000."))
    if not isinstance(options, dict) or not all(isinstance(choice, str) for choice in options.values()):
        raise InvalidInput(f"{path}.options")
    return NewVariant(
        sku=sku, price_minor=price, options=options, picture_id=_uuid(one.get("picture_id"), f"{path}.picture_id")
    )


def _picture(value: Any, path: str) -> NewPicture:
    one = _object(value, path, {"picture_id", "role", "alt"})
    picture_id = _uuid(one.get("picture_id"), f"{path}.picture_id") or _refuse(f"{path}.picture_id")
    role = one.get("role") or ROLES[0]
    if role not in ROLES:
        raise InvalidInput(f"{path}.role")
    return NewPicture(picture_id=picture_id, role=role, alt=_texts(one.get("alt"), f"{path}.alt", longest=LONGEST_LINE))


def _media(value: Any, path: str) -> NewMedia:
    one = _object(value, path, {"file_id", "title", "poster_id"})
    return NewMedia(
        file_id=_uuid(one.get("file_id"), f"{path}.file_id") or _refuse(f"{path}.file_id"),
        title=_texts(one.get("title"), f"{path}.title", longest=LONGEST_LINE),
        poster_id=_uuid(one.get("poster_id"), f"{path}.poster_id"),
    )


def _report(value: Any, path: str) -> NewTestReport:
    one = _object(value, path, {"file_id", "title", "issuer", "number", "issued_on", "valid_until"})
    issued_on = _day(one.get("issued_on"), f"{path}.issued_on")
    valid_until = _day(one.get("valid_until"), f"{path}.valid_until")
    if issued_on is None or (valid_until is not None and valid_until < issued_on):
        raise InvalidInput(f"{path}.issued_on", _("Say when the report was made; it cannot end before that day."))
    return NewTestReport(
        file_id=_uuid(one.get("file_id"), f"{path}.file_id") or _refuse(f"{path}.file_id"),
        title=_texts(one.get("title"), f"{path}.title", longest=LONGEST_LINE),
        issuer=_line(one.get("issuer"), f"{path}.issuer", longest=120),
        number=_line(one.get("number"), f"{path}.number", longest=60),
        issued_on=issued_on,
        valid_until=valid_until,
    )


def _fact(value: Any, path: str) -> dict[str, dict[str, str]]:
    one = _object(value, path, {"name", "value"})
    return {name: _texts(one.get(name), f"{path}.{name}", longest=LONGEST_LINE) for name in ("name", "value")}
