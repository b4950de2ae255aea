"""What may be refused in a room."""

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError


class RoomReadOnly(DomainError):
    """Nothing can be said in this room any more."""

    message = _("This room is closed for new messages. You can still read it.")


class ClientIdReused(DomainError):
    """The same client message id came with another text."""

    message = _("This message was already sent with another text. Write it again.")


class RecallTooLate(DomainError):
    """The message is older than one may recall."""

    message = _("A message can be recalled within %(minutes)s minutes. Report it if it must go.")
    minutes: int


class AlreadyRecalled(DomainError):
    """The message was recalled before."""

    message = _("This message was already recalled.")


class RequestPending(DomainError):
    """The other person has not yet answered the first messages."""

    message = _("Wait for an answer before you write more. You can also follow one another.")


class PersonUnavailable(DomainError):
    """One of the two has blocked the other or closed the account."""

    message = _("You can no longer write to this person. The messages so far stay readable.")


class LinksNotYet(DomainError):
    """A new account sent a link in a direct room."""

    message = _(
        "New accounts cannot send links to single people for the first %(days)s days. Send it without the link."
    )
    days: int


class CannotWriteToYourself(DomainError):
    """The person to write to is the viewer."""

    message = _("You cannot write to yourself. Choose another person.")


class ReceiverRefused(DomainError):
    """The gateway will never take this message: the receiver or the text is wrong."""

    message = _("This address or number cannot be reached. Check it and try again.")


class AlwaysTold(DomainError):
    """What concerns an order or an account is always told."""

    message = _("This cannot be switched off: it tells of what you paid for, or of your account.")
