"""What the programme keeps about one person, to hand out and to make nameless."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from referrals.influencers.actions import erase_creator
from referrals.influencers.models import Application, Collaboration, Commission, Promoter, Statement, Violation
from referrals.influencers.rules.sealing import unseal
from referrals.influencers.selectors.members import identity_of


class CreatorPrivacy:
    """Applications, particulars, collaborations and what was earned."""

    name = "creators"

    def export(self, *, user_id: UUID) -> Mapping[str, object]:
        """Everything the programme keeps about the person; the person's own particulars are unsealed."""
        person = identity_of(user_id)
        return {
            "applications": list(
                Application.objects.filter(user_id=user_id).values("state", "introduction", "channels", "created_at")
            ),
            "identity": {
                "legal_name": unseal(person.legal_name_sealed),
                "id_number": unseal(person.id_number_sealed),
                "bank": person.bank_name,
                "bank_account": unseal(person.bank_account_sealed),
            }
            if person
            else None,
            "membership": list(Promoter.objects.filter(pk=user_id).values("state", "code", "tier", "since")),
            "violations": list(Violation.objects.filter(promoter_id=user_id).values("state", "words", "recorded_at")),
            "collaborations": list(
                Collaboration.objects.filter(promoter_id=user_id).values("state", "product_id", "invited_at")
            ),
            "commissions": list(
                Commission.objects.filter(promoter_id=user_id).values("state", "kept_minor", "estimated_at")
            ),
            "statements": list(
                Statement.objects.filter(promoter_id=user_id).values("sequence", "total_minor", "closed_at")
            ),
        }

    def erase(self, *, user_id: UUID, now: datetime) -> None:
        """Make it nameless; statements and payouts stay, as the law asks."""
        erase_creator(user_id=user_id, now=now)
