"""What a payment provider must be able to do, and the providers that the shop knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Standing(StrEnum):
    """What the provider says about a payment or a refund."""

    UNKNOWN = "unknown"
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentOrder:
    """What a provider needs to know to take one payment."""

    reference: str
    amount_minor: int
    currency: str
    subject: str
    expires_at: datetime
    return_url: str
    locale: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One authentic message from a provider, read into the shop's words.

    `kind` is one of payment.succeeded, payment.failed, refund.succeeded, refund.failed, or unknown.
    `refund_key` is the key the shop gave, or empty when the provider refunded on its own.
    """

    provider: str
    event_id: str
    kind: str
    reference: str
    amount_minor: int
    currency: str
    provider_reference: str = ""
    refund_key: str = ""
    body: bytes = field(repr=False, default=b"")


class NoticeRefused(Exception):
    """A message that is not believed: forged, too old, or unreadable."""

    def __init__(self, verdict: str) -> None:
        super().__init__(verdict)
        self.verdict = verdict


class PaymentProvider(Protocol):
    """A payment provider. Only `refund` and the queries talk to it over the network."""

    name: str

    def pay_url(self, order: PaymentOrder, *, shop_host: str) -> str:
        """Give the address of the page where the buyer pays."""

    def verify(self, *, headers: Mapping[str, str], body: bytes, now: datetime) -> Notice:
        """Read a message that claims to come from the provider.

        Raises: NoticeRefused.
        """

    def payment_standing(self, *, reference: str) -> Standing:
        """Ask what became of a payment.

        Raises: ProviderUnavailable, ProviderRefused.
        """

    def refund(self, *, key: str, reference: str, amount_minor: int, currency: str) -> Standing:
        """Ask for a refund under a key; the same key never refunds twice.

        Raises: ProviderUnavailable, ProviderRefused.
        """

    def refund_standing(self, *, key: str) -> Standing:
        """Ask what became of a refund; UNKNOWN says that the provider never saw the key.

        Raises: ProviderUnavailable, ProviderRefused.
        """


_providers: dict[str, PaymentProvider] = {}


def register_provider(provider: PaymentProvider) -> None:
    """Make a provider known under its name."""
    _providers[provider.name] = provider


def provider_named(name: str) -> PaymentProvider | None:
    """Find a provider, or None when the shop does not know it."""
    return _providers.get(name)


def require_provider(name: str) -> PaymentProvider:
    """Find the provider of a payment that exists."""
    return _providers[name]
