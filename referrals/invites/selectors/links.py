"""Reads of links, visits and who brought whom."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Q

from backend.accounts.models import Block
from backend.orders.models import Order
from referrals.invites import rules
from referrals.invites.models import Binding, Click, ShareLink, ShareVisit, Touch

ANCESTORS = """
WITH RECURSIVE above AS (
    SELECT inviter_id, 1 AS depth FROM invites_binding WHERE invitee_id = %s
    UNION
    SELECT binding.inviter_id, above.depth + 1 FROM invites_binding AS binding
    JOIN above ON binding.invitee_id = above.inviter_id WHERE above.depth < 100
)
SELECT inviter_id FROM above
"""


def link_by_code(code: str) -> ShareLink | None:
    """Find a link by the code in its address; people may type it in small letters."""
    return ShareLink.objects.filter(code=code.upper()).first()


def link_owner(code: str) -> UUID | None:
    """Whose link a code is, or None when there is none."""
    link = link_by_code(code)
    return link.owner_id if link else None


def touches_of(user_id: UUID, *, since: datetime) -> Sequence[Touch]:
    """The visits of a person that may count, with their links, newest first."""
    visits = Touch.objects.filter(user_id=user_id, at__gte=since).exclude(link__owner_id=user_id)
    return list(visits.select_related("link").order_by("-at", "-pk"))


def last_touch(*, visitor: str, not_owner_id: UUID, at: datetime) -> Touch | None:
    """The last visit of a browser that counts for somebody: not through their own link, within the window."""
    if not visitor:
        return None
    since = at - timedelta(days=rules.DEFAULT_WINDOW_DAYS)
    visits = Touch.objects.filter(visitor=visitor, at__gte=since, at__lte=at).exclude(link__owner_id=not_owner_id)
    return visits.select_related("link").order_by("-at", "-pk").first()


def ancestors(user_id: UUID) -> set[UUID]:
    """Everybody above a person in the tree of invitations."""
    with connection.cursor() as cursor:
        cursor.execute(ANCESTORS, [user_id])
        return {row[0] for row in cursor.fetchall()}


def binding_of(user_id: UUID) -> Binding | None:
    """Who brought a person."""
    return Binding.objects.filter(pk=user_id).select_related("link").first()


def is_blocked_pair(one_id: UUID, other_id: UUID) -> bool:
    """Say whether one of two people has blocked the other."""
    either = Q(blocker_id=one_id, blocked_id=other_id) | Q(blocker_id=other_id, blocked_id=one_id)
    return Block.objects.filter(either).exists()


def is_first_kept_order(order: Order) -> bool:
    """Say whether a buyer had no confirmed order before this one."""
    return not Order.objects.filter(buyer_id=order.buyer_id, confirmed_at__isnull=False).exclude(pk=order.pk).exists()


def clicks_count(owner_id: UUID) -> int:
    """How many visits of people the links of a person brought."""
    return Click.objects.filter(link__owner_id=owner_id, is_bot=False).count()


def is_known_visitor(*, owner_id: UUID, visitor: str) -> bool:
    """Say whether a browser came through a person's links before, or is their own."""
    came = ShareVisit.objects.filter(owner_id=owner_id, visitor=visitor).exists()
    return came or Touch.objects.filter(visitor=visitor, user_id=owner_id).exists()
