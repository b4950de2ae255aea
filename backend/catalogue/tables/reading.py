"""Reading a table piece by piece: its encoding, its header, and the rows of one product together.

Only one piece is ever held in memory. A piece begins at a byte of the file, so reading goes on where it stopped.
"""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from backend.catalogue.tables.columns import HANDLE, IMAGE, PRICE, TITLE

ENCODINGS = ("utf-8", "gb18030")
MOST_ROWS = 200_000
MOST_COLUMNS = 200
LONGEST_ROW = 200_000
NEEDED = (HANDLE, TITLE)
MOST_SPLIT = 1_000


class Unreadable(Exception):
    """Why a table cannot be read at all, in one word."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the file (the header is 1), its cells, and the byte at which it begins."""

    number: int
    cells: list[str]
    begins_at: int


@dataclass(slots=True)
class Survey:
    """What one look over a whole table tells."""

    encoding: str
    header: list[str]
    first_row_at: int
    rows_count: int = 0
    split_handles: list[str] = field(default_factory=list)


class Lines:
    """Decoded lines of a file, and the byte at which the next one begins. No line holds half a character."""

    def __init__(self, file: IO[bytes], encoding: str, offset: int) -> None:
        file.seek(offset)
        self.file, self.encoding, self.at = file, encoding, offset

    def __iter__(self) -> Iterator[str]:
        while raw := self.file.readline(LONGEST_ROW):
            if len(raw) == LONGEST_ROW and not raw.endswith(b"\n"):
                raise Unreadable("line")
            begins, self.at = self.at, self.at + len(raw)
            if begins == 0:
                raw = raw.removeprefix(codecs.BOM_UTF8)
            yield raw.decode(self.encoding)


def survey(file: IO[bytes]) -> Survey:
    """Look over a whole table: encoding, header, number of rows, products whose rows are torn apart.

    Raises: Unreadable.
    """
    for encoding in ENCODINGS:
        try:
            return _survey(file, encoding)
        except UnicodeDecodeError:
            continue
        except csv.Error as broken:
            raise Unreadable("table") from broken
    raise Unreadable("encoding")


def rows_from(file: IO[bytes], *, encoding: str, offset: int, number: int) -> Iterator[Row]:
    """The rows from a byte on; empty ones are left out but counted."""
    lines = Lines(file, encoding, offset)
    reader = csv.reader(iter(lines))
    begins = lines.at
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield Row(number, cells, begins)
        number += 1
        begins = lines.at


def products_from(rows: Iterator[Row], handle_column: int) -> Iterator[list[Row]]:
    """Rows that follow each other and belong to one product."""
    group: list[Row] = []
    for row in rows:
        if group and (
            handle_of(row, handle_column) != handle_of(group[0], handle_column) or not handle_of(row, handle_column)
        ):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def handle_of(row: Row, handle_column: int) -> str:
    """The address of the product to which a row belongs."""
    return row.cells[handle_column].strip() if handle_column < len(row.cells) else ""


def _survey(file: IO[bytes], encoding: str) -> Survey:
    lines = Lines(file, encoding, 0)
    reader = csv.reader(iter(lines))
    header = [cell.strip() for cell in next(reader, [])]
    _check_header(header)
    found = Survey(encoding=encoding, header=header, first_row_at=lines.at)
    column = header.index(HANDLE)
    seen: set[str] = set()
    last, split = "", set()
    for cells in reader:
        found.rows_count += 1
        if found.rows_count > MOST_ROWS:
            raise Unreadable("rows")
        handle = cells[column].strip() if column < len(cells) else ""
        if handle and handle != last and handle in seen:
            split.add(handle)
        seen.add(handle)
        last = handle or last
    found.split_handles = sorted(split)[:MOST_SPLIT]
    if not found.rows_count:
        raise Unreadable("empty")
    return found


def _check_header(header: list[str]) -> None:
    if len(header) > MOST_COLUMNS or len({name for name in header if name}) < len([name for name in header if name]):
        raise Unreadable("header")
    if any(name not in header for name in NEEDED) or not {PRICE, IMAGE} & set(header):
        raise Unreadable("header")
