"""What happens by itself: learning each night."""

from celery import shared_task
from celery.schedules import crontab

from backend.core import clock
from backend.recommendations.actions import learn_pairs

SCHEDULE = {"recommendations.learn": {"task": "recommendations.learn", "schedule": crontab(hour=19, minute=20)}}


@shared_task(name="recommendations.learn", ignore_result=True)
def learn() -> int:
    """Work out which products go together, at twenty past three in Shanghai."""
    return learn_pairs(now=clock.now())
