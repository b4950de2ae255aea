"""Filing what a case taught, and how long things can be sent back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.aftersales.errors import CaseStillOpen
from backend.aftersales.models import AfterSaleCase, CategoryTerms, KnowledgeEntry
from backend.aftersales.rules import moves
from backend.aftersales.selectors.cases import lines_of_case
from backend.catalogue.models import Category
from backend.core.errors import InvalidInput, NotFound
from backend.core.locks import lock_one

LONGEST_TITLE = 120
LONGEST_PART = 2000
MOST_DAYS = 365


@transaction.atomic
def write_knowledge(
    *, case_id: UUID, agent_id: UUID, title: str, problem: str, cause: str, solution: str, now: datetime
) -> KnowledgeEntry:
    """File what a case that is over taught, or write it anew; only the desk reads it until it is published.

    Raises: CaseStillOpen, NotFound, InvalidInput.
    """
    parts = {"title": title, "problem": problem, "cause": cause, "solution": solution}
    for field, text in parts.items():
        if not 2 <= len(text.strip()) <= (LONGEST_TITLE if field == "title" else LONGEST_PART):
            raise InvalidInput(field)
    case = lock_one(AfterSaleCase, case_id)
    if case.state not in moves.OVER:
        raise CaseStillOpen
    lines = lines_of_case(case_id)
    entry, _ = KnowledgeEntry.objects.update_or_create(
        case=case,
        defaults={
            **{field: text.strip() for field, text in parts.items()},
            "reason": case.reason,
            "product_id": lines[0].order_line.product_id if lines else None,
            "written_by_id": agent_id,
            "written_at": now,
        },
    )
    return entry


@transaction.atomic
def publish_knowledge(*, entry_id: UUID, is_published: bool, now: datetime) -> KnowledgeEntry:
    """Show an entry to shoppers, or take it back.

    Raises: NotFound.
    """
    entry = lock_one(KnowledgeEntry, entry_id)
    entry.is_published = is_published
    entry.published_at = now if is_published else None
    entry.save(update_fields=["is_published", "published_at"])
    return entry


@transaction.atomic
def set_category_terms(
    *,
    category_id: UUID,
    agent_id: UUID,
    is_fresh: bool,
    is_customised: bool,
    no_reason_days: int,
    quality_days: int,
    now: datetime,
) -> CategoryTerms:
    """Say how long things of a category can be sent back.

    Raises: NotFound, InvalidInput.
    """
    if not Category.objects.filter(pk=category_id).exists():
        raise NotFound
    if not 0 <= no_reason_days <= MOST_DAYS:
        raise InvalidInput("noReasonDays")
    if not 1 <= quality_days <= MOST_DAYS:
        raise InvalidInput("qualityDays")
    terms, _ = CategoryTerms.objects.update_or_create(
        category_id=category_id,
        defaults={
            "is_fresh": is_fresh,
            "is_customised": is_customised,
            "no_reason_days": no_reason_days,
            "quality_days": quality_days,
            "changed_by_id": agent_id,
            "changed_at": now,
        },
    )
    return terms
