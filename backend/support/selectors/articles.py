"""Reads of help articles: by section, by words, and those that surely answer a question."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from backend.core.errors import NotFound
from backend.search.selectors.finding import Asked, finds
from backend.support.models import HelpArticle, HelpRevision, HelpVote
from backend.support.rules import MOST_ANSWERS, NEARLY, is_sure, nearness, telling_words, without_asking
from backend.support.selectors.sources import KIND

MOST_FOUND = 12
CANDIDATES = 8


def published_articles() -> QuerySet[HelpArticle]:
    """Every article that is shown, in order."""
    return HelpArticle.objects.filter(is_published=True).order_by("position", "id")


def all_articles() -> QuerySet[HelpArticle]:
    """Every article, for the desk."""
    return HelpArticle.objects.order_by("position", "id")


def visible_article(*, slug: str) -> HelpArticle:
    """A published article.

    Raises: NotFound.
    """
    article = HelpArticle.objects.filter(slug=slug, is_published=True).first()
    if article is None:
        raise NotFound
    return article


def found_articles(*, words: str, now: datetime) -> list[HelpArticle]:
    """What fits these words, surely or not, the nearest first; nothing where no word is known."""
    return [article for _near, _score, article in _ranked(words=words, first=MOST_FOUND, now=now)]


def sure_answers(*, words: str, now: datetime) -> list[HelpArticle]:
    """The articles that surely answer what was typed: at most two, most often none."""
    found = [row for row in _ranked(words=words, first=CANDIDATES, now=now) if is_sure(score=row[1], nearness=row[0])]
    return [article for near, _score, article in found if near >= found[0][0] - NEARLY][:MOST_ANSWERS]


def _ranked(*, words: str, first: int, now: datetime) -> list[tuple[float, int, HelpArticle]]:
    """What the index finds, by how nearly it is asked for in these words, then by how well it fits."""
    found = finds(text=without_asking(words), asked=Asked(kind=KIND, first=first), now=now)
    if found.wish.is_empty or found.help == "POPULAR":
        return []
    scores = {row["subject_id"]: row["score"] for row in found.page.nodes}
    asked = telling_words(f"{words} {found.wish.text}" if found.wish.corrections else words)
    ranked = [
        (nearness(asked, [telling_words(text) for text in ways_to_ask(article)]), scores[article.id], article)
        for article in _articles(list(scores))
    ]
    return sorted(ranked, key=lambda row: row[:2], reverse=True)


def ways_to_ask(article: HelpArticle) -> list[str]:
    """The title of an article and the phrases by which people ask for it, in every language."""
    return [*article.title.values(), *(text for texts in article.phrases.values() for text in texts)]


def _articles(ids: Sequence[UUID]) -> list[HelpArticle]:
    rows = HelpArticle.objects.filter(pk__in=ids, is_published=True).in_bulk()
    return [rows[article_id] for article_id in ids if article_id in rows]


def vote_of(*, article_id: UUID, voter: str) -> bool | None:
    """What a reader said of an article."""
    return HelpVote.objects.filter(article_id=article_id, voter=voter).values_list("is_helpful", flat=True).first()


def revisions_of(*, article_id: UUID) -> list[HelpRevision]:
    """Every version of an article, the newest first."""
    return list(HelpRevision.objects.filter(article_id=article_id).order_by("-version")[:50])
