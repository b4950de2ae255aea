"""Naming a creator's code."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from referrals.influencers.errors import CodeUnknown
from referrals.influencers.models import CodeUse
from referrals.influencers.selectors.members import promoter_by_code


@transaction.atomic
def use_creator_code(*, code: str, user_id: UUID, now: datetime) -> CodeUse:
    """Note that a buyer names a creator; it counts for orders of the next day and goes before any link.

    Raises: CodeUnknown.
    """
    promoter = promoter_by_code(code)
    if promoter is None or promoter.pk == user_id:
        raise CodeUnknown(field="code")
    return CodeUse.objects.create(user_id=user_id, promoter=promoter, at=now)
