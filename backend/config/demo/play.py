"""Playing three months of trade in the order in which it would have happened."""

import heapq
import itertools
import logging
from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from backend.config.demo.time_machine import living_at
from backend.core.clock import business_day
from backend.core.errors import DomainError
from backend.core.outbox import deliver_pending
from membership.actions import vest_points, vest_spending

logger = logging.getLogger(__name__)

Step = Callable[[datetime], object]


class Play:
    """Steps with their times. A step may plan further ones; what the shop refuses, the shopper lets be."""

    def __init__(self, *, until: datetime) -> None:
        self.until = until
        self.refusals = 0
        self._steps: list[tuple[datetime, int, Step]] = []
        self._numbers = itertools.count()

    def plan(self, at: datetime, step: Step) -> None:
        """Do this at that time, if that time has come before the play ends."""
        if at <= self.until:
            heapq.heappush(self._steps, (at, next(self._numbers), step))

    def run(self) -> None:
        """Take every step in the order of time; at the end of each day tell what happened and let points vest."""
        while self._steps:
            with transaction.atomic():
                self._live_a_day(business_day(self._steps[0][0]))
        with transaction.atomic():
            self._end_day(self.until)

    def _live_a_day(self, day: date) -> None:
        """One transaction for a day, so that a worker is woken once and not for every step."""
        at = self.until
        while self._steps and business_day(self._steps[0][0]) == day:
            at, _number, step = heapq.heappop(self._steps)
            self._take(at, step)
        self._end_day(at)

    def _take(self, at: datetime, step: Step) -> None:
        try:
            with living_at(at), transaction.atomic():
                step(at)
        except DomainError as refusal:
            self.refusals += 1
            logger.debug("The demo was refused at %s: %s", at, refusal)

    def _end_day(self, at: datetime) -> None:
        deliver_everything()
        while vest_points(now=at) or vest_spending(now=at):
            deliver_everything()


def deliver_everything() -> int:
    """Deliver what has happened so far, and say how many events that were."""
    delivered = 0
    while batch := deliver_pending(limit=1000):
        delivered += batch
    return delivered
