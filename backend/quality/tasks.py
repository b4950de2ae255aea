"""What quality does on its own each day: measure, and draw samples of service."""

from celery import shared_task

from backend.core import clock
from backend.quality.actions import draw_samples, take_measure

MEASURE, DRAW = "quality.take_measure", "quality.draw_samples"
DAY = 86_400.0
SCHEDULE = {MEASURE: {"task": MEASURE, "schedule": DAY}, DRAW: {"task": DRAW, "schedule": DAY}}


@shared_task(name=MEASURE, ignore_result=True)
def measure() -> int:
    """Measure what has a limit, and say how many cases that opened."""
    return len(take_measure(now=clock.now()))


@shared_task(name=DRAW, ignore_result=True)
def draw() -> int:
    """Draw what is looked at again, and say how many."""
    return len(draw_samples(now=clock.now()))
