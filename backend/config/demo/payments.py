"""What makes the payments desk and the wallets worth a look: credit, messages, statements, a hold, bank transfers."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from backend.accounts.models import Address, User
from backend.catalogue.models import ProductState, Variant
from backend.checkout.actions import place_order, receive_notice
from backend.checkout.selectors import WantedLine
from backend.config.demo.trade import PROVIDER
from backend.core.clock import BUSINESS_ZONE
from backend.payments.actions import choose_payment, grant_store_credit, keep_refused_event, reconcile
from backend.payments.actions.judge_payment import judge_payment
from backend.payments.models import Payment, PaymentState, Verdict
from backend.payments.ports import Notice, offered_providers
from backend.payments.providers.amounts import yuan

LATE = {
    "zh-Hans": "包裹晚到两天，我们说声抱歉",
    "zh-Hant": "包裹晚到兩天，我們說聲抱歉",
    "en": "Your parcel was two days late; sorry",
}
BROKEN = {
    "zh-Hans": "陶盆到货有磕碰，补偿给你",
    "zh-Hant": "陶盆到貨有磕碰，補償給你",
    "en": "A pot arrived chipped; this is for you",
}
WELCOME = {
    "zh-Hans": "帮我们找到商品页的错误，谢谢",
    "zh-Hant": "幫我們找到商品頁的錯誤，謝謝",
    "en": "You found a mistake on a page; thank you",
}
GRANTS = ((40, 1500, LATE), (21, 2600, BROKEN), (3, 800, WELCOME))
HEAD = "id,type,reference,transaction,refund_key,amount,currency,at"


def show_payments(*, shoppers: Sequence[User], desk_id: UUID, now: datetime) -> None:
    """Give credit to the three demo shoppers and something to look at to those at the desk."""
    for number, shopper in enumerate(shoppers[:3]):
        for days, amount, reason in GRANTS[number:]:
            at, source = now - timedelta(days=days), ("demo", f"credit-{number}-{days}")
            grant_store_credit(user_id=shopper.pk, amount_minor=amount, reason=reason, source=source, now=at)
    _pay_by_bank(shoppers[1:3], desk_id=desk_id, now=now)
    paid = list(Payment.objects.filter(provider=PROVIDER, state=PaymentState.SUCCEEDED).order_by("-captured_at")[:12])
    if len(paid) < 4:
        return
    _hold_messages(paid[0], now=now)
    _compare(paid[1:], desk_id=desk_id, now=now)
    _hold_payment(now=now)


def _hold_messages(payment: Payment, *, now: datetime) -> None:
    """A forged message, one about nobody, and a dispute."""
    keep_refused_event(
        provider=PROVIDER, verdict=Verdict.BAD_SIGNATURE, body=b'{"id":"evt_x","type":"payment.succeeded"}', now=now
    )
    for name, kind, reference, amount in (
        ("evt_demo_nobody", "payment.succeeded", "no-such-payment", 9_900),
        ("evt_demo_dispute", "payment.disputed", payment.reference, payment.amount_minor),
    ):
        notice = Notice(
            provider=PROVIDER, event_id=name, kind=kind, reference=reference, amount_minor=amount, currency="CNY",
            provider_reference=payment.provider_reference, body=f'{{"id":"{name}","type":"{kind}"}}'.encode(),
        )  # fmt: skip
        receive_notice(notice=notice, now=now)


def _compare(paid: Sequence[Payment], *, desk_id: UUID, now: datetime) -> None:
    """A statement in which one amount differs and one payment is of nobody."""
    lines = [HEAD]
    for number, payment in enumerate(paid):
        amount = payment.amount_minor + (100 if number == 1 else 0)
        at = payment.captured_at or now
        lines.append(f"demo-{number},payment,{payment.reference},,,{amount},CNY,{at:%Y-%m-%dT%H:%M:%S%z}")
    at = paid[0].captured_at or now
    lines.append(f"demo-nobody,payment,walk-in,,,6600,CNY,{at:%Y-%m-%dT%H:%M:%S%z}")
    content = "\n".join(lines).encode()
    reconcile(provider=PROVIDER, file_name=f"sandbox-{now:%Y-%m-%d}.csv", content=content, by=desk_id, now=now)


def _pay_by_bank(shoppers: Sequence[User], *, desk_id: UUID, now: datetime) -> None:
    """Two orders by bank transfer: the first waits for its money, the second one's stands in the bank's statement."""
    terms = next((each.transfer for each in offered_providers() if each.transfer), None)
    if terms is None:
        return
    dear = Variant.objects.filter(price_minor__gte=terms.from_minor, product__state=ProductState.PUBLISHED)
    pairs = zip(shoppers, dear.order_by("price_minor", "pk")[:2], strict=False)
    waiting = [_by_bank(*pair, at=now - timedelta(hours=30)) for pair in pairs]
    for number, payment in enumerate(waiting[1:]):
        at = (now - timedelta(hours=3)).astimezone(BUSINESS_ZONE)
        amount = yuan(payment.amount_minor)
        row = f"demo-bank-{number},{at:%Y-%m-%d %H:%M:%S},{amount},,买家,{payment.reference}"
        content = f"交易流水号,交易时间,收入金额,支出金额,对方户名,附言\n{row}\n".encode()
        reconcile(provider=payment.provider, file_name="bank.csv", content=content, by=desk_id, now=now)


def _by_bank(buyer: User, variant: Variant, *, at: datetime) -> Payment:
    placed = place_order(
        buyer_id=buyer.pk,
        lines=[WantedLine(variant.pk, 1)],
        address_id=Address.objects.filter(user=buyer).order_by("-is_default").values_list("pk", flat=True)[0],
        choices={},
        quote_hash=None,
        via="",
        provider=PROVIDER,
        idempotency_key=uuid5(variant.pk, "demo transfer"),
        now=at,
    )
    chosen_at = at + timedelta(minutes=1)
    return choose_payment(order_id=placed.order.pk, buyer_id=buyer.pk, provider="transfer", now=chosen_at)


def _hold_payment(*, now: datetime) -> None:
    """Eight people who went to pay from one device: the last waits for a person."""
    tried = Payment.objects.select_related("order").order_by("order__buyer_id").distinct("order__buyer_id")[:8]
    for payment in tried:
        judge_payment(payment_id=payment.pk, buyer_id=payment.order.buyer_id, device="one device", address="", now=now)
