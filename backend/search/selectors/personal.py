"""The viewer's own order: what is like what he bought or looked at moves up within the first page, and says why."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from backend.search.models import Look, SearchDocument
from backend.search.ports import products_of_interest
from backend.search.rules.scoring import WHOLE
from backend.search.selectors.suggesting import habit_of

MOST_LOOKS = 40
SHELF_WORTH = 0.10
PRICE_WORTH = 0.04
PRICE_BAND = 1.6


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a find stands higher for this viewer: what he bought or looked at on the same shelf."""

    kind: Literal["BOUGHT", "LOOKED"]
    product_id: UUID


@dataclass(frozen=True, slots=True)
class Taste:
    """What a viewer showed interest in: shares of shelves, the middle price, and the latest product of each shelf."""

    shares: dict[str, float]
    price_minor: int
    latest: dict[str, Reason]


def taste_of(person_id: UUID) -> Taste | None:
    """What the person bought and looked at, unless he switched this off or showed nothing yet."""
    if not habit_of(person_id).is_personal:
        return None
    bought = products_of_interest(person_id)[:MOST_LOOKS]
    looks = Look.objects.filter(person_id=person_id).order_by("-at", "-id").values_list("product_id", flat=True)
    looked = list(looks[:MOST_LOOKS])
    known = {
        each.subject_id: each
        for each in SearchDocument.objects.filter(kind="product", subject_id__in={*bought, *looked})
    }
    reasons = [Reason("BOUGHT", each) for each in bought if each in known]
    reasons += [Reason("LOOKED", each) for each in looked if each in known]
    return _taste(reasons, known) if reasons else None


def in_own_order(rows: Sequence[dict[str, Any]], taste: Taste) -> tuple[list[dict[str, Any]], dict[UUID, Reason]]:
    """The same rows with what suits the taste moved up, and the reason for each that moved."""
    ranked = sorted(rows, key=lambda row: (-(row["score"] + _worth(row, taste)), rows.index(row)))
    before = {row["subject_id"]: place for place, row in enumerate(rows)}
    moved: dict[UUID, Reason] = {}
    for place, row in enumerate(ranked):
        shelf = next((each for each in row["categories"] if each in taste.latest), None)
        if shelf and place < before[row["subject_id"]] and taste.latest[shelf].product_id != row["subject_id"]:
            moved[row["subject_id"]] = taste.latest[shelf]
    return ranked, moved


def _taste(reasons: Sequence[Reason], known: dict[UUID, SearchDocument]) -> Taste:
    shelves = Counter(shelf for reason in reasons for shelf in known[reason.product_id].categories)
    prices = sorted(known[reason.product_id].price_minor for reason in reasons)
    latest: dict[str, Reason] = {}
    for reason in reasons:
        for shelf in known[reason.product_id].categories:
            latest.setdefault(shelf, reason)
    return Taste({shelf: count / len(reasons) for shelf, count in shelves.items()}, prices[len(prices) // 2], latest)


def _worth(row: dict[str, Any], taste: Taste) -> int:
    share = max((taste.shares.get(shelf, 0) for shelf in row["categories"]), default=0)
    is_near = taste.price_minor / PRICE_BAND <= row["price_minor"] <= taste.price_minor * PRICE_BAND
    return round((SHELF_WORTH * share + (PRICE_WORTH if is_near and share else 0)) * WHOLE)
