"""Forgetting a person who was a creator."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from referrals.influencers.models import Application, CodeUse, PromoterIdentity
from referrals.influencers.rules.sealing import seal


@transaction.atomic
def erase_creator(*, user_id: UUID, now: datetime) -> None:
    """Make nameless what the programme keeps of a person. Statements and payouts stay, as the law asks."""
    PromoterIdentity.objects.filter(pk=user_id).update(
        legal_name_sealed=seal(""),
        id_number_sealed=seal(""),
        bank_account_sealed=seal(""),
        id_digest=None,
        id_tail="",
        bank_tail="",
        bank_name="",
        changed_at=now,
    )
    Application.objects.filter(user_id=user_id).update(introduction="", channels=[], answer="-")
    CodeUse.objects.filter(user_id=user_id).delete()
