"""Who sees a text: the one predicate of this app."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from backend.accounts.selectors import blocked_either_way
from community.reviews.models import Answer, Question, Review
from community.reviews.rules.writing import SEEN_BY_ALL, SEEN_BY_AUTHOR

M = TypeVar("M", Review, Question, Answer)


def visible(found: QuerySet[M], viewer_id: UUID | None) -> QuerySet[M]:
    """What stands, and one's own as long as one did not delete it; nothing between people who block each other."""
    stands = Q(visibility__in=SEEN_BY_ALL)
    if viewer_id is None:
        return found.filter(stands)
    own = Q(author_id=viewer_id, visibility__in=SEEN_BY_AUTHOR)
    return found.filter(stands | own).exclude(author_id__in=blocked_either_way(viewer_id))
