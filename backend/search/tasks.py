"""What search does on its own: count words, choose what is hot, learn from openings, forget what is old."""

from celery import shared_task
from celery.schedules import crontab

from backend.core import clock
from backend.core.freshness import bump
from backend.search.actions.hot import choose_hot_words
from backend.search.actions.indexing import count_words
from backend.search.actions.learning import learn_order
from backend.search.actions.placing import forget_old_openings
from backend.search.actions.remembering import forget_old_searches

HOME = "catalogue"
SCHEDULE = {
    "search.choose_hot": {"task": "search.choose_hot", "schedule": 900.0},
    "search.count_words": {"task": "search.count_words", "schedule": 3600.0},
    "search.learn": {"task": "search.learn", "schedule": crontab(hour=18, minute=50)},
    "search.forget_old": {"task": "search.forget_old", "schedule": 86_400.0},
}


@shared_task(name="search.choose_hot", ignore_result=True)
def choose_hot() -> None:
    """Put up what many look for."""
    if choose_hot_words(now=clock.now()):
        bump(HOME)


@shared_task(name="search.count_words", ignore_result=True)
def count() -> None:
    """Count in how many documents each word occurs."""
    count_words()


@shared_task(name="search.learn", ignore_result=True)
def learn() -> int:
    """Work out what people prefer for each wish, at ten to three in Shanghai."""
    return learn_order(now=clock.now())


@shared_task(name="search.forget_old", ignore_result=True)
def forget_old() -> int:
    """Delete searches, and who opened placements, that are older than ninety days."""
    now = clock.now()
    return forget_old_searches(now=now) + forget_old_openings(now=now)
