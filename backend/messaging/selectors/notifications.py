"""What a person was told."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import connection

from backend.accounts.selectors import PublicPerson, public_people
from backend.core.paging import Page, keyset_page
from backend.messaging.kinds import words_of
from backend.messaging.models import Notification

FACES_SHOWN = 3

# The newest people behind each notification, and how many there are in all.
_PEOPLE = """
SELECT notification_id, (array_agg(actor_id ORDER BY last_at DESC))[1:%s], count(*)
FROM (SELECT notification_id, actor_id, max(at) AS last_at FROM messaging_notificationcause
      WHERE notification_id = ANY(%s) AND actor_id IS NOT NULL GROUP BY notification_id, actor_id) AS cause
GROUP BY notification_id
"""


def notifications_of(user_id: UUID, *, locale: str, first: int, after: str | None = None) -> Page:
    """What a person was told, newest first, in the language that is active now."""
    told = Notification.objects.filter(user_id=user_id, retracted_at=None)
    page = keyset_page(told, order=("-at", "-id"), first=first, after=after)
    behind = _people_behind([told.pk for told in page.nodes])
    faces = public_people({person for people, _ in behind.values() for person in people})
    rows = []
    for told in page.nodes:
        people, count = behind.get(told.pk, ([], 0))
        rows.append(_row(told, [faces[person] for person in people if person in faces], count, locale=locale))
    return replace(page, edges=[replace(edge, node=row) for edge, row in zip(page.edges, rows, strict=True)])


def _people_behind(ids: Sequence[UUID]) -> dict[UUID, tuple[list[UUID], int]]:
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, [FACES_SHOWN, list(ids)])
        return {row[0]: (row[1], row[2]) for row in cursor.fetchall()}


def _row(told: Notification, people: list[PublicPerson], count: int, *, locale: str) -> dict[str, Any]:
    names = [person["name"] for person in people]
    title, body = words_of(told.kind, told.params, locale=locale, people=names, people_count=count)
    return {
        "id": told.pk,
        "kind": told.kind,
        "title": title,
        "body": body,
        "url": told.url,
        "at": told.at,
        "is_read": told.read_at is not None,
        "people": people,
    }
