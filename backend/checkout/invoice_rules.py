"""What stands on an invoice, to the last fen. No database."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backend.core.money import allocate_whole

INVOICE_DAYS = 90
# Eighteen letters and digits without I, O, S, V, Z; the last one is a check digit (GB 32100).
_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SHAPE = re.compile(f"[{_LETTERS}]{{18}}")
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
SHIPPING = {"zh-Hans": "运费", "zh-Hant": "運費", "en": "Shipping"}


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceFor:
    """Which invoice is wanted, and for whom. Without a tax number it is for a person."""

    way: str
    title: str
    tax_number: str = ""


def is_tax_number(text: str) -> bool:
    """Whether this can be the number of a company: eighteen letters with the right check digit."""
    if not _SHAPE.fullmatch(text):
        return False
    total = sum(_LETTERS.index(letter) * weight for letter, weight in zip(text, _WEIGHTS, strict=False))
    return _LETTERS[(31 - total % 31) % 31] == text[17]


def invoice_lines(lines: Sequence[Mapping[str, Any]], *, shipping_minor: int) -> list[dict[str, Any]]:
    """The lines of an invoice with their share of every discount; they add up to the order."""
    rows = [
        {
            "title": line["title"],
            "option": line["option_title"],
            "quantity": line["quantity"],
            "full_minor": line["unit_minor"] * line["quantity"],
            "off_minor": line["discount_minor"],
            "total_minor": line["total_minor"],
        }
        for line in lines
    ]
    if shipping_minor:
        rows.append(
            {
                "title": SHIPPING,
                "option": {},
                "quantity": 1,
                "full_minor": shipping_minor,
                "off_minor": 0,
                "total_minor": shipping_minor,
            }
        )
    return rows


def service_line(service: Mapping[str, str], *, total_minor: int) -> dict[str, Any]:
    """The one line of an invoice for a service."""
    return {
        "title": dict(service),
        "option": {},
        "quantity": 1,
        "full_minor": total_minor,
        "off_minor": 0,
        "total_minor": total_minor,
    }


def credited_lines(lines: Sequence[Mapping[str, Any]], *, amount_minor: int) -> list[dict[str, Any]]:
    """The lines of a credit note: the amount that went back, shared by what each line cost, to the last fen."""
    weights = [line["total_minor"] for line in lines]
    parts = allocate_whole(amount_minor, weights) if any(weights) else [0] * len(lines)
    return [
        {**line, "full_minor": -part, "off_minor": 0, "total_minor": -part}
        for line, part in zip(lines, parts, strict=True)
        if part
    ]
