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


class PlacesGone(DomainError):
    """As many people as the offer has places for sit already, or have a place kept."""

    message = _("All places of this offer are taken. You can buy at the normal price.")


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


class LinkedToBuyer(DomainError):
    """An account with the same phone number, payment account or device has bought before."""

    message = _(
        "Your phone number, payment account or device belongs to somebody who has bought here before, so this group for"
        " newcomers is not open to you. Open your own group, or join one for everybody."
    )


class SeatCannotBeLeft(DomainError):
    """The seat can no longer be given back here."""

    message = _("This seat can no longer be given back here. Open the order to see what can be done.")


class SeatsAreFree(DomainError):
    """There is nothing to wait for."""

    message = _("A seat is free right now. Take it.")


class NoLeader(DomainError):
    """Only the leader of a group may do this."""

    message = _("Only the leader of the group can do this. Ask the leader in the room.")


class CannotMerge(DomainError):
    """These two groups cannot be put together."""

    message = _("These groups cannot be put together any more. Look for another one, or invite friends.")


class MergeDecided(DomainError):
    """Somebody has answered this offer already."""

    message = _("This offer has been answered already. Open your group to see where it stands.")


class ChoiceTooLate(DomainError):
    """The choice for late money matters only before the order is settled."""

    message = _("This order is settled already. Open the order to see where it stands.")
