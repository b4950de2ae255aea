"""How reviews are kept honest, in figures that anybody may read."""

from dataclasses import dataclass

from django.db.models import Count, Q

from community.reviews.models import Review
from community.reviews.rules.writing import SEEN_BY_ALL


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """Every review there is, by what became of it."""

    counted: int
    not_counted: int
    waiting: int
    removed: int
    low_stars: int


def review_record() -> ReviewRecord:
    """How many reviews count, how many were kept out and why, and how many of those that count are critical."""
    stands = Q(visibility__in=SEEN_BY_ALL, weighed_at__isnull=False)
    found = Review.objects.aggregate(
        counted=Count("pk", filter=stands & Q(is_refunded=False)),
        not_counted=Count("pk", filter=stands & Q(is_refunded=True)),
        waiting=Count("pk", filter=Q(visibility="PENDING")),
        removed=Count("pk", filter=Q(visibility__in=("QUARANTINED", "REMOVED"))),
        low_stars=Count("pk", filter=stands & Q(is_refunded=False, stars__lte=3)),
    )
    return ReviewRecord(**found)
