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


class ChallengeOver(DomainError):
    """The challenge was used, is too old, or was for something else."""

    message = _("This took too long or was used already. Start again.")


class PasskeyRefused(DomainError):
    """What the authenticator signed does not fit."""

    message = _("Face or fingerprint could not be checked. Try again, or use a code.")


class PasskeyDoubted(DomainError):
    """The key was used elsewhere meanwhile, so there may be a copy of it."""

    message = _("The passkey “%(name)s” may have been copied, so we do not take it. Use a code, then remove it.")
    name: str


class PasskeyKnown(DomainError):
    """The key is kept already."""

    message = _("This device is known already. Use it as it is, or remove it first.")


class PasskeyLimitReached(DomainError):
    """The person keeps as many passkeys as one may."""

    message = _("You can keep %(limit)s passkeys. Remove one first.")
    limit: int


class ProofNeeded(DomainError):
    """The person has not just shown to be themselves."""

    message = _("Confirm with face, fingerprint or a code first, then try again.")


class CodeWrong(DomainError):
    """The code is another one."""

    message = _("The code is wrong. Look at the newest message and try again.")
    field = "code"


class NowhereToSend(DomainError):
    """There is neither a proven phone number nor a mailbox."""

    message = _("We have no phone number or mailbox to send a code to. Write to us and we help you.")
