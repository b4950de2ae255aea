"""The viewer's own order: what is like what he bought, looked at or rated well moves up within the first page, what is
like something he rated badly moves down, and each says why."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from uuid import UUID

from backend.core.paging import Edge, Page
from backend.search.models import Look, SearchDocument
from backend.search.ports import opinions_of, products_of_interest
from backend.search.rules.scoring import WHOLE
from backend.search.selectors.finding import Asked, Finds
from backend.search.selectors.suggesting import habit_of

MOST_LOOKS = 40
SHELF_WORTH = 0.10
PRICE_WORTH = 0.04
PRICE_BAND = 1.6
BRAND_WORTH = 0.06
GOOD_STARS, BAD_STARS = 4, 2
# What a deed says of its shelf. Who rates has had the thing in his hands, so that counts for more than having bought.
SAYS = {"BOUGHT": 1.0, "LOOKED": 1.0, "LIKED": 2.0, "DISLIKED": -2.0}

Kind = Literal["BOUGHT", "LOOKED", "LIKED", "DISLIKED"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a find stands elsewhere for this viewer: what he did with another product of the same shelf or brand."""

    kind: Kind
    product_id: UUID


@dataclass(frozen=True, slots=True)
class Taste:
    """What a viewer showed: how much for which shelf and brand, the middle price, the latest deed for and against."""

    shelves: Mapping[str, float]
    price_minor: int
    brands: Mapping[str, float] = field(default_factory=dict)
    reasons: Mapping[tuple[str, bool], Reason] = field(default_factory=dict)


def taste_of(person_id: UUID) -> Taste | None:
    """What the person bought, looked at and rated, unless he switched this off or showed nothing yet."""
    if not habit_of(person_id).is_personal:
        return None
    rated = dict(opinions_of(person_id)[:MOST_LOOKS])
    bought = [each for each in products_of_interest(person_id)[:MOST_LOOKS] if each not in rated]
    looks = Look.objects.filter(person_id=person_id).order_by("-at", "-id").values_list("product_id", flat=True)
    looked = [each for each in looks[:MOST_LOOKS] if each not in rated]
    known = {
        each.subject_id: each
        for each in SearchDocument.objects.filter(kind="product", subject_id__in={*rated, *bought, *looked})
    }
    reasons = [Reason("LIKED", each) for each, stars in rated.items() if stars >= GOOD_STARS]
    reasons += [Reason("DISLIKED", each) for each, stars in rated.items() if stars <= BAD_STARS]
    reasons += [Reason("BOUGHT", each) for each in bought] + [Reason("LOOKED", each) for each in looked]
    reasons = [each for each in reasons if each.product_id in known]
    return _taste(reasons, known) if reasons else None


def in_viewers_order(found: Finds, asked: Asked, person_id: UUID | None) -> tuple[Page, Mapping[UUID, Reason], bool]:
    """The first page by relevance in the viewer's own order. It holds the same finds and ends at the same place."""
    if person_id is None or asked.after or asked.sort != "RELEVANCE" or len(found.page.edges) < 2:
        return found.page, {}, False
    taste = taste_of(person_id)
    if taste is None:
        return found.page, {}, False
    cursors = {edge.node["subject_id"]: edge.cursor for edge in found.page.edges}
    rows, reasons = in_own_order(found.page.nodes, taste)
    edges = [Edge(node=row, cursor=cursors[row["subject_id"]]) for row in rows]
    return replace(found.page, edges=edges), reasons, True


def in_own_order(rows: Sequence[dict[str, Any]], taste: Taste) -> tuple[list[dict[str, Any]], dict[UUID, Reason]]:
    """The same rows with what suits the taste moved up, what does not moved down, and why each of them moved."""
    before = {row["subject_id"]: place for place, row in enumerate(rows)}
    worths = {row["subject_id"]: _worth(row, taste) for row in rows}
    ranked = sorted(rows, key=lambda row: (-(row["score"] + worths[row["subject_id"]]), before[row["subject_id"]]))
    moved: dict[UUID, Reason] = {}
    for place, row in enumerate(ranked):
        product_id, worth = row["subject_id"], worths[row["subject_id"]]
        if worth and place != before[product_id] and (place < before[product_id]) == (worth > 0):
            reason = _reason(row, taste, is_for=worth > 0)
            if reason and reason.product_id != product_id:
                moved[product_id] = reason
    return ranked, moved


def _taste(reasons: Sequence[Reason], known: Mapping[UUID, SearchDocument]) -> Taste:
    shelves: defaultdict[str, float] = defaultdict(float)
    brands: defaultdict[str, list[float]] = defaultdict(list)
    latest: dict[tuple[str, bool], Reason] = {}
    prices = sorted(known[each.product_id].price_minor for each in reasons if SAYS[each.kind] > 0) or [0]
    for reason in reasons:
        document, says = known[reason.product_id], SAYS[reason.kind]
        for shelf in document.categories:
            shelves[shelf] += says / len(reasons)
            latest.setdefault((shelf, says > 0), reason)
        if document.brand and reason.kind in {"LIKED", "DISLIKED"}:
            brands[document.brand].append(1.0 if says > 0 else -1.0)
            latest.setdefault((_of_brand(document.brand), says > 0), reason)
    told = {brand: sum(each) / len(each) for brand, each in brands.items()}
    return Taste(shelves, prices[len(prices) // 2], told, latest)


def _reason(row: Mapping[str, Any], taste: Taste, *, is_for: bool) -> Reason | None:
    """The latest deed that speaks for this find, or against it."""
    names = [*row["categories"], *([_of_brand(row["brand"])] if row["brand"] else [])]
    return next((taste.reasons[name, is_for] for name in names if (name, is_for) in taste.reasons), None)


def _of_brand(slug: str) -> str:
    """A brand among shelves, which may be written the same."""
    return f"brand {slug}"


def _worth(row: Mapping[str, Any], taste: Taste) -> int:
    shares = [max(-1.0, min(1.0, taste.shelves[shelf])) for shelf in row["categories"] if shelf in taste.shelves]
    share = max(shares, key=abs, default=0.0)
    is_near = taste.price_minor / PRICE_BAND <= row["price_minor"] <= taste.price_minor * PRICE_BAND
    price = PRICE_WORTH if is_near and share > 0 else 0
    return round((SHELF_WORTH * share + price + BRAND_WORTH * taste.brands.get(row["brand"], 0.0)) * WHOLE)
