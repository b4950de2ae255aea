"""Price lists and the budget of a month, kept by merchandising."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from backend.catalogue.models import Category
from backend.core.clock import business_day
from backend.core.errors import InvalidInput, NotFound
from backend.core.locks import lock_one
from backend.core.money import Money
from backend.core.months import month_of
from backend.core.rows import insert_row_once
from backend.tradein import rules
from backend.tradein.errors import BudgetBelowPromised, ListChanged, ListIncomplete
from backend.tradein.models import MonthBudget, PriceListVersion, TradeInKind
from backend.tradein.selectors import current_list

MOST_BUDGET_MINOR = 100_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ListText:
    """What a version says."""

    title: Mapping[str, str]
    base_minor: int
    step_minor: int
    questions: Sequence[Mapping[str, Any]]


@transaction.atomic
def save_list(
    *,
    kind_id: UUID | None,
    category_id: UUID,
    seen_number: int | None,
    text: ListText,
    editor_id: UUID,
    now: datetime,
) -> PriceListVersion:
    """Write a price list, or a new version of one; offers that were made keep theirs.

    Raises: ListIncomplete, ListChanged, NotFound.
    """
    if not rules.is_complete(
        title=text.title, base_minor=text.base_minor, step_minor=text.step_minor, questions=text.questions
    ):
        raise ListIncomplete
    if not Category.objects.filter(pk=category_id).exists():
        raise NotFound
    if kind_id is None:
        kind, number = TradeInKind.objects.create(category_id=category_id, made_at=now), 1
    else:
        kind = lock_one(TradeInKind, kind_id)
        newest = current_list(kind_id)
        if newest is not None and newest.number != seen_number:
            raise ListChanged(changed_on=business_day(newest.made_at))
        number = (newest.number if newest else 0) + 1
        kind.category_id = category_id
        kind.save(update_fields=["category_id"])
    return PriceListVersion.objects.create(
        kind=kind,
        number=number,
        title=dict(text.title),
        base_minor=text.base_minor,
        step_minor=text.step_minor,
        questions=[dict(each) for each in text.questions],
        made_by_id=editor_id,
        made_at=now,
    )


@transaction.atomic
def open_list(*, kind_id: UUID, is_open: bool, now: datetime) -> TradeInKind:
    """Take a kind of thing, or take it no more; offers that were made stay.

    Raises: NotFound.
    """
    kind = lock_one(TradeInKind, kind_id)
    kind.is_open = is_open
    kind.save(update_fields=["is_open"])
    return kind


@transaction.atomic
def set_budget(*, limit_minor: int, now: datetime) -> MonthBudget:
    """Say what this month may give; months after it begin with the same.

    Raises: BudgetBelowPromised, InvalidInput.
    """
    if not 0 <= limit_minor <= MOST_BUDGET_MINOR:
        raise InvalidInput("limitMinor")
    month = month_of(now)
    insert_row_once(MonthBudget(month=month, limit_minor=limit_minor))
    fits = MonthBudget.objects.filter(pk=month, promised_minor__lte=limit_minor - F("given_minor"))
    if not fits.update(limit_minor=limit_minor):
        row = MonthBudget.objects.get(pk=month)
        raise BudgetBelowPromised(least=Money(row.promised_minor + row.given_minor))
    return MonthBudget.objects.get(pk=month)
