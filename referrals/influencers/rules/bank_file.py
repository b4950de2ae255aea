"""The table that goes to the bank, and the one that comes back. No cell can become a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HEADER = ("reference", "name", "bank", "account", "amount", "currency", "note")
RESULT_HEADER = ("reference", "amount", "result", "reason")
PAID, FAILED = "PAID", "FAILED"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
MOST_ROWS = 5_000
MOST_LETTERS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRow:
    """One payment as the bank is told."""

    reference: str
    name: str
    bank: str
    account: str
    net_minor: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow:
    """What the bank says of one payment."""

    reference: str
    net_minor: int
    is_paid: bool
    reason: str


class Unreadable(Exception):
    """A table that is not what it should be."""

    def __init__(self, problem: str | Promise) -> None:
        self.problem = problem
        super().__init__(str(problem))


def safe(cell: str) -> str:
    """A cell that a spreadsheet shows and never runs."""
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell


def yuan(minor: int) -> str:
    """An amount as a bank writes it."""
    return f"{minor // 100}.{minor % 100:02d}"


def write_payments(rows: Iterable[PaymentRow]) -> str:
    """The table for the bank. The mark in front keeps a spreadsheet from guessing the letters wrong."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(HEADER)
    for row in rows:
        cells = (row.reference, row.name, row.bank, row.account, yuan(row.net_minor), "CNY", row.note)
        table.writerow([safe(cell) for cell in cells])
    return "\ufeff" + text.getvalue()


def read_results(text: str) -> list[ResultRow]:
    """What the bank answered, line by line.

    A table with a broken line, a line twice or other columns is refused as a whole.
    """
    if len(text) > MOST_LETTERS:
        raise Unreadable(_("it is too long"))
    lines = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    lines = [line for line in lines if any(cell.strip() for cell in line)]
    if not lines or tuple(cell.strip().lower() for cell in lines[0]) != RESULT_HEADER:
        raise Unreadable(_("its first line must read: reference, amount, result, reason"))
    if len(lines) > MOST_ROWS + 1:
        raise Unreadable(_("it is too long"))
    rows = [_row(number, line) for number, line in enumerate(lines[1:], start=2)]
    if len({row.reference for row in rows}) != len(rows):
        raise Unreadable(_("a payment stands in it twice"))
    return rows


def _row(number: int, cells: Sequence[str]) -> ResultRow:
    tidy = [cell.strip().lstrip("'") for cell in cells]
    if len(tidy) != len(RESULT_HEADER) or tidy[2].upper() not in (PAID, FAILED):
        raise Unreadable(_("line %(line)s cannot be read") % {"line": number})
    whole, _point, part = tidy[1].partition(".")
    if not (
        whole.isascii() and whole.isdigit() and len(part) <= 2 and (not part or (part.isascii() and part.isdigit()))
    ):
        raise Unreadable(_("line %(line)s has no amount") % {"line": number})
    return ResultRow(
        reference=tidy[0],
        net_minor=int(whole) * 100 + int(part.ljust(2, "0")),
        is_paid=tidy[2].upper() == PAID,
        reason=tidy[3][:200],
    )
