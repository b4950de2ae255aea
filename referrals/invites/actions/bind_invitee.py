"""Settle who brought whom."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.locks import advisory_lock
from backend.core.outbox import emit
from referrals.invites import rules, selectors
from referrals.invites.errors import CannotInvite
from referrals.invites.events import InviteeBound
from referrals.invites.models import Binding, ShareLink


def bind_visitor(*, invitee_id: UUID, visitor: str, now: datetime) -> Binding | None:
    """Bind a new person to the owner of the last link they opened in time, if that can be; never an error.

    Emits: InviteeBound.
    """
    touch = selectors.last_touch(visitor=visitor, not_owner_id=invitee_id, at=now)
    if touch is None:
        return None
    try:
        return bind_invitee(invitee_id=invitee_id, link=touch.link, clicked_at=touch.at, now=now)
    except CannotInvite:
        return None


@transaction.atomic
def bind_invitee(*, invitee_id: UUID, link: ShareLink, clicked_at: datetime, now: datetime) -> Binding:
    """Bind an invitee to the owner of a link; a person who is bound stays bound.

    One person is bound at a time: whoever looks up the tree sees all of it, so no number of people can close a ring.

    Raises: CannotInvite.
    Emits: InviteeBound.
    """
    advisory_lock("invites.binding", "tree")
    if known := Binding.objects.filter(pk=invitee_id).first():
        return known
    check_can_bind(invitee_id=invitee_id, inviter_id=link.owner_id, clicked_at=clicked_at, now=now)
    above = Binding.objects.filter(pk=link.owner_id).first()
    binding = Binding.objects.create(
        invitee_id=invitee_id,
        inviter_id=link.owner_id,
        second_level_id=above.inviter_id if above else None,
        link=link,
        clicked_at=clicked_at,
        bound_at=now,
    )
    emit(InviteeBound(invitee_id=invitee_id, inviter_id=link.owner_id, link_id=link.id, at=now))
    return binding


def check_can_bind(*, invitee_id: UUID, inviter_id: UUID, clicked_at: datetime, now: datetime) -> None:
    """Refuse oneself, one's own inviters, blocked pairs and visits that are too old."""
    if invitee_id == inviter_id or invitee_id in selectors.ancestors(inviter_id):
        raise CannotInvite
    if selectors.is_blocked_pair(invitee_id, inviter_id):
        raise CannotInvite
    if not rules.is_within_window(clicked_at=clicked_at, at=now):
        raise CannotInvite
