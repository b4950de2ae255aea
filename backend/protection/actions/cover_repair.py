"""Repairs that count against a plan."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from backend.aftersales.errors import WindowClosed
from backend.aftersales.rules.moves import WITHOUT_EFFECT
from backend.core.clock import business_day
from backend.core.locks import lock_rows
from backend.protection.models import Coverage, CoveredRepair
from backend.protection.selectors.coverages import covering


@transaction.atomic
def use_cover(*, case_id: UUID, pieces: Mapping[UUID, int], now: datetime) -> None:
    """Count a repair of some pieces against their plans; the order of the pieces is held by whoever asks.

    Raises: WindowClosed.
    """
    for line_id, quantity in sorted(pieces.items()):
        used = lock_rows(covering([line_id], now=now))[:quantity]
        if len(used) < quantity:
            raise WindowClosed(ended_on=business_day(now))
        Coverage.objects.filter(pk__in=[each.pk for each in used]).update(repairs_left=F("repairs_left") - 1)
        CoveredRepair.objects.bulk_create(
            [CoveredRepair(coverage=each, case_id=case_id, opened_at=now) for each in used]
        )


@transaction.atomic
def give_repair_back(*, case_id: UUID, state: str, now: datetime) -> int:
    """A repair that came to nothing does not count; say for how many pieces. A repeat gives nothing."""
    if state not in WITHOUT_EFFECT:
        return 0
    used = lock_rows(CoveredRepair.objects.filter(case_id=case_id, given_back_at=None))
    for each in used:
        Coverage.objects.filter(pk=each.coverage_id).update(repairs_left=F("repairs_left") + 1)
        each.given_back_at = now
        each.save(update_fields=["given_back_at"])
    return len(used)
