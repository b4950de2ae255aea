"""What the staff see: what was looked for and not found, and what they said means the same."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from backend.search.models import Need, SearchQuery, Synonym

DAYS = 30
MOST_ROWS = 100
# A question is answered by its article, so that no goods have its words is nothing that lacks.
WITHOUT_FINDS = (Q(finds_count=0) & ~Q(help="MENTIONED")) | Q(help__in=["FEWER_WORDS", "RELATED", "POPULAR"])


def searches_without_finds(*, now: datetime, days: int = DAYS) -> list[dict[str, Any]]:
    """Words that found nothing that fits, with how often and by how many people, the most people first."""
    return _grouped(now, days, WITHOUT_FINDS)


def searches_without_opening(*, now: datetime, days: int = DAYS) -> list[dict[str, Any]]:
    """Words that found something of which nobody opened anything."""
    rows = _grouped(now, days, Q(finds_count__gt=0, help__in=["NONE", "FEW"]))
    return [row for row in rows if row["opened"] == 0 and row["people"] > 1]


def search_figures(*, now: datetime, days: int = DAYS) -> dict[str, int]:
    """How many searches there were, how many found nothing that fits, and after how many something was opened."""
    figures: dict[str, int] = _since(now, days).aggregate(
        searches=Count("id"),
        without_finds=Count("id", filter=WITHOUT_FINDS),
        opened=Count("opened_id"),
        people=Count("someone", distinct=True),
    )
    return figures


def synonym_lines() -> QuerySet[Synonym]:
    """What the staff say means the same."""
    return Synonym.objects.select_related("changed_by")


def written_needs() -> QuerySet[Need]:
    """What the staff wrote of needs, the latest first."""
    return Need.objects.order_by("-changed_at", "code")


def _grouped(now: datetime, days: int, condition: Q) -> list[dict[str, Any]]:
    counted = _since(now, days).filter(condition).values("words")
    counted = counted.annotate(
        searches=Count("id"), people=Count("someone", distinct=True), last_at=Max("at"), opened=Count("opened_id")
    )
    return [dict(row) for row in counted.order_by("-people", "-searches", "words")[:MOST_ROWS]]


def _since(now: datetime, days: int) -> QuerySet[SearchQuery]:
    return SearchQuery.objects.filter(at__gt=now - timedelta(days=days))
