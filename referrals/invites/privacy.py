"""What invitations keep about one person, to hand out and to make nameless."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from referrals.invites.actions import forget_inviter
from referrals.invites.models import (
    Attribution,
    Binding,
    Identifier,
    InviteReward,
    InviteSettings,
    ShareLink,
    ShareVisit,
    Touch,
)


class InvitesPrivacy:
    """Links, visits, who brought whom, rewards, and digests of what accounts have in common."""

    name = "invites"

    def export(self, *, user_id: UUID) -> Mapping[str, object]:
        """Everything that invitations keep about the person; of others only how many there are."""
        rewards = InviteReward.objects.filter(beneficiary_id=user_id).order_by("created_at")
        return {
            "links": list(ShareLink.objects.filter(owner_id=user_id).values("code", "kind", "path", "created_at")),
            "visits": list(Touch.objects.filter(user_id=user_id).order_by("at").values("link__code", "at")),
            "visits_brought": ShareVisit.objects.filter(owner_id=user_id).count(),
            "invited_by_link": list(
                Binding.objects.filter(invitee_id=user_id).values("link__code", "clicked_at", "bound_at")
            ),
            "invited_people": Binding.objects.filter(inviter_id=user_id).count(),
            "credited_orders": Attribution.objects.filter(payee_id=user_id).count(),
            "rewards": list(
                rewards.values("side", "level", "benefit", "points", "state", "note", "objection", "created_at")
            ),
            "digests": list(Identifier.objects.filter(user_id=user_id).values("kind", "seen_at")),
            "shows_name": InviteSettings.objects.filter(user_id=user_id, shows_name=True).exists(),
        }

    def erase(self, *, user_id: UUID, now: datetime) -> None:
        """Forget browsers, digests and words; rewards and who brought whom stay as they were booked."""
        forget_inviter(user_id=user_id)
