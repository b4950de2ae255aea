"""What the staff say means the same."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.errors import NotFound
from backend.search.errors import SynonymUnreadable
from backend.search.models import Synonym
from backend.search.rules.synonyms import key_of, read_line

MOST_WORDS = 20
LONGEST_WORD = 40


@transaction.atomic
def save_synonym(*, line: str, synonym_id: UUID | None = None, actor_id: UUID, now: datetime) -> Synonym:
    """Keep that words mean the same, written as `a = b` or `a > b, c`; with an id, in place of that line.

    Raises: NotFound, SynonymUnreadable.
    """
    read = read_line(line)
    keys = {key_of(word) for word in (*read.words, *read.also)}
    too_long = any(len(word) > LONGEST_WORD for word in (*read.words, *read.also))
    if not read.words or len(keys) < 2 or "" in keys or len(keys) > MOST_WORDS or too_long:
        raise SynonymUnreadable(field="line")
    values = {
        "words": [key_of(word) for word in read.words],
        "also": [key_of(word) for word in read.also],
        "changed_by_id": actor_id,
        "changed_at": now,
    }
    if synonym_id is None:
        return Synonym.objects.create(**values)
    if not Synonym.objects.filter(pk=synonym_id).update(**values):
        raise NotFound
    return Synonym.objects.get(pk=synonym_id)


@transaction.atomic
def delete_synonym(*, synonym_id: UUID) -> None:
    """Take a line out; search no longer knows of it from now on.

    Raises: NotFound.
    """
    deleted, _by_model = Synonym.objects.filter(pk=synonym_id).delete()
    if not deleted:
        raise NotFound
