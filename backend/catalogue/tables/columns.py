"""The columns of a table of products, and how single cells are read and written."""

import html
import re
from decimal import Decimal, InvalidOperation
from html.parser import HTMLParser

from backend.core.languages import LOCALES

BASE = LOCALES[0]
PLACES = (1, 2, 3)
ATTRIBUTE = "Attribute: "
HANDLE, TITLE, SUBTITLE, BODY = "Handle", "Title", "Subtitle", "Body (HTML)"
VENDOR, CATEGORY, TYPE, TAGS, PUBLISHED = "Vendor", "Product Category", "Type", "Tags", "Published"
SKU, QUANTITY, PRICE = "Variant SKU", "Variant Inventory Qty", "Variant Price"
COMPARE_AT, VARIANT_IMAGE = "Variant Compare At Price", "Variant Image"
IMAGE, IMAGE_PLACE, IMAGE_ALT, STATUS = "Image Src", "Image Position", "Image Alt Text", "Status"
STATUSES = {"active": "PUBLISHED", "draft": "DRAFT", "archived": "RETIRED"}
MOST_PIECES = 1_000_000
# A spreadsheet takes a cell that begins with one of these for a formula and runs it.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_PRICE = re.compile(r"\d{1,7}(\.\d{1,2})?")
_BLOCKS = {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"}
_SILENT = {"script", "style", "template"}


def in_language(column: str, locale: str) -> str:
    """The column of a text in a language: `Title` is the first one's, `Title (en)` another's."""
    return column if locale == BASE else f"{column.removesuffix(' (HTML)')} ({locale})"


def option_name(place: int, locale: str) -> str:
    """The column of the name of an option."""
    return in_language(f"Option{place} Name", locale)


def option_value(place: int, locale: str) -> str:
    """The column of the value of an option."""
    return in_language(f"Option{place} Value", locale)


def all_columns(attribute_keys: list[str]) -> list[str]:
    """The header of an export."""
    return [
        HANDLE,
        *(in_language(column, locale) for column in (TITLE, SUBTITLE, BODY) for locale in LOCALES),
        VENDOR,
        CATEGORY,
        TYPE,
        TAGS,
        PUBLISHED,
        *(each(place, locale) for place in PLACES for each in (option_name, option_value) for locale in LOCALES),
        SKU,
        QUANTITY,
        PRICE,
        COMPARE_AT,
        VARIANT_IMAGE,
        IMAGE,
        IMAGE_PLACE,
        IMAGE_ALT,
        STATUS,
        *(f"{ATTRIBUTE}{key}" for key in attribute_keys),
    ]


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet runs."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def plain_cell(text: str) -> str:
    """What a cell said before it was made safe."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(FORMULA_SIGNS) else text


def price_minor(text: str) -> int | None:
    """A price such as 39.90 in fen, or nothing if it is none."""
    if not _PRICE.fullmatch(text):
        return None
    try:
        minor = Decimal(text) * 100
    except InvalidOperation:
        return None
    return int(minor) if 0 < minor <= 100_000_000 else None


def price_text(minor: int) -> str:
    """A price in yuan, as tables write it."""
    return f"{minor // 100}.{minor % 100:02d}"


def pieces_of(text: str) -> int | None:
    """A number of pieces, or nothing if it is none."""
    return int(text) if text.isascii() and text.isdigit() and int(text[:9]) <= MOST_PIECES and len(text) < 8 else None


def html_of(text: str) -> str:
    """Plain text as simple HTML: a paragraph per blank line, a break per line."""
    paragraphs = [html.escape(each, quote=False).replace("\n", "<br>") for each in text.split("\n\n") if each]
    return "".join(f"<p>{each}</p>" for each in paragraphs)


def text_of(markup: str) -> str:
    """The words of simple HTML; everything else falls away."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    reader = _Words()
    reader.feed(markup)
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(reader.words)).strip()


class _Words(HTMLParser):
    """Collects text and turns blocks into lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins on a line of its own."""
        self.silent += tag in _SILENT
        if tag == "br":
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """A paragraph is followed by a blank line."""
        self.silent = max(0, self.silent - (tag in _SILENT))
        if tag in _BLOCKS and tag != "br":
            self.words.append("\n\n" if tag == "p" else "\n")

    def handle_data(self, data: str) -> None:
        """Words are kept."""
        if not self.silent:
            self.words.append(data)
