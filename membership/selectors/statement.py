"""The points statement: what came and what went, newest first, each with everything that happened to it since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db import connection

from backend.core.paging import Keyset, Page
from backend.orders.models import Order
from membership.models import MallExchange, PointAllocation, PointDebt, PointLot, PointSpend

_ENTRIES = """
SELECT kind, id, at FROM (
    SELECT 'LOT' AS kind, id, created_at AS at FROM membership_pointlot WHERE user_id = %s
    UNION ALL
    SELECT 'SPEND' AS kind, id, created_at AS at FROM membership_pointspend WHERE user_id = %s
) entry WHERE {where} ORDER BY {order} LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class LotEntry:
    """Points that came, and what was done with them."""

    lot: PointLot
    parts: Sequence[PointAllocation]
    debts: Sequence[PointDebt]
    places: Mapping[UUID, str]

    @property
    def id(self) -> UUID:
        """The entry's id."""
        return self.lot.pk

    @property
    def at(self) -> datetime:
        """When they were promised."""
        return self.lot.created_at


@dataclass(frozen=True, slots=True)
class SpendEntry:
    """Points that went, and from which lots."""

    spend: PointSpend
    parts: Sequence[PointAllocation]
    place: str

    @property
    def id(self) -> UUID:
        """The entry's id."""
        return self.spend.pk

    @property
    def at(self) -> datetime:
        """When they were used."""
        return self.spend.created_at


Entry = LotEntry | SpendEntry


def statement_page(user_id: UUID, *, first: int, after: str | None) -> Page:
    """One page of a person's points statement, in a constant number of statements."""
    keyset = Keyset("-at", "-id", first=first, after=after)
    where, values = keyset.where()
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES.format(where=where, order=keyset.order_by()), [user_id, user_id, *values, keyset.limit])
        found = [(kind, row_id) for kind, row_id, _at in cursor.fetchall()]
    entries = entries_of(found)
    return keyset.page([entries[row_id] for _kind, row_id in found])


def entry_of(user_id: UUID, entry_id: UUID) -> Entry | None:
    """One entry of a person."""
    if PointLot.objects.filter(pk=entry_id, user_id=user_id).exists():
        return cast(Entry, entries_of([("LOT", entry_id)])[entry_id])
    if PointSpend.objects.filter(pk=entry_id, user_id=user_id).exists():
        return cast(Entry, entries_of([("SPEND", entry_id)])[entry_id])
    return None


def entries_of(found: Sequence[tuple[str, UUID]]) -> dict[UUID, Any]:
    """Entries by id, with all that hangs on them."""
    lots = PointLot.objects.in_bulk([row_id for kind, row_id in found if kind == "LOT"])
    spends = PointSpend.objects.in_bulk([row_id for kind, row_id in found if kind == "SPEND"])
    parts = list(PointAllocation.objects.filter(lot_id__in=lots).select_related("spend", "lot").order_by("pk")) + list(
        PointAllocation.objects.filter(spend_id__in=spends).select_related("spend", "lot").order_by("pk")
    )
    debts = list(PointDebt.objects.filter(lot_id__in=lots).order_by("created_at", "pk"))
    places = _places([*spends.values(), *(part.spend for part in parts)])
    entries: dict[UUID, Any] = {
        lot.pk: LotEntry(
            lot=lot,
            parts=_once(part for part in parts if part.lot_id == lot.pk),
            debts=[debt for debt in debts if debt.lot_id == lot.pk],
            places=places,
        )
        for lot in lots.values()
    }
    for spend in spends.values():
        own = _once(part for part in parts if part.spend_id == spend.pk)
        entries[spend.pk] = SpendEntry(spend=spend, parts=own, place=places.get(spend.pk, ""))
    return entries


def _once(parts: Any) -> list[PointAllocation]:
    return list({part.pk: part for part in parts}.values())


def _places(spends: Sequence[PointSpend]) -> dict[UUID, str]:
    """Where points were used: the number of the order, or the name of what they were exchanged for, by spend."""
    of_orders = {spend.source_id: spend.pk for spend in spends if spend.source_type == "order"}
    of_mall = {spend.source_id: spend.pk for spend in spends if spend.source_type == "mall"}
    numbers = Order.objects.filter(pk__in=of_orders).values_list("pk", "number")
    exchanges = MallExchange.objects.filter(pk__in=of_mall).select_related("item")
    return {of_orders[order_id]: number for order_id, number in numbers} | {
        of_mall[exchange.pk]: exchange.item.names for exchange in exchanges
    }
