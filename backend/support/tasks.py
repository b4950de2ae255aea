"""What happens by itself: the index holds every article, also those that a migration brought."""

from celery import shared_task

from backend.search.actions.indexing import index_subjects
from backend.support.selectors.sources import KIND, Articles

SCHEDULE = {"support.index_articles": {"task": "support.index_articles", "schedule": 3600.0}}


@shared_task(name="support.index_articles", ignore_result=True)
def index_articles() -> int:
    """Write down anew what all articles are found by."""
    return index_subjects(kind=KIND, subject_ids=list(Articles().everything()))
