"""What is written for picks: the ties, each night anew, and what people open."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from backend.catalogue.models import Product, ProductState
from backend.core.errors import NotFound
from backend.core.ids import new_id
from backend.core.locks import advisory_lock
from backend.orders.rules import KEPT
from backend.recommendations import learning
from backend.recommendations.models import Pair, Refill, Seen, Tie
from backend.recommendations.rules import LOOKS_BACK, MOST_SEEN
from backend.search.selectors.suggesting import habit_of


@transaction.atomic
def learn_pairs(*, now: datetime) -> int:
    """Work out anew which products go together and which are bought again, and say how many pairs there are.

    Readers see the old ones until all new ones are there.
    """
    advisory_lock("recommendations.learn", "all")
    facts: dict[str, Any] = {
        "kept": [state.value for state in KEPT],
        "since": now - LOOKS_BACK,
        "most": learning.MOST_OF_A_PERSON,
        "fewest": learning.FEWEST_PEOPLE,
        "shrinkage": learning.SHRINKAGE,
        "kept_of_each": learning.KEPT_OF_EACH,
    }
    Pair.objects.all().delete()
    Refill.objects.all().delete()
    with connection.cursor() as cursor:
        for tie, deeds in ((Tie.BOUGHT, learning.BOUGHT), (Tie.SEEN, learning.SEEN)):
            cursor.execute(learning.TIES.format(deeds=deeds), {**facts, "tie": tie.value})
        cursor.execute(learning.ALIKE, facts)
        cursor.execute(learning.REFILLS, facts)
    return Pair.objects.count()


@transaction.atomic
def note_seen(*, person_id: UUID, product_id: UUID, now: datetime) -> bool:
    """Remember that a person opened a product, unless they switched their own order off; say whether it was kept.

    Raises: NotFound.
    """
    if not Product.objects.filter(pk=product_id, state=ProductState.PUBLISHED).exists():
        raise NotFound
    if not habit_of(person_id).is_personal:
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO recommendations_seen AS known (id, person_id, product_id, times, at)"
            " VALUES (%s, %s, %s, 1, %s) ON CONFLICT (person_id, product_id)"
            " DO UPDATE SET times = known.times + 1, at = excluded.at",
            [new_id(), person_id, product_id, now],
        )
    old = Seen.objects.filter(person_id=person_id).order_by("-at", "-id").values_list("pk", flat=True)[MOST_SEEN:]
    Seen.objects.filter(pk__in=list(old)).delete()
    return True


@transaction.atomic
def forget_seen(*, person_id: UUID) -> None:
    """Delete what a person opened."""
    Seen.objects.filter(person_id=person_id).delete()
