"""Writing down what things are found by."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from backend.core.ids import new_id
from backend.search.documents import Document
from backend.search.models import SearchDocument
from backend.search.ports import source_of, sources
from backend.search.rules.lexemes import vector
from backend.search.rules.reading import Found, Word, all_latin, rating_tenths, read_document, standing_of
from backend.search.selectors.stems import stems_of

BATCH = 500

_PUT = """
INSERT INTO search_searchdocument (id, kind, subject_id, head, everything, categories, brand, attributes,
    price_minor, sold_count, rating_tenths, published_at, standing)
VALUES (%s, %s, %s, %s::tsvector, %s::tsvector, %s::varchar[], %s, %s::varchar[], %s, %s, %s, %s, %s)
ON CONFLICT (kind, subject_id) DO UPDATE SET head = excluded.head, everything = excluded.everything,
    categories = excluded.categories, brand = excluded.brand, attributes = excluded.attributes,
    price_minor = excluded.price_minor, sold_count = excluded.sold_count, rating_tenths = excluded.rating_tenths,
    published_at = excluded.published_at, standing = excluded.standing"""
_PUT_WORD = """
INSERT INTO search_searchword AS kept (word, stem, sound, syllables, initials, shown_hans, shown_hant, shown_en,
    is_phrase, is_name, documents_count)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 1)
ON CONFLICT (word) DO UPDATE SET
    shown_hans = coalesce(nullif(kept.shown_hans, ''), excluded.shown_hans),
    shown_hant = coalesce(nullif(kept.shown_hant, ''), excluded.shown_hant),
    shown_en = coalesce(nullif(kept.shown_en, ''), excluded.shown_en),
    is_phrase = kept.is_phrase AND excluded.is_phrase, is_name = kept.is_name OR excluded.is_name
WHERE (excluded.is_name AND NOT kept.is_name) OR (kept.is_phrase AND NOT excluded.is_phrase)
    OR (kept.shown_hans = '' AND excluded.shown_hans <> '') OR (kept.shown_hant = '' AND excluded.shown_hant <> '')
    OR (kept.shown_en = '' AND excluded.shown_en <> '')"""
_COUNT_WORDS = """
WITH counted AS (SELECT word, ndoc FROM ts_stat('SELECT everything FROM search_searchdocument')),
     numbers AS (SELECT entry.word, coalesce(max(counted.ndoc), 0) AS ndoc FROM search_searchword entry
         LEFT JOIN counted ON counted.word = coalesce(nullif(entry.stem, ''), entry.word) GROUP BY entry.word)
UPDATE search_searchword entry SET documents_count = numbers.ndoc FROM numbers
WHERE numbers.word = entry.word AND numbers.ndoc <> entry.documents_count"""


@transaction.atomic
def index_subjects(*, kind: str, subject_ids: Sequence[UUID]) -> int:
    """Write down anew what these things are found by, and forget those that nobody may see any more."""
    documents = list(source_of(kind).documents(subject_ids))
    stems = stems_of(all_latin(documents))
    read = [(document, read_document(document, stems)) for document in documents]
    with connection.cursor() as cursor:
        if read:
            cursor.executemany(_PUT, [_row(kind, document, found) for document, found in read])
            cursor.executemany(_PUT_WORD, _word_rows((found for _document, found in read), stems))
    gone = set(subject_ids) - {document.subject_id for document in documents}
    SearchDocument.objects.filter(kind=kind, subject_id__in=gone).delete()
    return len(documents)


def index_everything() -> int:
    """Build the whole index anew, batch by batch, and say how many things it holds."""
    indexed = 0
    for source in sources():
        ids = source.everything()
        while batch := list(islice(ids, BATCH)):
            indexed += index_subjects(kind=source.kind, subject_ids=batch)
        _forget_missing(kind=source.kind, kept=set(source.everything()))
    count_words()
    return indexed


@transaction.atomic
def count_words() -> None:
    """Count in how many documents each word occurs, and forget words that occur in none."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_WORDS)
        cursor.execute("DELETE FROM search_searchword WHERE documents_count = 0")


@transaction.atomic
def _forget_missing(*, kind: str, kept: set[UUID]) -> None:
    known = SearchDocument.objects.filter(kind=kind).values_list("subject_id", flat=True)
    SearchDocument.objects.filter(kind=kind, subject_id__in=set(known) - kept).delete()


def _row(kind: str, document: Document, found: Found) -> list[Any]:
    return [
        new_id(),
        kind,
        document.subject_id,
        vector(found.head()),
        vector(found.lexemes),
        list(document.categories),
        document.brand,
        list(document.attributes),
        document.price_minor,
        document.sold_count,
        rating_tenths(document),
        document.published_at,
        standing_of(document),
    ]


def _word_rows(read: Iterable[Found], stems: Mapping[str, str]) -> list[list[Any]]:
    """Each word once, in one order, so that two who index at the same time wait for each other and never in a ring."""
    merged: dict[str, Word] = {}
    for found in read:
        for key, word in found.words.items():
            known = merged.setdefault(key, word)
            known.is_name = known.is_name or word.is_name
            known.is_phrase = known.is_phrase and word.is_phrase
            known.shown = {**word.shown, **known.shown}
    return [merged[key].row(stems.get(key, "")) for key in sorted(merged)]
