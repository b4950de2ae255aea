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


class ProviderNotOffered(DomainError):
    """The buyer chose a way to pay that is not offered."""

    message = _("This way to pay is not offered any more. Choose another one.")
    field = "provider"


class TransferNotForThis(DomainError):
    """The order is too small, or cannot wait for days."""

    message = _("Bank transfer is for single orders from %(least_text)s that may wait. Choose another way to pay.")
    field = "provider"
    least_text: str


class TooManyTransfers(DomainError):
    """The buyer has other orders that wait for a bank transfer."""

    message = _("Two of your orders wait for a bank transfer. Pay one of them first, or choose another way to pay.")
    field = "provider"


class ProviderSilent(DomainError):
    """The provider did not give a pay page."""

    message = _("The payment provider does not answer at the moment. Try again in a minute, or choose another way.")


class PayerUnknown(DomainError):
    """The app in which the buyer pays did not say who they are."""

    message = _("WeChat did not tell us who pays. Tap Pay once more, or choose another way to pay.")


class StoreCreditChanged(DomainError):
    """There is less store credit than the price was agreed with."""

    message = _("Your store credit has changed: %(available_text)s can be used now. Look it over and order again.")
    available: Money
    available_text: str


class CreditNeedsProof(DomainError):
    """So much store credit is only spent by who has just shown to be its owner, for the price of `quote_hash`."""

    message = _(
        "Paying %(amount_text)s from store credit needs your face, fingerprint or a code. Confirm and order again."
    )
    amount: Money
    amount_text: str
    quote_hash: str


class PaymentNeedsConfirmation(DomainError):
    """The payment looks unlike the buyer's others; the buyer should say that all is well."""

    message = _("This payment looks unlike your others. Confirm on the payment page that it is yours, then pay.")


class PaymentUnderReview(DomainError):
    """A person looks at the payment first."""

    message = _("We look at this payment before you pay. Nothing was charged; we tell you as soon as we know more.")


class PaymentNotAccepted(DomainError):
    """A person looked at the payment and refused it with a reason."""

    message = _("We cannot take this payment: %(reason)s. Nothing was charged. Write to us if you think we are wrong.")
    reason: str


class AlreadyDecided(DomainError):
    """Somebody decided before, or nobody may decide about their own."""

    message = _("This has been decided already. Reload the page to see what was decided.")
    state: str


class RefundNotStuck(DomainError):
    """The refund does not wait for a person."""

    message = _("This refund does not wait for anybody. Reload the page to see where it stands.")
    state: str


class StatementUnreadable(DomainError):
    """The file is no statement of this provider."""

    message = _("This file cannot be read as a statement (line %(line)s: %(problem)s). Check provider and file.")
    field = "file"
    line: int
    problem: str


class DifferenceResolved(DomainError):
    """Somebody has resolved the difference before."""

    message = _("This difference is resolved already. Reload the page to see how.")
    resolution: str


class CannotResolve(DomainError):
    """The chosen way does not fit the difference."""

    message = _("This cannot be done about this difference. Accept it with a note, or choose another way.")


class ProviderUnavailable(Exception):
    """The provider did not answer, or answered nonsense; the outcome of the call is unknown."""


class ProviderRefused(Exception):
    """The provider understood and said no; the outcome of the call is known."""


class ProviderNeedsPerson(ProviderRefused):
    """The provider can do nothing more by itself; asking again is of no use."""
