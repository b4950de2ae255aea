"""Sending many orders from one table: the good rows leave, the bad ones come back with the reason."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backend.core.errors import DomainError, NotFound
from backend.fulfilment.actions.send import ship_order
from backend.fulfilment.errors import TableUnreadable, TrackingNumberNeeded
from backend.fulfilment.ports import carrier_named
from backend.orders.models import Order

MOST_ROWS = 2_000
MOST_CHARACTERS = 200_000
HEADINGS = {"order", "order number", "number", "订单号", "訂單編號", "訂單號"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    """One row of the table and what became of it; an empty code says that the order was sent."""

    line: int
    order_number: str
    code: str = ""
    message: str = ""


def send_batch(*, table: str, actor_id: UUID, now: datetime) -> list[BatchRow]:
    """Send the rest of each order of the table in one parcel, each row by itself.

    The columns are order number, carrier, tracking number and the codes of the pieces, divided by blanks. An order that
    was packed at the table needs no codes any more. A table that is sent twice sends nothing twice.

    Raises: TableUnreadable.
    Emits: ShipmentPacked, ShipmentSent, OrderShipped.
    """
    rows = _rows(table)
    numbers = {cells[0] for _line, cells in rows if cells}
    orders = dict(Order.objects.filter(number__in=numbers).values_list("number", "pk"))
    return [_send(line, cells, orders=orders, actor_id=actor_id, now=now) for line, cells in rows]


def _rows(table: str) -> list[tuple[int, list[str]]]:
    if len(table) > MOST_CHARACTERS:
        raise TableUnreadable(problem="> 200,000")
    try:
        sheet = csv.reader(io.StringIO(table.lstrip("\ufeff")), strict=True)
        rows = [(sheet.line_num, [cell.strip() for cell in cells]) for cells in sheet if any(map(str.strip, cells))]
    except csv.Error as error:
        raise TableUnreadable(problem=str(error)) from error
    if rows and rows[0][1][0].lower() in HEADINGS:
        rows = rows[1:]
    if not rows or len(rows) > MOST_ROWS:
        raise TableUnreadable(problem=f"{len(rows)} / {MOST_ROWS:,}")
    return rows


def _send(line: int, cells: list[str], *, orders: dict[str, UUID], actor_id: UUID, now: datetime) -> BatchRow:
    number, carrier, tracking, codes = (*cells, "", "", "", "")[:4]
    try:
        if number not in orders:
            raise NotFound
        speaker = carrier_named(carrier)
        if speaker is not None and speaker.gives_numbers and not tracking:
            raise TrackingNumberNeeded
        ship_order(
            order_id=orders[number], carrier=carrier, tracking_number=tracking, codes=codes.split(), actor_id=actor_id,
            now=now,
        )  # fmt: skip
    except DomainError as refusal:
        return BatchRow(line=line, order_number=number[:24], code=refusal.code, message=refusal.text)
    return BatchRow(line=line, order_number=number)
