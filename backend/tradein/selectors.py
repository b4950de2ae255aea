"""Reads of trade-ins: what is taken, what a thing is worth, and where each stands."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum

from backend.core.errors import InvalidInput, NotFound
from backend.core.months import month_of
from backend.core.paging import Page, keyset_page
from backend.tradein import rules
from backend.tradein.models import MonthBudget, PriceListVersion, TradeIn, TradeInPicture, TradeInState

VIEWS: Mapping[str, Collection[str]] = {
    "coming": (TradeInState.TO_SEND, TradeInState.ON_THE_WAY),
    "inspect": (TradeInState.RECEIVED,),
    "answer": (TradeInState.LOWERED,),
    "back": (TradeInState.GOING_BACK,),
    "over": tuple(rules.OVER),
}


def current_lists() -> QuerySet[PriceListVersion]:
    """The newest version of every price list, by shelf."""
    newest = PriceListVersion.objects.filter(kind_id=OuterRef("kind_id")).order_by("-number").values("pk")[:1]
    lists = PriceListVersion.objects.filter(pk=Subquery(newest)).select_related("kind__category__picture")
    return lists.order_by("kind__category__position", "kind_id")


def open_lists() -> list[PriceListVersion]:
    """What the shop takes now."""
    return list(current_lists().filter(kind__is_open=True))


def current_list(kind_id: UUID) -> PriceListVersion | None:
    """The newest version of one price list."""
    return PriceListVersion.objects.filter(kind_id=kind_id).select_related("kind").order_by("-number").first()


def worth_by(price_list: PriceListVersion, answers: Mapping[str, str]) -> rules.Worth | None:
    """What a thing is worth by a list; None while a question is open."""
    return rules.worth_of(
        title=price_list.title,
        base_minor=price_list.base_minor,
        step_minor=price_list.step_minor,
        questions=price_list.questions,
        answers=answers,
    )


def own_trade_in(*, trade_in_id: UUID, person_id: UUID) -> TradeIn:
    """A trade-in of this person.

    Raises: NotFound.
    """
    return visible_trade_in(trade_in_id=trade_in_id, viewer_id=person_id, sees_all=False)


def visible_trade_in(*, trade_in_id: UUID, viewer_id: UUID, sees_all: bool) -> TradeIn:
    """A trade-in for its person, or for the desk.

    Raises: NotFound.
    """
    found = with_words(TradeIn.objects.filter(pk=trade_in_id))
    row = (found if sees_all else found.filter(person_id=viewer_id)).first()
    if row is None:
        raise NotFound
    return row


def trade_ins_of(*, person_id: UUID, first: int, after: str | None) -> Page:
    """The trade-ins of one person, the newest first."""
    mine = with_words(TradeIn.objects.filter(person_id=person_id))
    return keyset_page(mine, order=("-opened_at", "-id"), first=first, after=after)


def desk_page(*, view: str, first: int, after: str | None) -> Page:
    """One page of the desk: what waits comes oldest first.

    Raises: InvalidInput.
    """
    if view not in VIEWS:
        raise InvalidInput("view")
    rows = with_words(TradeIn.objects.filter(state__in=VIEWS[view]))
    order = ("-opened_at", "-id") if view == "over" else ("opened_at", "id")
    return keyset_page(rows, order=order, first=first, after=after)


def desk_counts() -> dict[str, int]:
    """How many trade-ins stand in each view of the desk."""
    by_state = dict(TradeIn.objects.values_list("state").annotate(count=Count("pk")))
    return {view: sum(by_state.get(state, 0) for state in states) for view, states in VIEWS.items()}


def pictures_of(trade_in_ids: Collection[UUID]) -> dict[UUID, list[TradeInPicture]]:
    """The pictures of each trade-in."""
    found: dict[UUID, list[TradeInPicture]] = {each: [] for each in trade_in_ids}
    for each in TradeInPicture.objects.filter(trade_in_id__in=found).select_related("picture").order_by("pk"):
        found[each.trade_in_id].append(each)
    return found


def budget_row(*, now: datetime) -> dict[str, Any]:
    """The budget of this month: its own, or the limit of the month before it."""
    month = month_of(now)
    row = MonthBudget.objects.filter(month__lte=month).order_by("-month").first()
    is_own = row is not None and row.month == month
    return {
        "month": month,
        "limit_minor": row.limit_minor if row else 0,
        "promised_minor": row.promised_minor if row and is_own else 0,
        "given_minor": row.given_minor if row and is_own else 0,
    }


def figures_of(kind_ids: Collection[UUID]) -> dict[UUID, dict[str, int]]:
    """How many things of each kind were credited, and for how much."""
    credited = TradeIn.objects.filter(price_list__kind_id__in=kind_ids, state=TradeInState.CREDITED)
    rows = credited.values("price_list__kind_id").annotate(count=Count("pk"), sum=Sum("found_minor"))
    return {row["price_list__kind_id"]: {"count": row["count"], "minor": row["sum"] or 0} for row in rows}


def overdue(*, now: datetime, limit: int) -> list[UUID]:
    """The trade-ins whose state has run out, the longest over first."""
    due = TradeIn.objects.filter(state__in=[*rules.AFTER_DEADLINE], deadline_at__lte=now)
    return list(due.order_by("deadline_at").values_list("pk", flat=True)[:limit])


def open_count(person_id: UUID) -> int:
    """How many open trade-ins somebody has."""
    return TradeIn.objects.filter(person_id=person_id, state__in=rules.OPEN).count()


def with_words(rows: QuerySet[TradeIn]) -> QuerySet[TradeIn]:
    """Trade-ins with what a page says of them."""
    return rows.select_related("price_list", "person")
