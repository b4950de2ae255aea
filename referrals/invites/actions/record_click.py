"""Note a visit."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.outbox import emit
from referrals.invites.events import LinkClicked
from referrals.invites.models import Click, ShareLink, Touch


@transaction.atomic
def record_click(
    *, link: ShareLink, visitor: str, agent: str, is_bot: bool, now: datetime, user_id: UUID | None = None
) -> Click:
    """Write down a visit through a link; only people's visits are told of, and only others' may count.

    Emits: LinkClicked.
    """
    click = Click.objects.create(link=link, visitor=visitor, agent=agent[:200], is_bot=is_bot, at=now)
    if is_bot:
        return click
    is_own = user_id == link.owner_id
    emit(
        LinkClicked(
            link_id=link.id,
            owner_id=link.owner_id,
            kind=link.kind,
            target_id=link.target_id,
            visitor="" if is_own else visitor,
            at=now,
        )
    )
    if not is_own:
        touch = Touch(link=link, visitor=visitor, user_id=user_id, at=now)
        Touch.objects.bulk_create([touch], ignore_conflicts=True)
    return click
