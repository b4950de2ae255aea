"""Where things lie."""

from uuid import UUID

from django.db import transaction

from backend.catalogue.models import Variant
from backend.core.errors import InvalidInput, NotFound
from backend.inventory.models import StoragePlace


@transaction.atomic
def set_place(*, variant_id: UUID, aisle: int, bay: int, shelf: int) -> StoragePlace:
    """Say where a variant lies; several may share a place.

    Raises: NotFound, InvalidInput.
    """
    if not (1 <= aisle <= 99 and 1 <= bay <= 99 and 1 <= shelf <= 9):
        raise InvalidInput("place")
    if not Variant.objects.filter(pk=variant_id).exists():
        raise NotFound
    place, _ = StoragePlace.objects.update_or_create(
        variant_id=variant_id, defaults={"aisle": aisle, "bay": bay, "shelf": shelf}
    )
    return place
