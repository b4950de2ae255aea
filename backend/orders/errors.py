"""What may be refused when an order is touched."""

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
