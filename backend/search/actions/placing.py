"""Placements on the page of results: what the staff set, and openings that use their budget up."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q

from backend.catalogue.models import Category, Product, ProductState
from backend.core.clock import business_day
from backend.core.errors import NotFound
from backend.core.ids import new_id
from backend.search.errors import PlacementForNothing, PlacementTimeWrong
from backend.search.models import Placement, PlacementOpening
from backend.search.rules.folding import plain
from backend.search.rules.nameless import name_of
from backend.search.selectors.understanding import understand

MOST_WORDS = 20
LONGEST_WORDS = 40
LONGEST = timedelta(days=366)
KEPT_FOR = timedelta(days=90)

_OPENED = """
INSERT INTO search_placementopening (id, placement_id, someone, on_day) VALUES (%s, %s, %s, %s)
ON CONFLICT DO NOTHING"""


@transaction.atomic
def open_placement(
    *,
    product_id: UUID,
    words: Sequence[str],
    category_slug: str | None,
    starts_at: datetime,
    ends_at: datetime,
    openings_limit: int | None,
    actor_id: UUID,
    now: datetime,
) -> Placement:
    """Show a product on the page of results, marked, for some words or wherever the best find is of a shelf.

    Raises: NotFound, PlacementForNothing, PlacementTimeWrong.
    """
    if not Product.objects.filter(pk=product_id, state=ProductState.PUBLISHED).exists():
        raise NotFound
    category = Category.objects.filter(slug=category_slug).first() if category_slug else None
    written = list(dict.fromkeys(text for each in words if (text := plain(each)[:LONGEST_WORDS])))[:MOST_WORDS]
    asked = sorted({key for text in written if (key := understand(text, is_exact=True).asked)})
    if not asked and category is None:
        raise PlacementForNothing(field="words")
    if ends_at <= now or ends_at <= starts_at or ends_at - starts_at > LONGEST:
        raise PlacementTimeWrong(field="endsAt")
    return Placement.objects.create(
        product_id=product_id,
        words=written,
        asked=asked,
        category=category,
        starts_at=starts_at,
        ends_at=ends_at,
        openings_limit=openings_limit,
        created_by_id=actor_id,
        created_at=now,
    )


@transaction.atomic
def stop_placement(*, placement_id: UUID, now: datetime) -> Placement:
    """Show it no longer, from now on and for good.

    Raises: NotFound.
    """
    Placement.objects.filter(pk=placement_id, stopped_at=None).update(stopped_at=now)
    placement = Placement.objects.select_related("category").filter(pk=placement_id).first()
    if placement is None:
        raise NotFound
    return placement


@transaction.atomic
def note_placement_opened(*, placement_id: UUID, person_id: UUID | None, visitor: str | None, now: datetime) -> bool:
    """Count that somebody opened a placement, once a day and never more than its budget; say whether it counted."""
    who = person_id or visitor
    if not who or not Placement.objects.filter(pk=placement_id).exists():
        return False
    opening_id = new_id()
    with connection.cursor() as cursor:
        cursor.execute(_OPENED, [opening_id, placement_id, name_of(who, at=now), business_day(now)])
        is_new = bool(cursor.rowcount)
    if is_new and not _take_opening(placement_id, now=now):
        PlacementOpening.objects.filter(pk=opening_id).delete()
        return False
    return is_new


@transaction.atomic
def forget_old_openings(*, now: datetime) -> int:
    """Delete who opened placements after ninety days; the counts stay."""
    deleted, _by_model = PlacementOpening.objects.filter(on_day__lt=business_day(now - KEPT_FOR)).delete()
    return deleted


def _take_opening(placement_id: UUID, *, now: datetime) -> bool:
    """Take one opening of the budget, if the placement runs and one is left: check and write in one statement."""
    has_left = Q(openings_limit=None) | Q(openings_count__lt=F("openings_limit"))
    running = Placement.objects.filter(pk=placement_id, stopped_at=None, starts_at__lte=now, ends_at__gt=now)
    return running.filter(has_left).update(openings_count=F("openings_count") + 1) == 1
