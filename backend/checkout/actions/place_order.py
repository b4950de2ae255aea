"""Placing an order: the price is agreed, the pieces are held, the payment is open."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.accounts.models import Address
from backend.cart.actions import take_ordered
from backend.checkout.actions.issue_invoice import wish_for_invoice
from backend.checkout.actions.settle_payment import settle_free_order
from backend.checkout.actions.work_out_price import Choices, work_out_price
from backend.checkout.errors import AddressNeeded, PriceChanged
from backend.checkout.invoice_rules import InvoiceFor
from backend.checkout.models import OrderAdjustment
from backend.checkout.rules import Quote, changes_since, check_note, money_text, pay_deadline
from backend.checkout.selectors import WantedLine, terms
from backend.core.idempotency import remember, replay_or_reserve
from backend.core.money import Money
from backend.core.rows import rows_where
from backend.fulfilment.actions import choose_delivery
from backend.fulfilment.models import DeliveryWindow
from backend.inventory.actions import reserve
from backend.orders.actions import NewLine, create_order
from backend.orders.models import Order, OrderKind
from backend.payments.actions import check_credit_confirmed, open_payment
from backend.payments.models import Payment
from backend.payments.selectors import latest_payments
from backend.promotions.actions import hold_adjustments
from backend.promotions.adjustments import source_of
from backend.promotions.basket import OfferedAdjustment


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a buyer asks for together with an order; none of it changes the price."""

    note: str = ""
    invoice: InvoiceFor | None = None
    delivery: tuple[date, DeliveryWindow] | None = None


@dataclass(frozen=True, slots=True)
class PlacedOrder:
    """A new order and the payment that is open for it."""

    order: Order
    payment: Payment


@transaction.atomic
def place_order(
    *,
    buyer_id: UUID,
    lines: Sequence[WantedLine],
    address_id: UUID | None,
    choices: Choices,
    quote_hash: str | None,
    via: str,
    provider: str,
    idempotency_key: UUID,
    now: datetime,
    wishes: Wishes = Wishes(),
    leaves_cart: bool = False,
) -> PlacedOrder:
    """Place an order at the price the buyer agreed to, hold what it needs, and open its payment.

    Without `quote_hash` the price of this moment is taken. An order with nothing left to pay is paid at once.
    `leaves_cart` takes the ordered variants out of the buyer's cart together with it.

    Raises: PriceChanged, OutOfStock, BasketEmpty, ProductUnavailable, AddressNeeded, OrderNotPayable, InvalidInput,
        KeyReused, BudgetExhausted, OfferTaken, OfferUsedUp, CouponNotUsable, CouponsDoNotCombine, CouponUsedUp,
        FlashAlreadyBought, FlashLimit, FlashNotForYou, FlashNotOpen, FlashOver, FlashPaused, FlashSoldOut,
        FlashTokenRefused, StoreCreditChanged, CreditNeedsProof, SlotNotOffered.
    Emits: OrderPlaced.
    """
    key: dict[str, Any] = {"principal_id": buyer_id, "action": "place_order", "key": idempotency_key}
    if answered := replay_or_reserve(
        **key, request=_request(lines, address_id=address_id, choices=choices, quote_hash=quote_hash, wishes=wishes)
    ):
        return placed_order(UUID(answered["orderId"]))

    address = _address(address_id, buyer_id=buyer_id)
    priced = work_out_price(
        lines=lines, choices=choices, buyer_id=buyer_id, region_code=str(address["region_code"]), now=now
    )
    check_price(priced, quote_hash=quote_hash)
    check_credit_confirmed(owner_id=buyer_id, amount_minor=_credit(priced), quote_hash=priced.hash, now=now)
    hold_adjustments(priced.adjustments)

    order = _write(priced, buyer_id=buyer_id, address=address, via=via, note=check_note(wishes.note), now=now)
    _keep_wishes(order, wishes, now=now)
    if leaves_cart:
        take_ordered(user_id=buyer_id, variant_ids=[line.variant_id for line in lines], now=now)
    _hold_stock(order, priced, now=now)
    if order.payable_minor == 0:
        placed = PlacedOrder(order, settle_free_order(order_id=order.id, now=now))
    else:
        placed = PlacedOrder(order, open_payment(order=order, provider=provider, now=now))
    remember(**key, answer={"orderId": order.id})
    return placed


def _request(
    lines: Sequence[WantedLine], *, address_id: UUID | None, choices: Choices, quote_hash: str | None, wishes: Wishes
) -> dict[str, object]:
    """What a repeated key must ask for again."""
    return {
        "lines": [[line.variant_id, line.quantity] for line in lines],
        "address": address_id,
        "choices": {kind: dict(choice) for kind, choice in choices.items()},
        "hash": quote_hash,
        **({"note": wishes.note} if wishes.note else {}),
        **({"invoice": asdict(wishes.invoice)} if wishes.invoice else {}),
        **({"delivery": [str(part) for part in wishes.delivery]} if wishes.delivery else {}),
    }


def _keep_wishes(order: Order, wishes: Wishes, *, now: datetime) -> None:
    """Write down what is asked for beside the goods; the order is new, so nobody waits for it."""
    if wishes.invoice:
        wish_for_invoice(order_id=order.id, buyer_id=order.buyer_id, wanted=wishes.invoice, now=now)
    if wishes.delivery:
        day, window = wishes.delivery
        choose_delivery(order_id=order.id, buyer_id=order.buyer_id, day=day, window=window, now=now)


def placed_order(order_id: UUID) -> PlacedOrder:
    """Find an order that was placed, with its payment."""
    order = Order.objects.get(pk=order_id)
    return PlacedOrder(order, latest_payments([order_id])[order_id])


def check_price(priced: Quote, *, quote_hash: str | None) -> None:
    """Insist that the price is the one the buyer agreed to.

    Raises: PriceChanged.
    """
    if quote_hash is None or quote_hash == priced.hash:
        return
    total = Money(priced.total_minor)
    raise PriceChanged(
        new_total=total,
        new_total_text=money_text(total),
        new_hash=priced.hash,
        changes=changes_since(quote_hash, priced),
    )


def _address(address_id: UUID | None, *, buyer_id: UUID) -> dict[str, object]:
    if address_id is None:
        raise AddressNeeded
    found = rows_where(Address, "WHERE id = %s AND user_id = %s", [address_id, buyer_id])
    if not found:
        raise AddressNeeded
    row = found[0]
    return {
        "name": row.name,
        "phone": row.phone,
        "province": row.province,
        "city": row.city,
        "district": row.district,
        "line": row.line,
        "region_code": row.region_code,
    }


def _credit(priced: Quote) -> int:
    """How much of a price store credit pays."""
    return sum(each.amount_minor for each in priced.adjustments if each.is_tender)


def _write(
    priced: Quote, *, buyer_id: UUID, address: Mapping[str, object], via: str, note: str, now: datetime
) -> Order:
    """Write the order with its adjustments, and let each source take what it needs."""
    waits = [each for each in priced.adjustments if each.makes_group_order]
    order = create_order(
        buyer_id=buyer_id,
        kind=OrderKind.GROUP if waits else OrderKind.SINGLE,
        lines=[_new_line(priced, position) for position in range(len(priced.lines))],
        shipping_minor=priced.shipping_minor,
        address=address,
        campaign_id=next((each.campaign_id for each in priced.adjustments if each.campaign_id), None),
        via=via,
        pay_deadline_at=pay_deadline(priced.adjustments, terms=terms(), now=now),
        now=now,
        tendered_minor=priced.priced.tendered_minor,
        note=note,
        captures_later=any(each.captures_later for each in waits),
    )
    for offered in priced.adjustments:
        keep_adjustment(order, offered, now=now)
    return order


def keep_adjustment(order: Order, offered: OfferedAdjustment, *, now: datetime) -> None:
    """Write down one adjustment of a new order, and let its source take what it needs."""
    adjustment = OrderAdjustment.objects.create(order=order, made_at=now, **_columns(offered))
    source_of(offered.kind).commit(order=order, adjustment=adjustment, now=now)


def _new_line(priced: Quote, position: int) -> NewLine:
    line = priced.lines[position]
    return NewLine(
        variant_id=line.variant_id,
        product_id=line.product_id,
        product_slug=line.product_slug,
        title=line.title,
        option_title=line.option_title,
        picture_id=line.picture_id,
        quantity=line.quantity,
        unit_minor=line.unit_minor,
        discount_minor=priced.discount_of(line),
        is_gift=line.is_gift,
    )


def _columns(offered: OfferedAdjustment) -> dict[str, Any]:
    return {
        "kind": offered.kind,
        "reference_id": offered.reference_id,
        "campaign_id": offered.campaign_id,
        "rule_version": offered.rule_version,
        "amount_minor": offered.amount_minor,
        "per_line": {str(variant_id): amount for variant_id, amount in offered.per_line.items()},
        "label": dict(offered.label),
        "explanation": [dict(sentence) for sentence in offered.explanation],
        "facts": dict(offered.facts),
    }


def _hold_stock(order: Order, priced: Quote, *, now: datetime) -> None:
    """Hold the pieces last, so that a much wanted variant is locked as briefly as possible."""
    reserve(order_id=order.id, demand=[(line.variant_id, line.quantity) for line in priced.lines], now=now)
