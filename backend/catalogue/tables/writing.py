"""Writing products as rows of a table, every cell safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from backend.catalogue.tables import columns as c
from backend.core.languages import LOCALES

BOM = "\ufeff"
STATUS_OF = {state: status for status, state in c.STATUSES.items()}


def table_lines(header: Sequence[str], rows: Iterable[Mapping[str, str] | Sequence[str]]) -> Iterator[str]:
    """The lines of a table, one at a time; a spreadsheet recognises the encoding by the mark at the beginning."""
    yield BOM + _line(header)
    for row in rows:
        cells = [row.get(name, "") for name in header] if isinstance(row, Mapping) else row
        yield _line([c.safe_cell(cell) for cell in cells])


def product_rows(
    content: Mapping[str, Any],
    *,
    slug: str,
    state: str,
    category: str,
    brand: str,
    compare_at_minor: int | None,
    picture_addresses: Mapping[str, str],
) -> Iterator[dict[str, str]]:
    """The rows of one product: as many as it has variants or pictures."""
    variants, pictures = content["variants"], content["pictures"]
    for place in range(max(len(variants), len(pictures), 1)):
        row = {c.HANDLE: slug}
        if place == 0:
            row |= _first(content, state=state, category=category, brand=brand)
        if place < len(variants):
            row |= _variant(content, variants[place], compare_at_minor, picture_addresses)
        if place < len(pictures):
            shown = pictures[place]
            row[c.IMAGE] = picture_addresses.get(shown["picture_id"], "")
            row[c.IMAGE_PLACE] = str(place + 1)
            row[c.IMAGE_ALT] = shown["alt"].get(c.BASE, "")
        yield row


def _first(content: Mapping[str, Any], *, state: str, category: str, brand: str) -> dict[str, str]:
    row = {
        c.VENDOR: brand,
        c.TYPE: category,
        c.STATUS: STATUS_OF[state],
        c.PUBLISHED: str(state == "PUBLISHED").upper(),
    }
    for locale in LOCALES:
        row[c.in_language(c.TITLE, locale)] = content["title"].get(locale, "")
        row[c.in_language(c.SUBTITLE, locale)] = content["subtitle"].get(locale, "")
        row[c.in_language(c.BODY, locale)] = c.html_of(content["description"].get(locale, ""))
        for place, option in enumerate(content["options"], start=1):
            row[c.option_name(place, locale)] = option["name"].get(locale, "")
    for key, value in content["attributes"].items():
        row[f"{c.ATTRIBUTE}{key}"] = _attribute(value)
    return row


def _variant(
    content: Mapping[str, Any], variant: Mapping[str, Any], compare_at_minor: int | None, addresses: Mapping[str, str]
) -> dict[str, str]:
    row = {
        c.SKU: variant["sku"],
        c.PRICE: c.price_text(variant["price_minor"]),
        c.COMPARE_AT: c.price_text(compare_at_minor) if compare_at_minor else "",
        c.VARIANT_IMAGE: addresses.get(variant["picture_id"] or "", ""),
    }
    for place, option in enumerate(content["options"], start=1):
        chosen = next(each for each in option["choices"] if each["key"] == variant["options"][option["key"]])
        for locale in LOCALES:
            row[c.option_value(place, locale)] = chosen["label"].get(locale, "")
    return row


def _attribute(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    return str(value.get(c.BASE, "")) if isinstance(value, dict) else str(value)


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()
