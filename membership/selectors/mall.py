"""What can be asked about the points mall."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, QuerySet

from backend.core.paging import Page, keyset_page
from membership.models import ExchangeState, MallExchange, MallItem


def mall_items() -> list[MallItem]:
    """What can be exchanged now, in the order of the mall."""
    open_items = MallItem.objects.filter(is_open=True).select_related("template", "variant", "tier")
    return list(open_items.order_by("position", "pk")[:100])


def all_mall_items() -> list[MallItem]:
    """Every item, also those that are put away."""
    return list(MallItem.objects.select_related("template", "variant", "tier").order_by("position", "pk")[:200])


def mall_item(item_id: UUID) -> MallItem | None:
    """One item."""
    return MallItem.objects.select_related("template", "variant", "tier").filter(pk=item_id).first()


def standing_exchanges(user_id: UUID) -> QuerySet[MallExchange]:
    """The exchanges of a person whose points did not come back."""
    return MallExchange.objects.filter(user_id=user_id, state=ExchangeState.DONE)


def exchanged_counts(user_id: UUID, item_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How often a person exchanged points for each item."""
    rows = standing_exchanges(user_id).filter(item_id__in=list(item_ids)).values("item_id")
    return {row["item_id"]: row["times"] for row in rows.annotate(times=Count("pk"))}


def exchange_of_order(order_id: UUID) -> MallExchange | None:
    """The exchange that an order is sent for."""
    return MallExchange.objects.select_related("item").filter(order_id=order_id).first()


def exchanges_page(user_id: UUID, *, first: int, after: str | None) -> Page:
    """One page of what a person exchanged, newest first."""
    rows = MallExchange.objects.filter(user_id=user_id).select_related("item", "item__template", "item__variant")
    return keyset_page(rows, order=("-at", "-id"), first=first, after=after)
