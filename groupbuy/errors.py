"""What group buying may refuse. A group that cannot be joined says what can be done instead."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError

Choices = list[dict[str, Any]]


class GroupFull(DomainError):
    """Every seat is taken."""

    message = _("This group has just filled up. Open your own group, or let us find you another.")
    choices: Choices


class GroupClosed(DomainError):
    """The group is over: filled, out of time, or stopped."""

    message = _("This group is closed. Open your own group, or let us find you another.")
    choices: Choices


class AlreadySeated(DomainError):
    """The buyer has a seat in this group."""

    message = _("You already have a seat in this group. Open the group to see it.")
    order_id: str


class OfferEnded(DomainError):
    """The group price is no longer offered."""

    message = _("This group price has ended. You can buy at the normal price.")


class LimitReached(DomainError):
    """The buyer has used the offer as often as allowed."""

    message = _("You have used this offer as often as it allows. Join a friend's group, or buy at the normal price.")
    limit: int


class NotEligible(DomainError):
    """The offer is for other people."""

    message = _("This offer is not for your account. You can buy at the normal price.")


class NewcomersOnly(DomainError):
    """Only people who have not yet bought may join."""

    message = _("Only newcomers can join this group. Open your own group and invite friends who are new.")


class SeatCannotBeLeft(DomainError):
    """The seat can no longer be given back here."""

    message = _("This seat can no longer be given back here. Open the order to see what can be done.")


class ChoiceTooLate(DomainError):
    """The choice for late money matters only before the order is settled."""

    message = _("This order is settled already. Open the order to see where it stands.")
