"""What the stock room may refuse."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError


class OutOfStock(DomainError):
    """Fewer are left than asked for."""

    message = _("Only %(available)d of this kind are left. Take fewer, or choose another kind.")
    field = "quantity"
    variant_id: UUID
    available: int

    @property
    def text(self) -> str:
        """The message in the reader's language; an empty shelf has a sentence of its own."""
        if self.available == 0:
            return str(_("This kind is sold out. Choose another kind, or look at similar products."))
        return super().text


class BelowReserved(DomainError):
    """The count would be lower than what is promised to orders and sales."""

    message = _("%(reserved)d of these are promised already. Enter at least that many, or cancel orders first.")
    field = "onHand"
    reserved: int


class FindNeedsReason(DomainError):
    """More were counted than the book says, and nobody says why."""

    message = _("There are more than the book says. Say why, or take new goods in as a delivery and inspect them.")
    field = "reason"


class StillInStock(DomainError):
    """There is nothing to wait for: the kind can be bought now."""

    message = _("This kind is in stock now. You can buy it right away.")
    field = "variantId"
    available: int


class DeliveryKnown(DomainError):
    """This delivery note was taken in before."""

    message = _("Delivery note %(note_number)s of this supplier was taken in before. Look for it in the list.")
    field = "noteNumber"
    note_number: str


class SupplierStopped(DomainError):
    """Too many lots of these goods were refused under tightened inspection."""

    message = _("%(sku)s of this supplier was refused too often. Take it in again once you write what they improved.")
    field = "improved"
    sku: str


class UnknownSku(DomainError):
    """No variant has this stock number."""

    message = _("There is no article with the number %(sku)s. Check the label, or create the article first.")
    field = "lines"
    sku: str


class LineInspected(DomainError):
    """Somebody has looked at this line already."""

    message = _("This line was inspected already. Reload the page to see what was found.")


class SheetRefused(DomainError):
    """The file of stock numbers cannot be read at all."""

    message = _(
        "This file cannot be read. Save it as CSV with the columns sku and quantity,"
        " at most %(rows)d rows, and send it again."
    )
    field = "file"
    rows: int
