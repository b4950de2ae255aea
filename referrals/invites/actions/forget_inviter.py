"""Forgetting a person who invited or was invited."""

from uuid import UUID

from django.db import transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat

from referrals.invites.models import Click, Identifier, InviteReward, InviteSettings, ShareVisit, Touch

NO_WORDS = "-"


@transaction.atomic
def forget_inviter(*, user_id: UUID) -> None:
    """Delete the digests, browsers and words of a person; rewards, credit and who brought whom stay without a name."""
    mine = Touch.objects.filter(user_id=user_id)
    browsers = set(mine.values_list("visitor", flat=True))
    Click.objects.filter(visitor__in=browsers).update(visitor="", agent="")
    nameless = Concat(Value("-"), Cast(F("id"), CharField()))
    ShareVisit.objects.filter(visitor__in=browsers).update(visitor=nameless)
    mine.update(user=None, visitor=nameless)
    Identifier.objects.filter(user_id=user_id).delete()
    InviteSettings.objects.filter(user_id=user_id).delete()
    said = InviteReward.objects.filter(beneficiary_id=user_id)
    said.exclude(objection="").update(objection=NO_WORDS)
    said.filter(decided_by__isnull=False).exclude(note="").update(note=NO_WORDS)
