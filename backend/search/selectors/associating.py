"""What people taught about words, for the desk."""

from collections.abc import Sequence

from django.db.models import OuterRef, QuerySet, Subquery

from backend.search.models import Association, AssociationRuling

_RULED = AssociationRuling.objects.filter(asked=OuterRef("asked"), also=OuterRef("also"))


def listed_associations() -> QuerySet[Association]:
    """What was learnt from reformulations for the desk, with what the staff said of it, the weightiest first."""
    ruled = Association.objects.annotate(ruling=Subquery(_RULED.values("ruling")[:1]))
    return ruled.order_by("-weight", "asked", "also")


def association_rows(found: Sequence[Association]) -> list[dict[str, object]]:
    """Associations as the desk shows them."""
    return [
        {
            "id": each.pk,
            "words": each.words,
            "also": each.also_words,
            "people": each.people,
            "people_given_up": each.people_given_up,
            "people_carted": each.people_carted,
            "people_bought": each.people_bought,
            "last_at": each.last_at,
            "state": getattr(each, "ruling", None) or "ON",
        }
        for each in found
    ]
