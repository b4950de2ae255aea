"""Make a link that can be passed on."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.accounts.models import User
from backend.catalogue.models import Product
from backend.core.ids import short_code
from groupbuy.models import Group
from referrals.invites import rules
from referrals.invites.errors import NothingToShare
from referrals.invites.models import LinkKind, ShareLink


@transaction.atomic
def create_share_link(*, owner_id: UUID, kind: str, target_id: UUID, now: datetime) -> ShareLink:
    """Give a person the short link to a target; the same target always has the same link.

    Raises: NothingToShare.
    """
    known = ShareLink.objects.filter(owner_id=owner_id, kind=kind, target_id=target_id).first()
    if known:
        return known
    link = ShareLink(
        code=short_code(rules.LINK_CODE_LENGTH),
        owner_id=owner_id,
        kind=kind,
        target_id=target_id,
        path=rules.path_to(kind, target_id=target_id, slug=_slug_of(kind, target_id)),
        created_at=now,
    )
    ShareLink.objects.bulk_create([link], ignore_conflicts=True)
    return ShareLink.objects.get(owner_id=owner_id, kind=kind, target_id=target_id)


def _slug_of(kind: str, target_id: UUID) -> str | None:
    """Insist that the target is there; a product is reached by its slug, a post is checked by its own page."""
    if kind == LinkKind.PRODUCT:
        slug = Product.objects.filter(pk=target_id).values_list("slug", flat=True).first()
        if slug is None:
            raise NothingToShare
        return slug
    if kind == LinkKind.GROUP and not Group.objects.filter(pk=target_id).exists():
        raise NothingToShare
    if kind == LinkKind.PROFILE and not User.objects.filter(pk=target_id, is_active=True).exists():
        raise NothingToShare
    return None
