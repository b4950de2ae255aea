"""What a payment provider must be able to do, and the providers that the shop knows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, runtime_checkable

from backend.core.webhooks.messages import NoticeRefused as NoticeRefused


class Standing(StrEnum):
    """What the provider says about a payment or a refund; only money can be held."""

    UNKNOWN = "unknown"
    PENDING = "pending"
    HELD = "held"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentOrder:
    """What a provider needs to know to take one payment.

    `is_hold` asks it to hold the money until it is captured. `payer_address` is the network address of the payer,
    `payer` whom a provider inside an app knows them as.
    """

    reference: str
    amount_minor: int
    currency: str
    subject: str
    expires_at: datetime
    return_url: str
    locale: str
    is_hold: bool = False
    payer_address: str = ""
    payer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferTerms:
    """Where buyers send money by bank, from which amount on, and for how long an order waits for it."""

    holder: str
    number: str
    bank: str
    code: str
    from_minor: int
    within: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class PaySession:
    """A pay page that the provider has made for one payment, and until when it can be used."""

    id: str
    url: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPayment:
    """A payment as the provider knows it: by our reference, by its session, by its own number once money is in."""

    reference: str
    amount_minor: int
    currency: str
    session_id: str = ""
    provider_reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentAnswer:
    """What the provider says about a payment it was asked about; the rest counts only if the money is in or held."""

    standing: Standing
    amount_minor: int = 0
    currency: str = ""
    provider_reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One authentic message from a provider, read into the shop's words.

    `kind` is one of payment.authorised (the money is held), payment.succeeded (it is taken), payment.voided (it is
    held no longer), payment.failed, payment.disputed, refund.succeeded, refund.failed, refund.noticed (ask what became
    of it), refund.unasked (somebody refunded elsewhere and the amount is not told), or unknown. `refund_key` is the key
    the shop gave, or the provider's own when it refunded by itself. A message that does not carry our `reference` is
    matched by `provider_reference`.
    """

    provider: str
    event_id: str
    kind: str
    reference: str
    amount_minor: int
    currency: str
    provider_reference: str = ""
    refund_key: str = ""
    payer: str = ""
    body: bytes = field(repr=False, default=b"")


class PaymentProvider(Protocol):
    """A payment provider. `pay_url` and `verify` never talk to it; the others do, outside of any transaction.

    `authorises_for` says how long it can hold money before it is captured; None says that it cannot. `transfer` says
    that buyers send the money by bank themselves, and that its statements are the only word of it.
    """

    name: str
    authorises_for: timedelta | None
    transfer: TransferTerms | None
    label: Mapping[str, str]
    note: Mapping[str, str]
    taken: str

    def pay_url(self, order: PaymentOrder, *, shop_host: str) -> str | None:
        """Give the address of the page where the buyer pays; None says that `open_session` must make one."""

    def open_session(self, order: PaymentOrder, *, key: str, until: datetime) -> PaySession:
        """Let the provider make a pay page; the same key and order make the same one.

        Raises: ProviderUnavailable, ProviderRefused.
        """

    def close_session(self, *, payment: KnownPayment) -> None:
        """Make a pay page useless, because nobody waits for the money any more; nothing to do if it ends by itself.

        Raises: ProviderUnavailable, ProviderRefused.
        """

    def verify(self, *, headers: Mapping[str, str], body: bytes, now: datetime) -> Notice:
        """Read a message that claims to come from the provider.

        Raises: NoticeRefused.
        """

    def payment_standing(self, *, payment: KnownPayment) -> PaymentAnswer:
        """Ask what became of a payment.

        Raises: ProviderUnavailable, ProviderRefused.
        """

    def capture(self, *, key: str, payment: KnownPayment) -> Standing:
        """Take all of the money that is held; asking again takes it once. Needed only where `authorises_for` is given.

        Raises: ProviderUnavailable, ProviderRefused, which says that it can never be taken any more.
        """

    def void(self, *, key: str, payment: KnownPayment) -> Standing:
        """Release the money that is held; FAILED says that nothing is held any more, which is as good.

        Raises: ProviderUnavailable, ProviderRefused.
        """

    def refund(self, *, key: str, payment: KnownPayment, amount_minor: int) -> Standing:
        """Ask for a refund under a key; the same key never refunds twice.

        Raises: ProviderUnavailable, ProviderRefused, ProviderNeedsPerson if asking again is of no use.
        """

    def refund_standing(self, *, key: str, payment: KnownPayment) -> Standing:
        """Ask what became of a refund; UNKNOWN says that the provider never saw the key.

        Raises: ProviderUnavailable, ProviderRefused.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class PaySheet:
    """What the browser inside WeChat needs to show the sheet on which the buyer pays, signed by the shop."""

    app_id: str
    time_stamp: str
    nonce: str
    package: str
    sign_type: str
    signature: str


@runtime_checkable
class InsideApp(Protocol):
    """What a provider can besides, whose payments are paid inside an app, on a sheet over a page of the shop.

    `outside` is the provider that takes payments everywhere else; one statement tells of both. `browser_mark` is the
    word by which the browser of the app is known. The app has to be asked who pays before it makes a payment.
    """

    outside: str
    browser_mark: str

    def ask_url(self, *, back: str, state: str) -> str:
        """Where the app says who pays: it sends the browser back with a code and with the state."""

    def payer_with(self, *, code: str) -> str:
        """Who came with a code that counts once.

        Raises: ProviderUnavailable, ProviderRefused.
        """

    def sheet(self, *, session_id: str) -> PaySheet:
        """What the sheet of a session needs, signed for this moment."""


_providers: dict[str, PaymentProvider] = {}
_offered: list[str] = []


def register_provider(provider: PaymentProvider) -> None:
    """Make a provider known under its name."""
    _providers[provider.name] = provider


def offer_providers(names: Iterable[str]) -> None:
    """Say which of the known providers buyers may choose from, in the order in which they see them."""
    _offered[:] = [name for name in names if name in _providers]


def offered_providers() -> list[PaymentProvider]:
    """The providers that take new payments."""
    return [_providers[name] for name in _offered]


def provider_named(name: str) -> PaymentProvider | None:
    """Find a provider, or None when the shop does not know it."""
    return _providers.get(name)


def provider_in_browser(name: str, browser: str) -> str:
    """The name of the provider that takes a payment in this browser: inside its app another one than outside."""
    inside = _inside_apps()
    outside = inside[name].outside if name in inside else name
    return next((key for key, app in inside.items() if app.outside == outside and app.browser_mark in browser), outside)


def names_on_statement(name: str) -> list[str]:
    """The providers of whose payments one statement tells."""
    return [name, *(key for key, app in _inside_apps().items() if app.outside == name)]


def _inside_apps() -> dict[str, InsideApp]:
    known: dict[str, object] = dict(_providers)
    return {name: each for name, each in known.items() if isinstance(each, InsideApp)}


def authorisation_limit() -> timedelta | None:
    """For how long each provider that is offered and can hold money does so; None if none of them can."""
    return min((each.authorises_for for each in offered_providers() if each.authorises_for), default=None)


def require_provider(name: str) -> PaymentProvider:
    """Find the provider of a payment that exists."""
    return _providers[name]
