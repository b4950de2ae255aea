"""What a buyer wants when the money arrives too late."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.errors import InvalidInput, NotFound
from groupbuy.errors import ChoiceTooLate
from groupbuy.models import Group, GroupOrder, GroupOrderState, LateChoice


@transaction.atomic
def set_late_choice(*, group_id: UUID, buyer_id: UUID, choice: str, now: datetime) -> Group:
    """Keep what the buyer wants if the money of the unpaid order for this group comes too late.

    Raises: NotFound, ChoiceTooLate, InvalidInput.
    """
    if choice not in LateChoice.values:
        raise InvalidInput("choice")
    mine = GroupOrder.objects.filter(group_id=group_id, buyer_id=buyer_id)
    if mine.filter(state=GroupOrderState.PLACED).update(late_choice=choice):
        return Group.objects.get(pk=group_id)
    if mine.exists():
        raise ChoiceTooLate
    raise NotFound
