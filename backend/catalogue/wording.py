"""Sentences of the shop window that are put together for the reader."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from backend.core.languages import translate


def missing_words(missing: Iterable[str]) -> str:
    """What a product lacks, in words."""
    names = {"title": _("title"), "picture": _("picture"), "variant": _("kind with a price")}
    return ", ".join(names[name] for name in missing)


def attribute_words(row: Mapping[str, Any], locale: str) -> str:
    """The value of an attribute as it is read: with its unit, its choice in words, or yes and no."""
    value = row["value"]
    match row["type"]:
        case "NUMBER":
            return f"{value:,g} {row['unit']}".strip() if abs(value) < 1e6 else f"{value:,} {row['unit']}".strip()
        case "BOOLEAN":
            return _("Yes") if value else _("No")
        case "CHOICE":
            return translate(row["label"], locale) or str(value)
        case _:
            return translate(value, locale)


def problem_words(reason: str, details: Mapping[str, Any]) -> str:
    """Why a row of a table was not taken."""
    sentences = {
        "other_row": _("Not imported, because row %(row)s of the same product has a problem."),
        "split": _("The rows of one product must follow each other. Sort the table by Handle."),
        "handle": _("The Handle is missing or has other signs than small letters, digits and hyphens."),
        "title": _("The Title is missing or longer than 120 letters."),
        "category": _("There is no category %(value)s. Use its address, such as fruit."),
        "brand": _("There is no brand %(value)s. Add it first."),
        "price": _("“%(value)s” is no price. Write it as 39.90, between 0.01 and 1,000,000."),
        "compare_at": _("Variant Compare At Price %(value)s is higher than what was really asked before."),
        "stock": _("“%(value)s” is no number of pieces. Write a whole number from 0 to 1,000,000."),
        "sku": _("The Variant SKU is missing or has signs that a stock number cannot have."),
        "sku_taken": _("The stock number %(value)s belongs to another product or stands here twice."),
        "options": _("The options do not fit: give every variant one value of every option, each combination once."),
        "picture": _("The shop has no picture at %(value)s. Send pictures in the editor and use their addresses."),
        "status": _("The Status %(value)s is not known. Use active, draft or archived."),
        "attribute": _("The attribute %(value)s does not fit what the category asks for."),
        "columns": _("This row has more fields than the header."),
        "in_review": _("This product is being reviewed. Wait until that is over."),
        "text": _("“%(value)s” is too long or has signs that cannot be shown."),
        "retired": _("This product has been retired. Bring it back before you change it."),
        "content": _("“%(value)s” does not fit. Check it and try again."),
    }
    return sentences.get(reason, sentences["content"]) % {"value": "", "row": "", **details}
