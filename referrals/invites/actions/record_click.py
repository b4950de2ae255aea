"""Note a visit."""

from datetime import datetime

from django.db import transaction

from backend.core.outbox import emit
from referrals.invites.events import LinkClicked
from referrals.invites.models import Click, ShareLink


@transaction.atomic
def record_click(*, link: ShareLink, visitor: str, agent: str, is_bot: bool, now: datetime) -> Click:
    """Write down a visit through a link; only people's visits are told of.

    Emits: LinkClicked.
    """
    click = Click.objects.create(link=link, visitor=visitor, agent=agent[:200], is_bot=is_bot, at=now)
    if not is_bot:
        emit(LinkClicked(link_id=link.id, owner_id=link.owner_id, kind=link.kind, target_id=link.target_id, at=now))
    return click
