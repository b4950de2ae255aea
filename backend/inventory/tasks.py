"""What the stock room does by the clock."""

from celery import shared_task

from backend.core import clock
from backend.inventory.actions import tell_watchers
from backend.inventory.selectors import variants_to_tell_of


@shared_task(name="inventory.tell_watchers", ignore_result=True)
def tell_all_watchers() -> None:
    """Tell those whose variant is there again and who were too many for one go."""
    for variant_id in variants_to_tell_of():
        tell_watchers(variant_id=variant_id, now=clock.now())


SCHEDULE = {"inventory.tell_watchers": {"task": "inventory.tell_watchers", "schedule": 30.0}}
