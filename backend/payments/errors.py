"""What may be refused where money is concerned, and what a provider may answer."""

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError
from backend.core.money import Money


class NothingToRefund(DomainError):
    """All of the captured money has gone back or is on its way back."""

    message = _("Everything that was paid is already on its way back. Open the order to see each refund.")
    refundable: Money


class OrderNotPayable(DomainError):
    """The order does not wait for a payment."""

    message = _("This order no longer waits for a payment. Open it to see where it stands, or order again.")
    state: str


class ProviderUnavailable(Exception):
    """The provider did not answer, or answered nonsense; the outcome of the call is unknown."""


class ProviderRefused(Exception):
    """The provider understood and said no; the outcome of the call is known."""
