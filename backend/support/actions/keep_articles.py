"""Writing help articles, version by version, and hearing whether they helped."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max

from backend.core.errors import InvalidInput, NotFound
from backend.core.ids import new_id
from backend.core.languages import LOCALES
from backend.core.locks import advisory_lock, lock_one
from backend.core.outbox import emit
from backend.support.errors import ArticleChanged, SlugTaken
from backend.support.events import HelpArticleSaved
from backend.support.models import HelpArticle, HelpRevision, HelpSection, HelpVote, HelpWay
from backend.support.rules import LONGEST_BODY, LONGEST_PHRASE, LONGEST_TITLE, MOST_PHRASES

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleText:
    """What stands in an article: each text in every language."""

    slug: str
    section: str
    way: str
    title: Mapping[str, str]
    body: Mapping[str, str]
    phrases: Mapping[str, Sequence[str]]
    is_published: bool


@transaction.atomic
def save_article(
    *, article_id: UUID | None, seen_version: int | None, text: ArticleText, editor_id: UUID, now: datetime
) -> HelpArticle:
    """Write an article, or a new version of one; what was seen must be the latest.

    Raises: ArticleChanged, SlugTaken, NotFound, InvalidInput.
    Emits: HelpArticleSaved.
    """
    advisory_lock("support.article", text.slug)
    article = lock_one(HelpArticle, article_id) if article_id else None
    _check(text)
    if article and article.version != seen_version:
        raise ArticleChanged
    if (other := HelpArticle.objects.filter(slug=text.slug).first()) and other.pk != article_id:
        raise SlugTaken
    if article is None:
        last = HelpArticle.objects.aggregate(last=Max("position"))["last"]
        article = HelpArticle(version=0, position=(last or 0) + 1)
    columns = {
        "slug": text.slug, "section": text.section, "way": text.way, "title": dict(text.title),
        "body": dict(text.body), "phrases": _tidy(text.phrases), "is_published": text.is_published,
        "version": article.version + 1, "changed_by_id": editor_id, "changed_at": now,
    }  # fmt: skip
    article, _ = HelpArticle.objects.update_or_create(
        pk=article.pk, defaults=columns, create_defaults={**columns, "position": article.position}
    )
    _keep(article)
    emit(HelpArticleSaved(article_id=article.id, version=article.version, is_published=article.is_published, at=now))
    return article


@transaction.atomic
def rate_article(*, article_id: UUID, voter: str, is_helpful: bool, now: datetime) -> HelpArticle:
    """Say whether an article helped; who says it again has changed their mind.

    Raises: NotFound, InvalidInput.
    """
    if not voter:
        raise InvalidInput("articleId")
    article = lock_one(HelpArticle, article_id)
    if not article.is_published:
        raise NotFound
    before = HelpVote.objects.filter(article=article, voter=voter).first()
    if before is None or before.is_helpful != is_helpful:
        gained, lost = ("helpful", "unhelpful") if is_helpful else ("unhelpful", "helpful")
        changes = {f"{gained}_count": F(f"{gained}_count") + 1}
        if before:
            changes[f"{lost}_count"] = F(f"{lost}_count") - 1
        HelpArticle.objects.filter(pk=article.pk).update(**changes)
        HelpVote.objects.update_or_create(
            article=article,
            voter=voter,
            defaults={"is_helpful": is_helpful, "at": now},
            create_defaults={"id": new_id(), "is_helpful": is_helpful, "at": now},
        )
        article.refresh_from_db()
    return article


def _keep(article: HelpArticle) -> None:
    HelpRevision.objects.create(
        article=article,
        version=article.version,
        title=article.title,
        body=article.body,
        phrases=article.phrases,
        changed_by_id=article.changed_by_id,
        changed_at=article.changed_at,
    )


def _check(text: ArticleText) -> None:
    if not _SLUG.fullmatch(text.slug) or len(text.slug) > 60:
        raise InvalidInput("slug")
    if text.section not in HelpSection.values:
        raise InvalidInput("section")
    if text.way not in HelpWay.values:
        raise InvalidInput("way")
    for field, texts, longest in (("title", text.title, LONGEST_TITLE), ("body", text.body, LONGEST_BODY)):
        if not all(2 <= len(texts.get(locale, "").strip()) <= longest for locale in LOCALES):
            raise InvalidInput(field)
    for phrases in text.phrases.values():
        if len(phrases) > MOST_PHRASES or any(len(each) > LONGEST_PHRASE for each in phrases):
            raise InvalidInput("phrases")


def _tidy(phrases: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    return {
        locale: list(dict.fromkeys(each.strip() for each in phrases.get(locale, ()) if each.strip()))
        for locale in LOCALES
    }
