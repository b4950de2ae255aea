"""What may be refused in moderation."""

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError


class ReportedAlready(DomainError):
    """The same person reported the same content before."""

    message = _("You have reported this already. We look at it and tell you what we decide.")


class TooManyReports(DomainError):
    """Somebody reports more than the daily limit."""

    message = _("You have reported a lot today. Try again tomorrow, or write to support if it is urgent.")


class OwnContent(DomainError):
    """Somebody reports what they wrote themselves."""

    message = _("This is your own. You can delete it instead.")


class NothingToClaim(DomainError):
    """No case is free."""

    message = _("There is nothing to decide right now. New cases appear here by themselves.")


class CaseTaken(DomainError):
    """Somebody else has claimed the case."""

    message = _("Somebody else is on this case. Take another one, or wait until their lease ends.")


class LeaseLost(DomainError):
    """The lease ended, or the case moved on, before the decision came."""

    message = _("Your lease on this case has ended. Claim it again before you decide.")


class EvidenceChanged(DomainError):
    """New reports came in since the moderator looked."""

    message = _("New reports have come in. Look at them again, then decide.")
    evidence_revision: int


class ConflictOfInterest(DomainError):
    """The moderator wrote or reported the content."""

    message = _("You wrote or reported this, so somebody else must decide.")


class ReasonsNeeded(DomainError):
    """A decision has no statement of reasons."""

    message = _("Tell the author why, in at least ten letters.")
    field = "statement"


class PolicyUnknown(DomainError):
    """A decision names a policy that does not exist."""

    message = _("Choose one of the community's policies.")
    field = "policy"


class NotReversible(DomainError):
    """A decision was reversed already, or what it changed has been changed since."""

    message = _("This can no longer be taken back: it was taken back before, or the content has changed since.")
