"""Forgetting a person who came by a channel."""

from uuid import UUID

from django.db import transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat

from referrals.channels.models import ChannelVisit


@transaction.atomic
def forget_visitor(*, user_id: UUID) -> int:
    """Take person and browser from a person's visits, and say how many; that somebody came stays counted."""
    nameless = Concat(Value("-"), Cast(F("id"), CharField()))
    return ChannelVisit.objects.filter(user_id=user_id).update(user=None, visitor=nameless)
