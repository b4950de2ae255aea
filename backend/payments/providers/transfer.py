"""Bank transfer: the buyer sends the money, the bank's statement is the only word of it, and refunds go by hand."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from backend.payments.errors import ProviderNeedsPerson, ProviderRefused
from backend.payments.models import Verdict
from backend.payments.ports import (
    KnownPayment,
    Notice,
    NoticeRefused,
    PaymentAnswer,
    PaymentOrder,
    PaySession,
    Standing,
    TransferTerms,
)
from backend.payments.rules.transfers import BY_BANK


class TransferProvider:
    """The shop's own bank account."""

    name = "transfer"
    authorises_for: timedelta | None = None
    label: Mapping[str, str] = {"zh-Hans": "银行转账", "zh-Hant": "銀行轉帳", "en": "Bank transfer"}
    note: Mapping[str, str] = {
        "zh-Hans": "对公转账，到账后发货",
        "zh-Hant": "轉帳到公司戶頭，入帳後出貨",
        "en": "Sent once the money is here",
    }
    taken = ""

    def __init__(self, terms: TransferTerms) -> None:
        self.transfer: TransferTerms | None = terms

    def pay_url(self, order: PaymentOrder, *, shop_host: str) -> str | None:
        """The shop's own page, which says where to send the money and what to write."""
        return f"{order.return_url}/transfer"

    def open_session(self, order: PaymentOrder, *, key: str, until: datetime) -> PaySession:
        """Never needed: the page is the shop's own."""
        raise ProviderRefused("a transfer needs no session")

    def close_session(self, *, payment: KnownPayment) -> None:
        """Nothing to do: money that comes later is late money."""

    def verify(self, *, headers: Mapping[str, str], body: bytes, now: datetime) -> Notice:
        """A bank sends no messages.

        Raises: NoticeRefused.
        """
        raise NoticeRefused(Verdict.BAD_SIGNATURE)

    def payment_standing(self, *, payment: KnownPayment) -> PaymentAnswer:
        """Nobody can be asked; the next statement tells."""
        return PaymentAnswer(standing=Standing.PENDING)

    def capture(self, *, key: str, payment: KnownPayment) -> Standing:
        """Never needed: nothing is held here."""
        raise ProviderRefused("a bank holds no money here")

    def void(self, *, key: str, payment: KnownPayment) -> Standing:
        """Never needed: nothing is held here."""
        raise ProviderRefused("a bank holds no money here")

    def refund(self, *, key: str, payment: KnownPayment, amount_minor: int) -> Standing:
        """A person sends the money; the statement in which it stands settles the refund.

        Raises: ProviderNeedsPerson.
        """
        raise ProviderNeedsPerson(BY_BANK + key)

    def refund_standing(self, *, key: str, payment: KnownPayment) -> Standing:
        """Nobody can be asked, so nothing is known yet."""
        return Standing.UNKNOWN
