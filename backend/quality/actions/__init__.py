"""Every write to quality, one thing a person would say aloud each."""

from backend.quality.actions.improve import (
    close_improvement,
    give_improvement,
    note_improvement,
    open_improvement,
)
from backend.quality.actions.look_at_service import (
    draw_samples,
    finish_practice,
    forget_person,
    review_sample,
    write_to_agent,
)
from backend.quality.actions.take_measure import take_measure
from backend.quality.actions.weigh_carrier import set_standing

__all__ = [
    "close_improvement",
    "draw_samples",
    "finish_practice",
    "forget_person",
    "give_improvement",
    "note_improvement",
    "open_improvement",
    "review_sample",
    "set_standing",
    "take_measure",
    "write_to_agent",
]
