"""What cases have taught, for the desk and, once published, for shoppers."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from backend.aftersales.models import CategoryTerms, KnowledgeEntry
from backend.aftersales.rules.windows import NO_REASON_DAYS, QUALITY_DAYS
from backend.catalogue.models import Category
from backend.core.paging import Page, keyset_page

LONGEST_SEARCH = 60


def knowledge_page(*, words: str | None, reason: str | None, sees_all: bool, first: int, after: str | None) -> Page:
    """What was filed, newest first; every word must occur somewhere."""
    entries = KnowledgeEntry.objects.select_related("product", "case")
    if not sees_all:
        entries = entries.filter(is_published=True)
    if reason:
        entries = entries.filter(reason=reason)
    return keyset_page(_found(entries, words), order=("-written_at", "-id"), first=first, after=after)


def entry_of_case(case_id: UUID) -> KnowledgeEntry | None:
    """What was filed about a case."""
    return KnowledgeEntry.objects.filter(case_id=case_id).first()


def category_terms() -> list[dict[str, Any]]:
    """How long things of each category can be sent back, those of the shop where nothing else was said."""
    said = {terms.category_id: terms for terms in CategoryTerms.objects.all()}
    rows = []
    for category in Category.objects.order_by("position", "pk"):
        terms = said.get(category.pk)
        rows.append(
            {
                "id": category.pk,
                "name": category.name,
                "is_fresh": terms.is_fresh if terms else False,
                "is_customised": terms.is_customised if terms else False,
                "no_reason_days": terms.no_reason_days if terms else NO_REASON_DAYS,
                "quality_days": terms.quality_days if terms else QUALITY_DAYS,
                "is_own": terms is not None,
            }
        )
    return rows


def _found(entries: QuerySet[KnowledgeEntry], words: str | None) -> QuerySet[KnowledgeEntry]:
    for word in (words or "")[:LONGEST_SEARCH].split()[:5]:
        entries = entries.filter(
            Q(title__icontains=word)
            | Q(problem__icontains=word)
            | Q(cause__icontains=word)
            | Q(solution__icontains=word)
        )
    return entries
