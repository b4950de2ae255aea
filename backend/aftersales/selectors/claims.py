"""What of an order can still be asked for, and what it comes to. Whoever decides by it holds the order first."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Sum

from backend.aftersales import errors
from backend.aftersales.models import AfterSaleCase, CaseLine, CaseType, CategoryTerms, Claim, Standing
from backend.aftersales.ports import repair_cover
from backend.aftersales.rules import amounts, moves, windows
from backend.aftersales.rules.amounts import LineShare, PaidLine, RefundSum
from backend.aftersales.rules.windows import ReturnTerms
from backend.catalogue.models import Product
from backend.catalogue.selectors import sellable_variants
from backend.checkout.models import OrderAdjustment
from backend.checkout.selectors import adjustments_of
from backend.core.clock import business_day
from backend.core.errors import InvalidInput, NotFound
from backend.orders.models import Order, OrderKind, OrderLine, OrderState
from backend.promotions.basket import line_key
from backend.promotions.rules.refunds import RefundSum as PromotedSum
from backend.promotions.selectors import refund_of_pieces

TENDER = frozenset({"store_credit"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a buyer asks for: pieces by line, and for an exchange the variant wanted instead."""

    type: str
    reason: str
    pieces: Mapping[UUID, int]
    instead: Mapping[UUID, UUID]


@dataclass(slots=True, kw_only=True)
class StoredLine:
    """A line of an order with what open cases have claimed of it counted as given back."""

    pk: UUID
    variant_id: UUID
    product_id: UUID
    quantity: int
    unit_minor: int
    discount_minor: int
    refunded_quantity: int
    refunded_minor: int
    is_gift: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedOut:
    """What a wish comes to, before anybody has confirmed it."""

    order: Order
    is_sent: bool
    sum: RefundSum
    subsidy_minor: int
    steps: tuple[dict[str, Any], ...]
    under_cover: Mapping[UUID, int]


def is_sent(order: Order) -> bool:
    """Whether any parcel of an order has left."""
    return order.shipped_at is not None or order.state == OrderState.FULFILLING


def terms_of(category_ids: Sequence[UUID]) -> dict[UUID, ReturnTerms]:
    """How long things of each category can be sent back."""
    found = {row.category_id: row for row in CategoryTerms.objects.filter(category_id__in=set(category_ids))}
    return {
        category_id: ReturnTerms(
            no_reason_days=row.no_reason_days,
            quality_days=row.quality_days,
            is_fresh=row.is_fresh,
            is_customised=row.is_customised,
        )
        if (row := found.get(category_id))
        else ReturnTerms()
        for category_id in category_ids
    }


def terms_of_products(product_ids: Sequence[UUID]) -> dict[UUID, ReturnTerms]:
    """How long each product can be sent back."""
    shelves = dict(Product.objects.filter(pk__in=set(product_ids)).values_list("pk", "category_id"))
    terms = terms_of(list(shelves.values()))
    return {product_id: terms[category_id] for product_id, category_id in shelves.items()}


def paid_lines(lines: Sequence[OrderLine]) -> list[PaidLine]:
    """The lines of one order with everything that was claimed of them."""
    quantities: Counter[UUID] = Counter()
    shares: Counter[UUID] = Counter()
    settled: Counter[UUID] = Counter()
    for claim in CaseLine.objects.filter(order_line__in=lines).exclude(standing=Standing.VOID):
        shares[claim.order_line_id] += claim.share_minor
        if claim.standing == Standing.SETTLED:
            settled[claim.order_line_id] += claim.amount_minor
        elif claim.claim == Claim.PIECES:
            quantities[claim.order_line_id] += claim.quantity
    discounts = _discounts(lines)
    return [
        PaidLine(
            line_id=line.id,
            quantity=line.quantity,
            unit_minor=line.unit_minor,
            total_minor=line.total_minor,
            taken_quantity=line.refunded_quantity + quantities[line.id],
            taken_minor=shares[line.id] + max(0, line.refunded_minor - settled[line.id]),
            is_gift=line.is_gift,
            discounts=discounts[line.id],
        )
        for line in lines
    ]


def shipping_given(order_id: UUID) -> int:
    """What of the shipping is claimed already, by cases that came to something or may."""
    standing = AfterSaleCase.objects.filter(order_id=order_id).exclude(state__in=moves.WITHOUT_EFFECT)
    return standing.aggregate(total=Sum("shipping_minor"))["total"] or 0


def work_out(order: Order, lines: Sequence[OrderLine], wanted: Wanted, *, now: datetime) -> WorkedOut:
    """Check a wish and work out what it comes to.

    Raises: NotEligible, AwaitsGroup, TypeNotPossible, WindowClosed, NeverReturnable, TooManyPieces, NothingToGiveBack,
        PriceNotLower, ProtectedAlready, VariantNotPossible, NotFound, InvalidInput.
    """
    check_order(order)
    sent = is_sent(order)
    if wanted.type not in windows.types_for(is_sent=sent):
        raise errors.TypeNotPossible
    if wanted.reason not in windows.reasons_for(wanted.type, is_sent=sent):
        raise errors.TypeNotPossible(field="reason")
    by_id = {line.id: line for line in lines}
    paid = paid_lines(lines)
    check_pieces(paid, wanted.pieces)
    cover = _check_windows(order, [by_id[line_id] for line_id in wanted.pieces], wanted, sent=sent, now=now)
    said: Sequence[Mapping[str, str]] = ()
    if wanted.type == "PRICE_PROTECTION":
        total = _price_sum(paid, wanted.pieces, by_id)
    elif moves.REMEDY_OF[wanted.type] != "REFUND":
        _check_instead(by_id, wanted)
        total = _without_money(paid, wanted.pieces)
    else:
        priced = priced_again(order, lines, paid, wanted)
        total, said = _refund_sum(order, paid, priced, wanted, sent=sent), priced.steps
    return WorkedOut(
        order=order,
        is_sent=sent,
        sum=total,
        subsidy_minor=windows.subsidy_for(wanted.type, wanted.reason),
        steps=tuple(_steps(total, by_id, said)) if total.total_minor else (),
        under_cover=cover,
    )


def check_order(order: Order) -> None:
    """Refuse an order that cannot have an after-sale.

    Raises: AwaitsGroup, NotEligible.
    """
    if order.state == OrderState.AWAITING_GROUP:
        raise errors.AwaitsGroup
    if order.state not in windows.ELIGIBLE or order.kind == OrderKind.SERVICE:
        raise errors.NotEligible(state=order.state)


def check_pieces(paid: Sequence[PaidLine], pieces: Mapping[UUID, int]) -> None:
    """Refuse pieces that are not there to be returned.

    Raises: TooManyPieces, NotFound, InvalidInput.
    """
    left = {line.line_id: line.left_quantity for line in paid}
    if not pieces:
        raise InvalidInput("pieces")
    for line_id, quantity in pieces.items():
        if line_id not in left:
            raise NotFound
        if quantity < 1:
            raise InvalidInput("pieces")
        if quantity > left[line_id]:
            raise errors.TooManyPieces(line_id=line_id, left=left[line_id])


def auto_approves(case: AfterSaleCase) -> bool:
    """Whether time approves a case that nobody decided: only where little is at stake and nobody said to look first."""
    return not case.inspects_first and case.requested_minor <= settings.AFTER_SALES_AUTO_APPROVE_MINOR


def _discounts(lines: Sequence[OrderLine]) -> dict[UUID, dict[str, int]]:
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    order_ids = {line.order_id for line in lines}
    for each in OrderAdjustment.objects.filter(order_id__in=order_ids).exclude(kind__in=TENDER):
        for line in lines:
            if line.order_id == each.order_id and (
                amount := each.per_line.get(str(line_key(line.variant_id, is_gift=line.is_gift)))
            ):
                found[line.id][str(each.id)] = amount
    return found


def covered_until(line_ids: Sequence[UUID], *, now: datetime) -> Mapping[UUID, tuple[int, datetime]]:
    """The pieces that somebody else repairs after the shop's own time, and until when."""
    cover = repair_cover()
    return cover.covered(line_ids, now=now) if cover else {}


def _check_windows(
    order: Order, lines: Sequence[OrderLine], wanted: Wanted, *, sent: bool, now: datetime
) -> dict[UUID, int]:
    """Refuse what comes too late; the answer is which pieces are repaired under a plan, because the window is over."""
    terms = terms_of_products([line.product_id for line in lines])
    covered = covered_until([line.id for line in lines], now=now) if wanted.type == CaseType.REPAIR else {}
    under_cover: dict[UUID, int] = {}
    for line in lines:
        ends = windows.window_ends(
            wanted.type,
            wanted.reason,
            terms=terms[line.product_id],
            paid_at=order.paid_at or order.placed_at,
            delivered_at=order.delivered_at,
            is_sent=sent,
        )
        if sent and windows.window_days(wanted.type, wanted.reason, terms=terms[line.product_id]) == 0:
            raise errors.NeverReturnable(line_id=line.id)
        if ends is not None and now >= ends:
            if covered.get(line.id, (0, now))[0] < wanted.pieces[line.id]:
                raise errors.WindowClosed(ended_on=business_day(ends))
            under_cover[line.id] = wanted.pieces[line.id]
    return under_cover


def _check_instead(lines: Mapping[UUID, OrderLine], wanted: Wanted) -> None:
    if wanted.type != "EXCHANGE":
        return
    on_sale = sellable_variants(list(wanted.instead.values()))
    for line_id in wanted.pieces:
        chosen = on_sale.get(wanted.instead[line_id]) if line_id in wanted.instead else None
        if chosen is None or chosen.product_id != lines[line_id].product_id:
            raise errors.VariantNotPossible


def priced_again(order: Order, lines: Sequence[OrderLine], paid: Sequence[PaidLine], wanted: Wanted) -> PromotedSum:
    """What the stored promotions let go back when the pieces that stay are priced again."""
    by_id = {line.line_id: line for line in paid}
    stored = [
        StoredLine(
            pk=line.pk,
            variant_id=line.variant_id,
            product_id=line.product_id,
            quantity=line.quantity,
            unit_minor=line.unit_minor,
            discount_minor=line.discount_minor,
            refunded_quantity=by_id[line.pk].taken_quantity,
            refunded_minor=by_id[line.pk].taken_minor,
            is_gift=line.is_gift,
        )
        for line in lines
    ]
    return refund_of_pieces(lines=stored, adjustments=adjustments_of([order.id])[order.id], pieces=wanted.pieces)


def _refund_sum(
    order: Order, paid: Sequence[PaidLine], priced: PromotedSum, wanted: Wanted, *, sent: bool
) -> RefundSum:
    total = amounts.sum_up(
        paid,
        wanted.pieces,
        priced=priced.per_line,
        order_shipping_minor=order.shipping_minor,
        shipping_given_minor=shipping_given(order.id),
        gives_shipping=windows.gives_shipping_back(reason=wanted.reason, is_sent=sent),
    )
    if total.total_minor == 0:
        raise errors.NothingToGiveBack
    return total


def _price_sum(paid: Sequence[PaidLine], pieces: Mapping[UUID, int], lines: Mapping[UUID, OrderLine]) -> RefundSum:
    """What all pieces that are left of the chosen lines would cost less today."""
    asked = CaseLine.objects.filter(order_line_id__in=pieces, claim=Claim.PRICE).exclude(standing=Standing.VOID)
    if known := asked.first():
        raise errors.ProtectedAlready(line_id=known.order_line_id)
    today = sellable_variants([lines[line_id].variant_id for line_id in pieces])
    shares = []
    for line in paid:
        variant = today.get(lines[line.line_id].variant_id)
        if line.line_id not in pieces or variant is None:
            continue
        if less := amounts.price_difference(line, price_now_minor=variant.price_minor):
            shares.append(amounts.price_share(line, price_now_minor=variant.price_minor, amount_minor=less))
    if not shares:
        raise errors.PriceNotLower
    return RefundSum(lines=tuple(shares))


def _without_money(paid: Sequence[PaidLine], pieces: Mapping[UUID, int]) -> RefundSum:
    return RefundSum(
        lines=tuple(amounts.kept_share(line, pieces[line.line_id]) for line in paid if line.line_id in pieces)
    )


def _steps(
    total: RefundSum, lines: Mapping[UUID, OrderLine], said: Sequence[Mapping[str, str]]
) -> list[dict[str, Any]]:
    """How the sum comes about, ready to be kept with the case and said in any language."""
    labels = {str(each.id): each.label for each in _adjustments(lines)}
    steps: list[dict[str, Any]] = []
    for line in total.lines:
        title = lines[line.line_id].title
        if "price_now" in line.discounts:
            steps += _price_steps(line, title)
            continue
        steps.append({"key": "pieces", "title": title, "quantity": line.quantity, "minor": line.price_minor})
        steps += [
            {"key": "discount", "title": labels.get(name, {}), "minor": -minor}
            for name, minor in line.discounts.items()
        ]
    if total.shipping_minor:
        steps.append({"key": "shipping", "minor": total.shipping_minor})
    if total.recomputed_minor:
        steps.append({"key": "recomputed", "minor": -total.recomputed_minor})
        steps += [{"key": "note", "title": dict(sentence), "minor": None} for sentence in said]
    return steps


def _price_steps(line: LineShare, title: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {"key": "paid", "title": title, "quantity": line.quantity, "minor": line.price_minor},
        {"key": "price_now", "title": title, "quantity": line.quantity, "minor": -line.discounts["price_now"]},
    ]


def _adjustments(lines: Mapping[UUID, OrderLine]) -> list[OrderAdjustment]:
    return list(OrderAdjustment.objects.filter(order_id__in={line.order_id for line in lines.values()}))
