"""What the staff say answers a need."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.errors import NotFound
from backend.core.ids import new_id
from backend.search.errors import NeedUnreadable
from backend.search.models import Need, NeedKind
from backend.search.rules.needs import folded, own_needs

MOST_WAYS = 60
LONGEST_WAY = 40
LONGEST_SHELF = 60
LONGEST_ATTRIBUTE = 120
# A single sign would be found within every other word.
SHORTEST_WAY = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedText:
    """A need as the staff write it."""

    kind: str
    says: Sequence[str]
    finds: Sequence[str] = ()
    shelves: Sequence[str] = ()
    attributes: Sequence[str] = ()
    is_on: bool = True


@transaction.atomic
def save_need(*, text: NeedText, code: str | None = None, actor_id: UUID, now: datetime) -> Need:
    """Keep what answers a need; with the code of a shipped need, in its place. It works from the next search on.

    Raises: NotFound, NeedUnreadable.
    """
    if code and code not in own_needs() and not Need.objects.filter(pk=code).exists():
        raise NotFound
    says, finds = folded(text.says), folded(text.finds)
    shelves, attributes = _parts(text.shelves), _parts(text.attributes)
    if not says or not (finds or shelves or attributes) or text.kind not in NeedKind.values:
        raise NeedUnreadable(field="says" if not says else "finds")
    if any(len(way) < SHORTEST_WAY for way in says) or len(says) + len(finds) > MOST_WAYS:
        raise NeedUnreadable(field="says")
    if any(len(part) > longest for parts, longest in _bounds(says, finds, shelves, attributes) for part in parts):
        raise NeedUnreadable(field="finds")
    values = {
        "kind": text.kind,
        "says": list(says),
        "finds": list(finds),
        "shelves": shelves,
        "attributes": attributes,
        "is_on": text.is_on,
        "changed_by_id": actor_id,
        "changed_at": now,
    }
    need, _made = Need.objects.update_or_create(code=code or f"own-{new_id().hex[:24]}", defaults=values)
    return need


@transaction.atomic
def reset_need(*, code: str) -> None:
    """Take back what the staff wrote: a shipped need is as it was shipped again, another is gone.

    Raises: NotFound.
    """
    deleted, _by_model = Need.objects.filter(pk=code).delete()
    if not deleted:
        raise NotFound


def _parts(parts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(stripped for part in parts if (stripped := part.strip())))


def _bounds(
    says: Sequence[str], finds: Sequence[str], shelves: Sequence[str], attributes: Sequence[str]
) -> tuple[tuple[Sequence[str], int], ...]:
    """How long each part may be."""
    return ((says, LONGEST_WAY), (finds, LONGEST_WAY), (shelves, LONGEST_SHELF), (attributes, LONGEST_ATTRIBUTE))
