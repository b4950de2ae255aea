"""What the ledger may refuse."""

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError


class BalanceTooLow(DomainError):
    """The account does not hold as much as should leave it."""

    message = _("The balance is not enough: %(available)s are left. Choose a smaller amount.")
    available: int
    unit: str
