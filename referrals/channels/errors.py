"""What may be refused around channels."""

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError
from backend.core.money import Money


class ChannelChanged(DomainError):
    """Somebody else saved the channel since it was opened."""

    message = _("A colleague has changed this channel meanwhile. Reload it and enter your change again.")
    current_version: int


class ChannelClosed(DomainError):
    """The channel was closed and is kept as it was."""

    message = _("This channel is closed. Make a new one if you need its link again.")


class ChannelCodeTaken(DomainError):
    """Another channel has this code."""

    message = _("Another channel already uses this code. Choose another one, or leave it empty.")


class ChannelLeadsNowhere(DomainError):
    """The page of the shop that the channel should lead to does not exist."""

    message = _("The shop has no such page. Choose a product or a category that can be seen.")


class CostBelowZero(DomainError):
    """With this entry the cost of the day would be below zero."""

    message = _("Only %(left)s are recorded on that day. A correction cannot take back more.")
    left: Money
