"""What may be refused when an order is touched."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError


class OrderNotCancellable(DomainError):
    """The order has moved on since the buyer looked."""

    message = _("This order can no longer be cancelled. Open it to see where it stands, or ask for a refund.")
    state: str


class OrderMoved(DomainError):
    """A step was asked for that the order cannot take from where it stands."""

    message = _("This order has moved on in the meantime. Reload the page to see where it stands.")
    state: str


class CompletionAlreadyExtended(DomainError):
    """The buyer has already taken more time for this order."""

    message = _("You have already taken more time for this order. If something is wrong with it, ask for after-sales.")
    complete_at: datetime


class MoreThanBought(DomainError):
    """Pieces or money of a line were asked back beyond what was bought."""

    message = _("These pieces are already on their way back. Reload the page to see what can still be returned.")
    line_id: UUID


class OrderStillOpen(DomainError):
    """The order is on its way; it stays in sight."""

    message = _("This order is not over yet. Cancel it or wait until it is done, then remove it.")
    state: str
