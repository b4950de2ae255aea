"""Which searches are hot: what enough different people looked for lately and found."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from backend.search.models import HotWords

LATELY = timedelta(days=7)
LEAST_PEOPLE = 5
MOST_HOT = 10
LONGEST_HOT = 30

_COUNT = """
SELECT locale, words, count(DISTINCT someone) AS people FROM search_searchquery
WHERE at > %s AND at <= %s AND help IN ('NONE', 'FEW') AND finds_count > 0 AND length(words) BETWEEN 2 AND %s
GROUP BY locale, words HAVING count(DISTINCT someone) >= %s
ORDER BY locale, people DESC, words"""


@transaction.atomic
def choose_hot_words(*, now: datetime) -> bool:
    """Put up what many looked for in the last seven days, for readers of each language; say whether that changed.

    A text needs five different people, so that nobody sees there what one person typed.
    """
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [now - LATELY, now, LONGEST_HOT, LEAST_PEOPLE])
        counted = cursor.fetchall()
    chosen: list[HotWords] = []
    for locale in sorted({row[0] for row in counted}):
        of_locale = [row for row in counted if row[0] == locale][:MOST_HOT]
        chosen += [
            HotWords(locale=locale, words=words, people_count=people, position=position)
            for position, (_locale, words, people) in enumerate(of_locale)
        ]
    before = list(HotWords.objects.order_by("locale", "position").values_list("locale", "words", "position"))
    if before == [(each.locale, each.words, each.position) for each in chosen]:
        return False
    HotWords.objects.all().delete()
    HotWords.objects.bulk_create(chosen)
    return True
