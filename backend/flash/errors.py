"""What a flash sale may refuse."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError


class FlashNotOpen(DomainError):
    """The sale has not opened for this person yet."""

    message = _("This sale has not opened for you yet. Set a reminder and come back when it begins.")
    opens_at: datetime


class FlashPaused(DomainError):
    """The shop has paused the sale."""

    message = _("This sale is paused. Come back in a few minutes; nothing is lost.")


class FlashOver(DomainError):
    """The sale has ended."""

    message = _("This sale is over. You can still buy at the normal price.")


class FlashSoldOut(DomainError):
    """Every piece is taken, some perhaps not paid yet."""

    message = _("Every piece is taken. Join the waiting list: what is not paid in five minutes comes back.")
    item_id: UUID


class FlashAlreadyBought(DomainError):
    """This person has an order in this sale."""

    message = _("You have an order in this sale already. Each person can order once; pay for it or look at it.")
    order_id: UUID


class FlashLimit(DomainError):
    """More than one person may take."""

    message = _("Each person can take %(limit)d at this price. Choose fewer.")
    field = "quantity"
    limit: int


class FlashNotForYou(DomainError):
    """The sale is for other people."""

    message = _("This sale is for other members. You can buy at the normal price.")


class FlashTokenRefused(DomainError):
    """The token is not one of ours, is somebody else's, has run out or has been used."""

    message = _("Your turn has run out or was used already. Tap to buy once more.")
    field = "flashToken"


class FlashStillThere(DomainError):
    """There is nothing to wait for."""

    message = _("There are pieces left. You can buy right away.")


REFUSALS = (
    FlashNotOpen,
    FlashPaused,
    FlashOver,
    FlashSoldOut,
    FlashAlreadyBought,
    FlashLimit,
    FlashNotForYou,
    FlashTokenRefused,
)
