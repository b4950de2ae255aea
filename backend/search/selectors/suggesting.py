"""What to suggest while somebody types: his own searches, hot ones, words that go on so, and products."""

from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from django.db import connection

from backend.search.models import HotWords, KeptSearch, SearchHabit
from backend.search.rules.folding import fold, in_script, is_han, is_letters, query_of
from backend.search.rules.lexemes import all_of
from backend.search.rules.segmenting import words
from backend.search.rules.sounding import initials, sound

MOST_SUGGESTIONS = 10
MOST_OWN = 3
MOST_HOT = 3
MOST_PRODUCTS = 3
SHOWN_IN = {"zh-Hans": "shown_hans", "zh-Hant": "shown_hant", "en": "shown_en"}

_BEGUN = """
SELECT word, {shown} FROM search_searchword
WHERE is_name AND documents_count > 0 AND length(word) > 1
    AND (word LIKE %s OR (%s <> '' AND (sound LIKE %s OR initials LIKE %s)))
ORDER BY (word LIKE %s) DESC, ({shown} <> '') DESC, is_phrase, documents_count DESC, length(word), word LIMIT 24"""
_PRODUCTS = """
SELECT subject_id FROM search_searchdocument WHERE kind = 'product' AND everything @@ %s::tsquery
ORDER BY head @@ %s::tsquery DESC, standing DESC, subject_id DESC LIMIT %s"""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line under the search field."""

    kind: Literal["HISTORY", "HOT", "WORDS", "PRODUCT"]
    text: str = ""
    product_id: UUID | None = None


def suggestions(*, prefix: str, locale: str, person_id: UUID | None) -> list[Suggestion]:
    """What may be meant by what is typed so far. An empty prefix suggests nothing."""
    typed = query_of(prefix)
    if not typed:
        return []
    found = [Suggestion("HISTORY", text) for text in _own(typed, person_id)]
    found += [Suggestion("HOT", text) for text in _hot(typed, locale)]
    completions = _completions(typed, locale)
    found += [Suggestion("WORDS", text) for _word, text in completions]
    once = list({fold(each.text): each for each in reversed(found)}.values())[::-1]
    products = [
        Suggestion("PRODUCT", product_id=each) for each in _products(typed, [word for word, _text in completions])
    ]
    return [*once[: MOST_SUGGESTIONS - len(products)], *products]


def kept_searches(*, person_id: UUID, first: int = 20) -> list[str]:
    """What a person searched for, the latest first; nothing if he does not want it kept."""
    if not habit_of(person_id).keeps_history:
        return []
    kept = KeptSearch.objects.filter(person_id=person_id).order_by("-at", "-id")
    return list(kept.values_list("words", flat=True)[:first])


def habit_of(person_id: UUID) -> SearchHabit:
    """What a person lets search do; both, unless he said otherwise."""
    return SearchHabit.objects.filter(person_id=person_id).first() or SearchHabit(person_id=person_id)


def hot_words(*, locale: str, first: int = 10) -> list[str]:
    """What many looked for lately."""
    return list(HotWords.objects.filter(locale=locale).order_by("position").values_list("words", flat=True)[:first])


def _own(typed: str, person_id: UUID | None) -> list[str]:
    kept = kept_searches(person_id=person_id) if person_id else []
    return [text for text in kept if _goes_on(typed, fold(text))][:MOST_OWN]


def _hot(typed: str, locale: str) -> list[str]:
    return [text for text in hot_words(locale=locale) if _goes_on(typed, fold(text))][:MOST_HOT]


def _goes_on(typed: str, text: str) -> bool:
    """Whether the text contains what is typed, or sounds so from its beginning."""
    if typed in text:
        return True
    letters = typed.replace(" ", "")
    chinese = "".join(sign for sign in text if is_han(sign))
    return is_letters(letters) and (sound(chinese).startswith(letters) or initials(chinese).startswith(letters))


def _completions(typed: str, locale: str) -> list[tuple[str, str]]:
    """Words that begin so, as letters or as sounds, in the script of the reader."""
    letters = typed.replace(" ", "") if is_letters(typed.replace(" ", "")) else ""
    begun = _pattern(typed)
    shown = SHOWN_IN.get(locale, "shown_hans")
    values: list[Any] = [begun, letters, _pattern(letters), _pattern(letters), begun]
    with connection.cursor() as cursor:
        cursor.execute(_BEGUN.format(shown=shown), values)
        found = cursor.fetchall()
    return [(word, text or in_script(word, locale)) for word, text in found if word != typed][:MOST_SUGGESTIONS]


def _products(typed: str, completions: list[str]) -> list[UUID]:
    """The best that hold the words as typed, or else the likeliest completion."""
    row = words(typed) if not is_letters(typed.replace(" ", "")) else []
    row = row or (words(completions[0]) if completions else [])
    if not row:
        return []
    query = all_of(row)
    with connection.cursor() as cursor:
        cursor.execute(_PRODUCTS, [query, query, MOST_PRODUCTS])
        return [product_id for (product_id,) in cursor.fetchall()]


def _pattern(begun: str) -> str:
    """What begins so, with what LIKE would misread escaped."""
    return begun.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")[:40] + "%"
