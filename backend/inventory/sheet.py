"""Files of stock numbers: reading what a spreadsheet saved, and writing back the rows that were refused.

Pure text; what a row means for the stock room is decided in `actions.import_stock`.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.inventory.rules import MOST_ON_HAND

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 100_000
LONGEST_CELL = 200
SET, ADD = "set", "add"
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")

REASONS: Mapping[str, str | Promise] = {
    "sku": _("Enter the stock number (sku)."),
    "quantity": _("Enter a whole number from 0 to 1,000,000."),
    "mode": _("Enter set, or leave it empty."),
    "inspected": _("New goods come in as a delivery and are inspected. This file only sets what was counted."),
    "unknown": _("No product has this stock number. Check it against the catalogue."),
    "twice": _("This stock number is set twice in the file. Keep one row."),
    "reserved": _("More than this are promised to orders. Enter a higher number."),
}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row that can be read."""

    line: int
    sku: str
    quantity: int


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One row that comes back, as it was written, with the key of the reason."""

    line: int
    cells: tuple[str, str, str]
    reason: str

    def stored(self) -> list[object]:
        """The row as JSON."""
        return [self.line, *self.cells, self.reason]


class Unreadable(Exception):
    """The file is no table of stock numbers."""


def read_sheet(content: bytes) -> tuple[list[SheetRow], list[RefusedRow]]:
    """Read a file: the rows that can be read, and those that cannot, each with its line.

    Spreadsheets in China save in GB 18030; everything else is UTF-8, with or without a mark.
    """
    if len(content) > MOST_BYTES:
        raise Unreadable
    reader = csv.reader(io.StringIO(_text_of(content), newline=""))
    rows: list[SheetRow] = []
    refused: list[RefusedRow] = []
    try:
        places = _places([cell.strip().lower() for cell in next(reader, [])])
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(rows) + len(refused) >= MOST_ROWS:
                raise Unreadable
            row = _read_row(reader.line_num, _chosen(cells, places))
            if isinstance(row, SheetRow):
                rows.append(row)
            else:
                refused.append(row)
    except csv.Error as broken:
        raise Unreadable from broken
    return rows, refused


def write_refused(refused: Sequence[Sequence[object]]) -> Iterator[str]:
    """Write the refused rows as a file that can be mended and sent again."""
    yield from _lines([["sku", "quantity", "mode", "line", "reason"]])
    for line, sku, quantity, mode, reason in refused:
        said = str(REASONS.get(str(reason), reason))
        yield from _lines([[_plain(sku), _plain(quantity), _plain(mode), line, said]])


def _text_of(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable


def _places(header: list[str]) -> tuple[int, int, int | None]:
    if "sku" not in header or "quantity" not in header:
        raise Unreadable
    return header.index("sku"), header.index("quantity"), header.index("mode") if "mode" in header else None


def _chosen(cells: list[str], places: tuple[int, int, int | None]) -> tuple[str, str, str]:
    def cell(place: int | None) -> str:
        found = cells[place].strip() if place is not None and place < len(cells) else ""
        return found.replace("\x00", "")[:LONGEST_CELL]

    sku, quantity, mode = places
    return cell(sku), cell(quantity), cell(mode)


def _read_row(line: int, cells: tuple[str, str, str]) -> SheetRow | RefusedRow:
    sku, quantity, mode = cells
    if not sku:
        return RefusedRow(line, cells, "sku")
    if not (quantity.isascii() and quantity.isdigit() and int(quantity) <= MOST_ON_HAND):
        return RefusedRow(line, cells, "quantity")
    if mode.lower() not in ("", SET, ADD):
        return RefusedRow(line, cells, "mode")
    if mode.lower() == ADD:
        return RefusedRow(line, cells, "inspected")
    return SheetRow(line, sku, int(quantity))


def _plain(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def _lines(rows: Sequence[Sequence[object]]) -> Iterator[str]:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    yield buffer.getvalue()
