"""Forgetting a person who was a member."""

from uuid import UUID

from django.db import connection, transaction

from membership.models import Birthday, CheckIn, Deed, ExpiryNotice, PointGrant

NO_WORDS = "-"
# What staff wrote of a person stands in the facts of the points they gave.
_FACTS = """
UPDATE membership_pointlot SET facts = jsonb_set(facts, '{reason}', to_jsonb(%s::text))
WHERE user_id = %s AND facts ? 'reason'
"""


@transaction.atomic
def forget_member(*, user_id: UUID) -> None:
    """Delete birthday and habits of a person and what staff wrote; levels, badges and points stay as they were
    booked, without a name.
    """
    for habit in (Birthday, CheckIn, Deed, ExpiryNotice):
        habit._default_manager.filter(user_id=user_id).delete()
    PointGrant.objects.filter(user_id=user_id).update(reason=NO_WORDS)
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, [NO_WORDS, user_id])
