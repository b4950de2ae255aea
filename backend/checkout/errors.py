"""What may be refused on the way from a basket to an order."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError
from backend.core.money import Money


class PriceChanged(DomainError):
    """Something costs more or less than the buyer was shown."""

    message = _("A price has changed since you looked; it is %(new_total_text)s now. Look it over and order again.")
    field = "quoteHash"
    new_total: Money
    new_total_text: str
    new_hash: str
    changes: list[dict[str, object]]


class BasketEmpty(DomainError):
    """There is nothing to order."""

    message = _("There is nothing in this order. Choose something first.")
    field = "lines"


class ProductUnavailable(DomainError):
    """One of the chosen things is not on the shelf."""

    message = _("One of these things is no longer for sale. Take it out, then order the rest.")
    field = "lines"
    variant_id: UUID


class AddressNeeded(DomainError):
    """Nobody said where the parcel should go."""

    message = _("Choose an address, so that we know where to send it.")
    field = "addressId"


class InvoiceTooLate(DomainError):
    """The days in which an invoice can be asked for are over, or the order was given up."""

    message = _("An invoice can be asked for until %(days)s days after payment. Write to our service if you need one.")
    days: int


class InvoiceAlreadyIssued(DomainError):
    """The invoice of this order has its number."""

    message = _("The invoice of this order is issued. Open the order to download it.")


class AddressFixed(DomainError):
    """The parcel is being packed or has left."""

    message = _("The parcel is being packed already. Ask our service whether it can still be sent elsewhere.")


class ShippingDiffers(DomainError):
    """Sending to the other place costs something else."""

    message = _("Sending there costs something else. Cancel this order and place it again with the other address.")
    field = "addressId"
