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
