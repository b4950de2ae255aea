"""What search learns from what people searched for next, and what the staff say about it."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import connection, transaction

from backend.core.errors import NotFound
from backend.search.actions.synonyms import save_synonym
from backend.search.models import Association, AssociationRuling, Ruling, Synonym
from backend.search.rules.associating import FEWEST_PEOPLE, SITTING, Turn, is_meant
from backend.search.rules.learning import HALF_LIFE_DAYS
from backend.search.rules.synonyms import SynonymLine, write_line

# The same two words have the same id every night, so that a page of the desk opened yesterday still works.
_PAIRS = UUID("5a0a1f0e-6f0d-4a39-9d0c-2a0c8b7c1c55")
_OPENED = """
CREATE TEMPORARY TABLE search_opened ON COMMIT DROP AS
SELECT line.id, line.someone, line.asked, line.at,
       max(CASE opening.deed WHEN 'BOUGHT' THEN 3 WHEN 'CARTED' THEN 2 ELSE 1 END) AS deed
FROM search_searchquery line JOIN search_searchopening opening ON opening.query_id = line.id
WHERE line.at > %(since)s AND line.at <= %(now)s AND line.asked <> '' GROUP BY line.id"""
_OPENED_BY = "CREATE INDEX ON search_opened (someone, at)"
_GIVEN_UP = """
CREATE TEMPORARY TABLE search_given_up ON COMMIT DROP AS
SELECT line.id, line.someone, line.asked, line.words, line.at FROM search_searchquery line
WHERE line.at > %(since)s AND line.at <= %(now)s AND line.asked <> '' AND cardinality(line.also) = 0
  AND (line.opened_id IS NULL OR line.help IN ('FEWER_WORDS', 'RELATED', 'POPULAR'))"""
# A person of one week has one say about some words: where he got furthest. What was shown as learnt and opened says it
# once more, so that what holds does not fade because it works.
_TURNS = """
CREATE TEMPORARY TABLE search_turns ON COMMIT DROP AS
SELECT DISTINCT ON (said.asked, said.someone) said.*, date_trunc('week', said.at AT TIME ZONE 'Asia/Shanghai') AS week
FROM (
    SELECT gone.asked, gone.words, next.asked AS also, next.words AS also_words, gone.someone, gone.at, next.deed
    FROM search_given_up gone CROSS JOIN LATERAL (
        SELECT opened.asked, opened.deed, line.words FROM search_opened opened
        JOIN search_searchquery line ON line.id = opened.id
        WHERE opened.someone = gone.someone AND opened.at > gone.at AND opened.at <= gone.at + %(sitting)s
        ORDER BY opened.at LIMIT 1) next
    UNION ALL
    SELECT line.asked, line.words, shown.also, shown.also, line.someone, line.at, 1 FROM search_searchquery line
    CROSS JOIN LATERAL unnest(line.also) AS shown(also)
    WHERE line.at > %(since)s AND line.at <= %(now)s AND line.opened_id IS NOT NULL
      AND NOT line.opened_id = ANY(line.shown)) said
WHERE said.asked <> said.also
ORDER BY said.asked, said.someone, said.deed DESC, said.at DESC"""
_COUNTED = """
WITH weekly AS (SELECT asked, also, week, count(*) AS people FROM search_turns GROUP BY 1, 2, 3),
     best AS (SELECT asked, also, max(people) AS people FROM weekly GROUP BY 1, 2),
     summed AS (
         SELECT asked, also, sum(power(0.5, extract(epoch FROM %(now)s - at) / 86400 / %(half_life)s))::float AS weight,
                count(*) FILTER (WHERE deed > 1) AS carted, count(*) FILTER (WHERE deed > 2) AS bought,
                max(at) AS last_at
         FROM search_turns GROUP BY 1, 2),
     gone AS (SELECT asked, count(DISTINCT someone) AS people FROM search_given_up GROUP BY 1),
     openers AS (SELECT asked, count(DISTINCT someone) AS people FROM search_opened GROUP BY 1)
SELECT best.asked, best.also, best.people, summed.weight, summed.carted, summed.bought, summed.last_at,
       coalesce(gone.people, best.people), coalesce(openers.people, 0),
       (SELECT count(DISTINCT someone) FROM search_searchquery WHERE at > %(since)s AND at <= %(now)s)
FROM best JOIN summed USING (asked, also) LEFT JOIN gone ON gone.asked = best.asked
LEFT JOIN openers ON openers.asked = best.also WHERE best.people >= %(fewest)s"""
# Words are shown as they were typed only if so many different people typed them so.
_TYPED = """
SELECT asked, words FROM (
    SELECT asked, words, someone FROM search_turns UNION ALL SELECT also, also_words, someone FROM search_turns) typed
GROUP BY 1, 2 HAVING count(DISTINCT someone) >= %(fewest)s ORDER BY count(DISTINCT someone), words"""


def learn_associations(*, since: datetime, now: datetime) -> int:
    """Work out anew which words people meant by others, and say how many. The caller holds the name `search.learn`."""
    Association.objects.all().delete()
    facts: dict[str, Any] = {
        "since": since,
        "now": now,
        "sitting": SITTING,
        "half_life": HALF_LIFE_DAYS,
        "fewest": FEWEST_PEOPLE,
    }
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS search_opened, search_given_up, search_turns")
        for statement in (_OPENED, _OPENED_BY, _GIVEN_UP, _TURNS):
            cursor.execute(statement, facts if "%(" in statement else None)
        cursor.execute(_COUNTED, facts)
        counted = cursor.fetchall()
        cursor.execute(_TYPED, facts)
        typed = dict(cursor.fetchall())
    made = [found for row in counted if (found := _association(row, typed))]
    Association.objects.bulk_create(made, batch_size=2_000)
    return len(made)


@transaction.atomic
def rule_association(*, association_id: UUID, is_on: bool, actor_id: UUID, now: datetime) -> Association:
    """Show the other words no longer with these, or again; the nights that follow keep to it.

    Raises: NotFound.
    """
    found = _association_of(association_id)
    pair = {"asked": found.asked, "also": found.also}
    if is_on:
        AssociationRuling.objects.filter(**pair).delete()
    else:
        _rule(found, Ruling.OFF, actor_id=actor_id, now=now)
    return found


@transaction.atomic
def fix_association(*, association_id: UUID, actor_id: UUID, now: datetime) -> Synonym:
    """Make of what was learnt a line of synonyms: it then holds whatever people do.

    Raises: NotFound, SynonymUnreadable.
    """
    found = _association_of(association_id)
    line = write_line(SynonymLine((found.words,), (found.also_words,)))
    synonym = save_synonym(line=line, actor_id=actor_id, now=now)
    _rule(found, Ruling.FIXED, actor_id=actor_id, now=now)
    return synonym


def _association(row: tuple[Any, ...], typed: dict[str, str]) -> Association | None:
    asked, also, people, weight, carted, bought, last_at, given_up, openers, searchers = row
    turn = Turn(
        asked=asked,
        also=also,
        people=people,
        weight=weight,
        given_up=given_up,
        openers=openers,
        searchers=searchers,
    )
    if not is_meant(turn):
        return None
    return Association(
        id=uuid5(_PAIRS, f"{asked}\n{also}"),
        asked=asked,
        also=also,
        words=typed.get(asked, asked),
        also_words=typed.get(also, also),
        weight=round(weight, 3),
        people=people,
        people_given_up=given_up,
        people_carted=carted,
        people_bought=bought,
        last_at=last_at,
    )


def _association_of(association_id: UUID) -> Association:
    found = Association.objects.filter(pk=association_id).first()
    if found is None:
        raise NotFound
    return found


def _rule(found: Association, ruling: Ruling, *, actor_id: UUID, now: datetime) -> None:
    AssociationRuling.objects.update_or_create(
        asked=found.asked,
        also=found.also,
        defaults={"ruling": ruling, "changed_by_id": actor_id, "changed_at": now},
    )
