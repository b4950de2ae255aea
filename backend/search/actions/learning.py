"""What search learns from openings, each night anew, and the switch for it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from backend.core.locks import advisory_lock
from backend.search.actions.associating import learn_associations
from backend.search.models import Association, Deed, LearningSwitch, Learnt, SearchOpening
from backend.search.rules.learning import (
    FEWEST_OPENERS,
    FEWEST_PEOPLE,
    HALF_LIFE_DAYS,
    Cell,
    looks_by_place,
    verdicts,
)
from backend.search.rules.nameless import names_of
from backend.search.selectors.learning import learns

LOOKS_BACK = timedelta(days=90)
DEED_WITHIN = timedelta(days=3)
BEFORE: dict[Deed, tuple[Deed, ...]] = {
    Deed.CARTED: (Deed.OPENED,),
    Deed.BOUGHT: (Deed.OPENED, Deed.CARTED),
}

# A person of one week has one say about a product of one wish, however often he searches and opens.
_SAYS = """
CREATE TEMPORARY TABLE search_says ON COMMIT DROP AS
SELECT line.asked, line.someone, placed.product_id, min(placed.place)::int AS place,
       power(0.5, extract(epoch FROM %(now)s - max(line.at)) / 86400 / %(half_life)s) AS say,
       coalesce(max(CASE opening.deed WHEN 'BOUGHT' THEN 3 WHEN 'CARTED' THEN 2 ELSE 1 END)
                FILTER (WHERE opening.id IS NOT NULL), 0) AS deed
FROM search_searchquery line
CROSS JOIN LATERAL unnest(line.shown) WITH ORDINALITY AS placed(product_id, place)
LEFT JOIN search_searchopening opening ON opening.query_id = line.id AND opening.product_id = placed.product_id
WHERE line.at > %(since)s AND line.at <= %(now)s AND line.asked <> '' AND cardinality(line.shown) > 1
GROUP BY 1, 2, 3"""
_TOO_FEW = """
DELETE FROM search_says WHERE asked IN (
    SELECT asked FROM search_says GROUP BY asked HAVING count(DISTINCT someone) FILTER (WHERE deed > 0) < %(people)s)"""
_CELLS = """
SELECT asked, product_id, place, sum(say)::float, (sum(say) FILTER (WHERE deed > 0))::float, sum(say * deed)::float
FROM search_says GROUP BY 1, 2, 3"""
_PEOPLE = """
SELECT asked, product_id, count(*), count(*) FILTER (WHERE deed > 0), count(*) FILTER (WHERE deed > 1),
       count(*) FILTER (WHERE deed > 2) FROM search_says GROUP BY 1, 2"""


@transaction.atomic
def learn_order(*, now: datetime) -> int:
    """Work out anew what people prefer and mean, and say for how many products; nothing while it is switched off.

    Readers see the old steps until all new ones are there.
    """
    advisory_lock("search.learn", "all")
    Learnt.objects.all().delete()
    if not learns():
        Association.objects.all().delete()
        return 0
    learn_associations(since=now - LOOKS_BACK, now=now)
    rows = _learnt(now)
    Learnt.objects.bulk_create(rows, batch_size=2_000)
    return len(rows)


@transaction.atomic
def switch_learning(*, is_on: bool, actor_id: UUID, now: datetime) -> LearningSwitch:
    """Let the order learn, or stop it: what was learnt is then gone at once."""
    switch, _made = LearningSwitch.objects.update_or_create(
        pk=1, defaults={"is_on": is_on, "changed_by_id": actor_id, "changed_at": now}
    )
    learn_order(now=now)
    return switch


@transaction.atomic
def note_deed(*, person_id: UUID, product_ids: Sequence[UUID], deed: Deed, now: datetime) -> int:
    """Note that somebody went further with what he opened from a search, and say with how many openings."""
    names = names_of(person_id, since=now - DEED_WITHIN, now=now)
    openings = SearchOpening.objects.filter(
        product_id__in=product_ids, at__gt=now - DEED_WITHIN, query__someone__in=names, deed__in=BEFORE[deed]
    )
    return openings.update(deed=deed)


def _learnt(now: datetime) -> list[Learnt]:
    facts: dict[str, Any] = {
        "now": now,
        "since": now - LOOKS_BACK,
        "half_life": HALF_LIFE_DAYS,
        "people": FEWEST_PEOPLE,
    }
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS search_says")
        cursor.execute(_SAYS, facts)
        cursor.execute(_TOO_FEW, facts)
        cursor.execute(_CELLS)
        cells = [
            Cell(asked=asked, product_id=product_id, place=place, shown=shown, opened=opened or 0.0, worth=worth)
            for asked, product_id, place, shown, opened, worth in cursor.fetchall()
        ]
        cursor.execute(_PEOPLE)
        people = {(asked, product_id): counts for asked, product_id, *counts in cursor.fetchall()}
    learnt = []
    for (asked, product_id), verdict in verdicts(cells, looks_by_place(cells)).items():
        shown, opened, carted, bought = people[asked, product_id]
        if verdict.step == 0 or (verdict.step > 0 and opened < FEWEST_OPENERS):
            continue
        learnt.append(
            Learnt(
                asked=asked,
                product_id=product_id,
                worth=verdict.step,
                lift=round(verdict.lift, 4),
                expected=round(verdict.expected, 4),
                people_shown=shown,
                people_opened=opened,
                people_carted=carted,
                people_bought=bought,
            )
        )
    return learnt
