"""The stems of Latin words, as PostgreSQL's English dictionary gives them, remembered by the process."""

from collections.abc import Iterable, Mapping

from django.db import connection

MOST_REMEMBERED = 20_000
_known: dict[str, str] = {}


def stems_of(words: Iterable[str]) -> Mapping[str, str]:
    """The stem of each word; a word that says nothing, such as `the`, has an empty one."""
    wanted = set(words)
    unknown = sorted(wanted - _known.keys())
    if len(_known) > MOST_REMEMBERED:
        _known.clear()
        unknown = sorted(wanted)
    if unknown:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT word, coalesce((ts_lexize('english_stem', unaccent(word)))[1], '')"
                " FROM unnest(%s::text[]) AS word",
                [unknown],
            )
            _known.update(dict(cursor.fetchall()))
    return {word: _known[word] for word in wanted}
