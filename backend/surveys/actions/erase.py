"""Taking out what people wrote, when they ask for it."""

from uuid import UUID

from django.db import transaction

from backend.surveys.models import Answer


@transaction.atomic
def forget_person(*, person_id: UUID) -> None:
    """Take out the words of a person; the faces stay for the counts."""
    Answer.objects.filter(person_id=person_id).exclude(words="").update(words="")
