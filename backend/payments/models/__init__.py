"""The tables of payments: the money, what is watched, and what providers state."""

from backend.payments.models.authorisations import Authorisation, AuthorisationState
from backend.payments.models.money import (
    ChosenProvider,
    CreditHold,
    CreditState,
    Payment,
    PaymentState,
    ProviderEvent,
    Refund,
    RefundState,
    Verdict,
    Wallet,
)
from backend.payments.models.statements import Difference, DifferenceKind, Reconciliation, Resolution, StatementRow
from backend.payments.models.watching import HoldState, PaymentAlert, PaymentTry, RiskHold

__all__ = [
    "Authorisation",
    "AuthorisationState",
    "ChosenProvider",
    "CreditHold",
    "CreditState",
    "Difference",
    "DifferenceKind",
    "HoldState",
    "Payment",
    "PaymentAlert",
    "PaymentState",
    "PaymentTry",
    "ProviderEvent",
    "Reconciliation",
    "Refund",
    "RefundState",
    "Resolution",
    "RiskHold",
    "StatementRow",
    "Verdict",
    "Wallet",
]
