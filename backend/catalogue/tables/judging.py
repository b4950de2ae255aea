"""From the rows of one product to its content, or to the reasons why it cannot land."""

import dataclasses
import re
import zlib
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from backend.catalogue.rules.attributes import Definition, wrong_attributes
from backend.catalogue.rules.content import KEY, LONGEST_DESCRIPTION, LONGEST_LINE, LONGEST_TITLE, Content, read_content
from backend.catalogue.rules.content import SKU as SKU_FORM
from backend.catalogue.rules.variants import variants_match
from backend.catalogue.tables import columns as c
from backend.catalogue.tables.reading import Row
from backend.core.errors import InvalidInput
from backend.core.languages import LOCALES

_PICTURE = re.compile(r"(?:https?://[^/]+)?/media/pictures/[0-9a-f]{2}/([0-9a-f]{64})-\d+\.(?:webp|avif)")
EMPTY: Mapping[str, Any] = {
    "title": {}, "subtitle": {}, "description": {}, "category_id": None, "brand_id": None, "attributes": {},
    "options": [], "variants": [], "pictures": [], "media": [], "reports": [], "promises": [], "facts": [],
}  # fmt: skip


@dataclasses.dataclass(frozen=True, kw_only=True)
class Known:
    """What the shop has, for looking things up; read once per piece."""

    categories: Mapping[str, UUID]
    brands: Mapping[str, UUID]
    pictures: Mapping[str, UUID]
    definitions: Mapping[UUID, Sequence[Definition]]


@dataclasses.dataclass(eq=False)
class Problem(Exception):
    """Why a row cannot land."""

    number: int
    reason: str
    details: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Judged:
    """A product that can land."""

    handle: str
    content: Content
    status: str
    stock: Mapping[str, int]
    compare_at: Mapping[int, int]


class Cells:
    """The cells of one row by the names of their columns."""

    def __init__(self, header: Sequence[str], row: Row) -> None:
        if len(row.cells) > len(header) and any(cell.strip() for cell in row.cells[len(header) :]):
            raise Problem(row.number, "columns")
        self.number = row.number
        self.by_name = {
            name: c.plain_cell(row.cells[place].strip()) if place < len(row.cells) else ""
            for place, name in enumerate(header)
        }

    def __getitem__(self, name: str) -> str:
        return self.by_name.get(name, "")

    def has(self, name: str) -> bool:
        """Whether the table has this column."""
        return name in self.by_name


def judge(header: Sequence[str], rows: Sequence[Row], *, known: Known, before: Mapping[str, Any] | None) -> Judged:
    """Read the rows of one product; what the table has no column for stays as it was before.

    Raises: Problem.
    """
    lines = [Cells(header, row) for row in rows]
    first = lines[0]
    handle = first[c.HANDLE]
    if not KEY.fullmatch(handle):
        raise Problem(first.number, "handle")
    content = dict(before or EMPTY)
    _read_words(first, content, known)
    _read_attributes(first, content, known)
    variants = [line for line in lines if line[c.SKU] or line[c.PRICE] or line[c.option_value(1, c.BASE)]]
    if variants:
        places = [place for place in c.PLACES if _name_of(lines, place)]
        content["options"] = [_option(lines, place, content["options"]) for place in places]
        chosen = list(zip(places, content["options"], strict=True))
        content["variants"] = [_variant(line, chosen, known) for line in variants]
    if first.has(c.IMAGE):
        content["pictures"] = _pictures(lines, content["pictures"], known)
    return Judged(
        handle=handle,
        content=_whole(content, first.number),
        status=_status(first),
        stock={line[c.SKU]: _pieces(line) for line in variants if line[c.QUANTITY]},
        compare_at={line.number: _compare_at(line) for line in variants if line[c.COMPARE_AT]},
    )


def problem_of_fit(content: Content, definitions: Sequence[Definition], number: int) -> Problem | None:
    """What does not fit together in a content that can be read."""
    skus = [each.sku for each in content.variants]
    if repeated := next((sku for sku in skus if skus.count(sku) > 1), None):
        return Problem(number, "sku_taken", {"value": repeated})
    if content.variants and not variants_match(content.options, content.variants):
        return Problem(number, "options")
    if wrong := wrong_attributes(definitions, content.attributes, is_whole=False):
        return Problem(number, "attribute", {"value": wrong[0][0]})
    return None


def _read_words(first: Cells, content: dict[str, Any], known: Known) -> None:
    for column, part, longest in (
        (c.TITLE, "title", LONGEST_TITLE),
        (c.SUBTITLE, "subtitle", LONGEST_LINE),
        (c.BODY, "description", LONGEST_DESCRIPTION),
    ):
        content[part] = _texts(first, column, content[part], longest=longest)
    if not content["title"].get(c.BASE):
        raise Problem(first.number, "title")
    wanted = first[c.TYPE] or first[c.CATEGORY].rsplit(">", 1)[-1].strip()
    if wanted or content["category_id"] is None:
        category = known.categories.get(wanted.lower())
        if category is None:
            raise Problem(first.number, "category", {"value": wanted})
        content["category_id"] = str(category)
    if first[c.VENDOR]:
        brand = known.brands.get(first[c.VENDOR].lower())
        if brand is None:
            raise Problem(first.number, "brand", {"value": first[c.VENDOR]})
        content["brand_id"] = str(brand)


def _texts(first: Cells, column: str, before: Mapping[str, str], *, longest: int) -> dict[str, str]:
    found = dict(before)
    for locale in LOCALES:
        name = c.in_language(column, locale)
        if not first.has(name):
            continue
        text = c.text_of(first[name]) if column == c.BODY else first[name]
        if len(text) > longest or "\x00" in text:
            raise Problem(first.number, "title" if column == c.TITLE else "text", {"value": text[:20]})
        found[locale] = text
    return {locale: text for locale, text in found.items() if text}


def _read_attributes(first: Cells, content: dict[str, Any], known: Known) -> None:
    definitions = {each.key: each for each in known.definitions.get(UUID(content["category_id"]), ())}
    attributes = dict(content["attributes"])
    for name in first.by_name:
        if not name.startswith(c.ATTRIBUTE) or not first[name]:
            continue
        key = name.removeprefix(c.ATTRIBUTE)
        if key not in definitions:
            raise Problem(first.number, "attribute", {"value": key})
        attributes[key] = _value(definitions[key], first[name], attributes.get(key), first.number)
    content["attributes"] = attributes


def _value(definition: Definition, cell: str, before: Any, number: int) -> Any:
    match definition.type:
        case "NUMBER":
            if not re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", cell):
                raise Problem(number, "attribute", {"value": definition.key})
            return float(cell) if "." in cell else int(cell)
        case "BOOLEAN":
            if cell.upper() not in ("TRUE", "FALSE"):
                raise Problem(number, "attribute", {"value": definition.key})
            return cell.upper() == "TRUE"
        case "CHOICE":
            return cell
        case _:
            return {**(before if isinstance(before, dict) else {}), c.BASE: cell}


def _name_of(lines: Sequence[Cells], place: int) -> str:
    """The name of an option; a product without a choice has one that is called Title."""
    column = c.option_name(place, c.BASE)
    name = next((line[column] for line in lines if line[column]), "")
    return "" if name.lower() == "title" else name


def _option(lines: Sequence[Cells], place: int, before: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """An option with the choices that the rows use, under the keys that the product has for them already."""
    name = _name_of(lines, place)
    known = next((each for each in before if name in each["name"].values()), None)
    choices: dict[str, dict[str, Any]] = {}
    for line in lines:
        label = line[c.option_value(place, c.BASE)]
        if label and label not in choices:
            choices[label] = _choice(line, place, label, known)
    names: dict[str, str] = {locale: lines[0][c.option_name(place, locale)] for locale in LOCALES}
    return {
        "key": known["key"] if known else _key(names["en"] or name),
        "name": _labels(names, known["name"] if known else None, name),
        "choices": list(choices.values()),
    }


def _choice(line: Cells, place: int, label: str, option: Mapping[str, Any] | None) -> dict[str, Any]:
    known = next((each for each in (option or {}).get("choices", ()) if label in each["label"].values()), None)
    labels: dict[str, str] = {locale: line[c.option_value(place, locale)] for locale in LOCALES}
    return {
        "key": known["key"] if known else _key(labels["en"] or label),
        "label": _labels(labels, known["label"] if known else None, label),
        "swatch": known["swatch"] if known else None,
    }


def _labels(written: Mapping[str, str], before: Mapping[str, str] | None, base: str) -> dict[str, str]:
    found = {**(before or {}), c.BASE: base}
    found.update({locale: written[locale] for locale in LOCALES[1:] if written[locale]})
    return found


def _key(words: str) -> str:
    """A key for words that have none yet; the same words always get the same one."""
    plain = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:40].strip("-")
    return plain if words.isascii() and plain else f"o{zlib.crc32(words.encode()):08x}"


def _variant(line: Cells, options: Sequence[tuple[int, Mapping[str, Any]]], known: Known) -> dict[str, Any]:
    if not SKU_FORM.fullmatch(line[c.SKU]):
        raise Problem(line.number, "sku")
    price = c.price_minor(line[c.PRICE])
    if price is None:
        raise Problem(line.number, "price", {"value": line[c.PRICE][:20]})
    chosen: dict[str, str] = {}
    for place, option in options:
        label = line[c.option_value(place, c.BASE)]
        choice = next((each["key"] for each in option["choices"] if label and label in each["label"].values()), None)
        if choice is None:
            raise Problem(line.number, "options")
        chosen[option["key"]] = choice
    picture = line[c.VARIANT_IMAGE]
    return {
        "sku": line[c.SKU],
        "price_minor": price,
        "options": chosen,
        "picture_id": str(_picture(picture, line.number, known)) if picture else None,
    }


def _pictures(lines: Sequence[Cells], before: Sequence[Mapping[str, Any]], known: Known) -> list[dict[str, Any]]:
    kept = {each["picture_id"]: each for each in before}
    found: list[dict[str, Any]] = []
    for line in lines:
        if line[c.IMAGE]:
            picture_id = str(_picture(line[c.IMAGE], line.number, known))
            old = kept.get(picture_id, {"role": "FRONT", "alt": {}})
            alt = {**old["alt"], c.BASE: line[c.IMAGE_ALT]} if line[c.IMAGE_ALT] else old["alt"]
            found.append({"picture_id": picture_id, "role": old["role"], "alt": alt})
    return found


def _picture(address: str, number: int, known: Known) -> UUID:
    named = _PICTURE.fullmatch(address)
    picture = known.pictures.get(named.group(1)) if named else None
    if picture is None:
        raise Problem(number, "picture", {"value": address[:120]})
    return picture


def _status(first: Cells) -> str:
    written = first[c.STATUS].lower() or ("active" if first[c.PUBLISHED].upper() == "TRUE" else "draft")
    if written not in c.STATUSES:
        raise Problem(first.number, "status", {"value": written[:20]})
    return c.STATUSES[written]


def _pieces(line: Cells) -> int:
    pieces = c.pieces_of(line[c.QUANTITY])
    if pieces is None:
        raise Problem(line.number, "stock", {"value": line[c.QUANTITY][:20]})
    return pieces


def _compare_at(line: Cells) -> int:
    price = c.price_minor(line[c.COMPARE_AT])
    if price is None:
        raise Problem(line.number, "price", {"value": line[c.COMPARE_AT][:20]})
    return price


def _whole(content: Mapping[str, Any], number: int) -> Content:
    try:
        return read_content(content)
    except InvalidInput as wrong:
        raise Problem(number, "content", {"value": (wrong.field or "").removeprefix("content.")}) from wrong
