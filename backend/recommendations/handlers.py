"""Reactions of picks."""

from backend.recommendations.actions import forget_seen
from backend.search.events import PersonalOrderSwitched


def follow_switch(event: PersonalOrderSwitched) -> None:
    """Who switches their own order off is forgotten here too."""
    if not event.is_personal:
        forget_seen(person_id=event.person_id)
