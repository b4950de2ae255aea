"""What may be refused around invitations."""

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError


class NothingToShare(DomainError):
    """The target of a link does not exist or cannot be seen."""

    message = _("This can no longer be shared. Go back and choose something else.")


class CannotInvite(DomainError):
    """The two people cannot be inviter and invitee."""

    message = _("This invitation does not count: nobody invites themselves or whoever invited them.")
