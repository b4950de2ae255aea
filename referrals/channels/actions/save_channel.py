"""Make a channel, and change it."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.catalogue.models import Category, Product, ProductState
from backend.core.errors import InvalidInput
from backend.core.ids import short_code
from backend.core.locks import lock_one
from referrals.channels import rules
from referrals.channels.errors import ChannelChanged, ChannelClosed, ChannelCodeTaken, ChannelLeadsNowhere
from referrals.channels.models import Channel, ChannelKind, TargetKind

LONGEST = {"name": 60, "partner": 60, "headline": 40, "budget_note": 200}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelDraft:
    """A channel as its maker wants it."""

    name: str
    kind: str
    target: str = TargetKind.HOME
    target_slug: str = ""
    partner: str = ""
    headline: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    budget_note: str = ""


@transaction.atomic
def create_channel(*, draft: ChannelDraft, by: UUID, now: datetime, code: str = "") -> Channel:
    """Make a channel with a short link of its own; a code that is not chosen is drawn.

    Raises: ChannelCodeTaken, ChannelLeadsNowhere, InvalidInput.
    """
    wanted = code.strip().upper()
    if wanted and not rules.CODE.fullmatch(wanted):
        raise InvalidInput("code", _("A code has 3 to 12 letters from A to Z and digits."))
    draft = check_draft(draft)
    channel = Channel(
        code=wanted or short_code(rules.CODE_LENGTH),
        made_by_id=by,
        made_at=now,
        changed_by_id=by,
        changed_at=now,
        **asdict(draft),
    )
    Channel.objects.bulk_create([channel], ignore_conflicts=True)
    if not Channel.objects.filter(pk=channel.pk).exists():
        raise ChannelCodeTaken(field="code")
    return channel


@transaction.atomic
def change_channel(*, channel_id: UUID, version: int, draft: ChannelDraft, by: UUID, now: datetime) -> Channel:
    """Save a channel as a whole; its code stays, and what was counted stays counted.

    Raises: ChannelChanged, ChannelClosed, ChannelLeadsNowhere, InvalidInput, NotFound.
    """
    channel = lock_one(Channel, channel_id)
    if channel.closed_at is not None:
        raise ChannelClosed
    if channel.version != version:
        raise ChannelChanged(current_version=channel.version)
    wanted = asdict(check_draft(draft))
    for name, value in wanted.items():
        setattr(channel, name, value)
    channel.version += 1
    channel.changed_by_id, channel.changed_at = by, now
    channel.save(update_fields=[*wanted, "version", "changed_by", "changed_at"])
    return channel


def check_draft(draft: ChannelDraft) -> ChannelDraft:
    """Refuse what cannot be a channel; give it with its words trimmed.

    Raises: ChannelLeadsNowhere, InvalidInput.
    """
    words = {name: getattr(draft, name).strip().replace("\x00", "") for name in LONGEST}
    for name, longest in LONGEST.items():
        if len(words[name]) > longest:
            raise InvalidInput(name, _("This is too long."))
    if not words["name"]:
        raise InvalidInput("name", _("Give the channel a name."))
    if draft.kind not in ChannelKind.values:
        raise InvalidInput("kind")
    if draft.starts_on and draft.ends_on and draft.ends_on < draft.starts_on:
        raise InvalidInput("ends_on", _("The end lies before the start."))
    if not is_our_page(draft.target, draft.target_slug):
        raise ChannelLeadsNowhere(field="target")
    return replace(draft, **words)


def is_our_page(target: str, slug: str) -> bool:
    """Say whether there is such a page for everybody to see."""
    if target == TargetKind.PRODUCT:
        return Product.objects.filter(slug=slug, state=ProductState.PUBLISHED).exists()
    if target == TargetKind.CATEGORY:
        return Category.objects.filter(slug=slug).exists()
    return target in TargetKind.values and slug == ""
