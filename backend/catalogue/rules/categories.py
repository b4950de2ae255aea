"""The tree of shelves: how deep a shelf would stand, and whether it would stand in itself."""

from collections.abc import Mapping
from uuid import UUID

DEEPEST = 3


def depth_under(parents: Mapping[UUID, UUID | None], parent_id: UUID | None) -> int:
    """How deep something stands that stands on this shelf; the top is one."""
    depth, above = 1, parent_id
    while above is not None and depth <= DEEPEST:
        depth, above = depth + 1, parents[above]
    return depth


def height_of(parents: Mapping[UUID, UUID | None], category_id: UUID) -> int:
    """How many levels a shelf has with all that stands in it; one if nothing does."""
    children = [child for child, parent in parents.items() if parent == category_id]
    return 1 + max((height_of(parents, child) for child in children), default=0)


def stands_in(parents: Mapping[UUID, UUID | None], category_id: UUID, place: UUID | None) -> bool:
    """Whether a place is the shelf itself or lies somewhere in it."""
    while place is not None:
        if place == category_id:
            return True
        place = parents[place]
    return False


def levels_below(parents: Mapping[UUID, UUID | None], category_id: UUID) -> dict[UUID, int]:
    """Everything that stands in a shelf, with how many levels below it."""
    found: dict[UUID, int] = {}
    level, here = 0, [category_id]
    while here:
        level += 1
        here = [child for child, parent in parents.items() if parent in here and child not in found]
        found.update(dict.fromkeys(here, level))
    return found
