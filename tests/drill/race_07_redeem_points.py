"""Twenty orders of one person want to use the same points at the same instant: what there is is used once."""

import time
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from backend.core.ids import new_id
from backend.core.money import Points
from backend.ledger.selectors import balance
from membership.actions import spend_points
from membership.errors import PointsTooFew
from membership.models import PointLot, PointSpend
from membership.selectors import lots_that_disagree
from tests.factories.catalogue import NOON
from tests.factories.membership import give_points, make_person
from tests.support.races import all_at_once

NUMBER = 7
NAME = "points of one person, 20 orders at once"
TIMES = 20
POINTS = 100
WANTED = 30
THINKING_SECONDS = 0.02


def violations(*, guarded: bool) -> int:
    """Count points beyond what there was, and lots that do not agree with the book."""
    bob = make_person()
    for _lot in range(4):
        give_points(bob, POINTS // 4)

    def use(_number: int) -> None:
        if not guarded:
            naive_spend(bob.id)
            return
        try:
            spend_points(
                user_id=bob.id, points=Points(WANTED), source=("order", new_id()), rule_version="drill", now=NOON
            )
        except PointsTooFew:
            return

    outcome = all_at_once(TIMES, use)

    spent = PointSpend.objects.aggregate(sum=Sum("amount", default=0))["sum"]
    left = balance(kind="points_active", owner_id=bob.id)
    wrong = abs(spent - POINTS // WANTED * WANTED) // WANTED
    return int(wrong + len(outcome.raised) + len(lots_that_disagree()) + int(guarded and spent + left != POINTS))


def naive_spend(user_id: UUID) -> None:
    """Add up what there is, think, take it from where it was seen."""
    with transaction.atomic():
        lots = list(PointLot.objects.filter(user_id=user_id, remaining__gt=0))
        if sum(lot.remaining for lot in lots) < WANTED:
            return
        time.sleep(THINKING_SECONDS)
        left = WANTED
        for lot in lots:
            part = min(left, lot.remaining)
            PointLot.objects.filter(pk=lot.pk).update(remaining=lot.remaining - part)
            left -= part
        PointSpend.objects.create(
            user_id=user_id, source_type="order", source_id=new_id(), amount=WANTED, rule_version="drill",
            created_at=NOON,
        )  # fmt: skip
