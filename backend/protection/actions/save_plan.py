"""Writing plans: every change is a new version, and what was bought keeps the old one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.catalogue.models import Category
from backend.core.clock import business_day
from backend.core.errors import InvalidInput, NotFound
from backend.core.locks import lock_one
from backend.protection import rules
from backend.protection.errors import PlanChanged, PlanIncomplete
from backend.protection.models import PlanShelf, PlanVersion, ProtectionPlan
from backend.protection.selectors.plans import current_version


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanText:
    """What a version says."""

    title: Mapping[str, str]
    covers: Mapping[str, str]
    months: int
    repairs: int
    bands: Sequence[Mapping[str, Any]]
    shelf_ids: Sequence[UUID]


@transaction.atomic
def save_plan(
    *, plan_id: UUID | None, seen_number: int | None, text: PlanText, editor_id: UUID, now: datetime
) -> PlanVersion:
    """Write a plan, or a new version of one; whoever has not seen the newest is refused.

    Raises: PlanIncomplete, PlanChanged, NotFound, InvalidInput.
    """
    shelf_ids = sorted(set(text.shelf_ids))
    _check(text, shelf_ids)
    if plan_id is None:
        plan, number = ProtectionPlan.objects.create(made_at=now), 1
    else:
        plan = lock_one(ProtectionPlan, plan_id)
        newest = current_version(plan_id)
        if newest is not None and newest.number != seen_number:
            raise PlanChanged(changed_on=business_day(newest.made_at))
        number = (newest.number if newest else 0) + 1
    version = PlanVersion.objects.create(
        plan=plan,
        number=number,
        title=dict(text.title),
        covers=dict(text.covers),
        months=text.months,
        repairs=text.repairs,
        bands=sorted((dict(band) for band in text.bands), key=lambda band: band["fromMinor"]),
        made_by_id=editor_id,
        made_at=now,
    )
    PlanShelf.objects.bulk_create([PlanShelf(version=version, category_id=each) for each in shelf_ids])
    return version


@transaction.atomic
def offer_plan(*, plan_id: UUID, is_offered: bool, now: datetime) -> ProtectionPlan:
    """Offer a plan, or offer it no more; what was bought stays.

    Raises: NotFound.
    """
    plan = lock_one(ProtectionPlan, plan_id)
    plan.is_offered = is_offered
    plan.save(update_fields=["is_offered"])
    return plan


def _check(text: PlanText, shelf_ids: Sequence[UUID]) -> None:
    if not 1 <= text.months <= 60:
        raise InvalidInput("months")
    if not 1 <= text.repairs <= 9:
        raise InvalidInput("repairs")
    if not rules.is_complete(title=text.title, covers=text.covers, bands=text.bands, shelves_count=len(shelf_ids)):
        raise PlanIncomplete
    if Category.objects.filter(pk__in=shelf_ids).count() != len(shelf_ids):
        raise NotFound
