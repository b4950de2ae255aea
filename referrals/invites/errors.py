"""What may be refused around invitations."""

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError


class NothingToShare(DomainError):
    """The target of a link does not exist or cannot be seen."""

    message = _("This can no longer be shared. Go back and choose something else.")


class CannotInvite(DomainError):
    """The two people cannot be inviter and invitee."""

    message = _("This invitation does not count: nobody invites themselves or whoever invited them.")


class RewardStateRefuses(DomainError):
    """The reward is not in a state in which this can be done."""

    message = _("This reward has moved on meanwhile. Reload the page to see where it stands.")
    state: str


class OwnReward(DomainError):
    """Nobody decides about a reward that is theirs or their friend's."""

    message = _("You are part of this invitation. Let a colleague decide.")


class ObjectionTooLate(DomainError):
    """A rejection may be objected to once, for thirty days."""

    message = _("This can no longer be looked at again. Write to us if something is wrong.")


class FraudRuleRefused(DomainError):
    """The thresholds or weights of a fraud rule do not fit together."""

    message = _("These thresholds do not fit together. Mend the marked fields and save again.")
    problems: list[dict[str, object]]


class PlaceRefused(DomainError):
    """A shared place is not written as one."""

    message = _("Enter an IP address, a range of at most 256 addresses, or the beginning of an address.")
