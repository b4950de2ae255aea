"""What may be refused to a person about people."""

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError


class CannotFollowYourself(DomainError):
    """The person to follow is the viewer."""

    message = _("You cannot follow yourself. Choose another person.")


class CannotBlockYourself(DomainError):
    """The person to block is the viewer."""

    message = _("You cannot block yourself. Choose another person.")


class FollowLimitReached(DomainError):
    """The viewer follows as many people as one may."""

    message = _("You already follow %(limit)s people. Unfollow someone first.")
    limit: int


class AddressLimitReached(DomainError):
    """The viewer keeps as many addresses as one may."""

    message = _("You can keep %(limit)s addresses. Delete one first.")
    limit: int


class ContactTaken(DomainError):
    """Another account has this email or phone."""

    message = _("This email or phone belongs to another account. Sign in with it, or use another one.")


class PictureNotYours(DomainError):
    """The picture does not exist or was sent by somebody else."""

    message = _("This picture cannot be used. Choose it again.")
