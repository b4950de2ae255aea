"""How much goes back. Everything comes from what the order stored; no price is looked up again.

The pieces of a line share what was paid for it. Their shares are cut in order, so that all pieces together give
exactly what was paid, whatever the order in which they come back, and never a fen more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from backend.core.money import allocate_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidLine:
    """One line of an order, with what has been claimed of it: pieces and their shares, settled or in open cases."""

    line_id: UUID
    quantity: int
    unit_minor: int
    total_minor: int
    taken_quantity: int = 0
    taken_minor: int = 0
    is_gift: bool = False
    discounts: Mapping[str, int] = field(default_factory=dict)

    @property
    def left_quantity(self) -> int:
        """The pieces that can still be claimed."""
        return max(0, self.quantity - self.taken_quantity)

    @property
    def left_minor(self) -> int:
        """What can still go back for the line."""
        return max(0, self.total_minor - self.taken_minor)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineShare:
    """What was paid for some pieces of a line, how it comes about, and what goes back for them."""

    line_id: UUID
    quantity: int
    price_minor: int
    discounts: Mapping[str, int]
    share_minor: int
    amount_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundSum:
    """What a case gives back, and how it comes about."""

    lines: tuple[LineShare, ...]
    shipping_minor: int = 0
    recomputed_minor: int = 0

    @property
    def goods_minor(self) -> int:
        """What goes back for the pieces."""
        return sum(line.amount_minor for line in self.lines)

    @property
    def total_minor(self) -> int:
        """What goes back altogether."""
        return self.goods_minor + self.shipping_minor


def share_of(line: PaidLine, quantity: int) -> int:
    """What was paid for the next pieces of a line; the last piece takes what is left."""
    if quantity >= line.left_quantity:
        return line.left_minor
    before = line.total_minor * line.taken_quantity // line.quantity
    after = line.total_minor * (line.taken_quantity + quantity) // line.quantity
    return min(after - before, line.left_minor)


def discounts_of(line: PaidLine, *, quantity: int, share_minor: int) -> dict[str, int]:
    """What each discount took off the pieces; the parts always add up to price minus share."""
    taken_off = line.unit_minor * quantity - share_minor
    names = sorted(line.discounts)
    if taken_off <= 0 or not names:
        return {}
    parts = allocate_whole(taken_off, [line.discounts[name] for name in names])
    return {name: part for name, part in zip(names, parts, strict=True) if part}


def sum_up(
    lines: Sequence[PaidLine],
    pieces: Mapping[UUID, int],
    *,
    priced: Mapping[UUID, int],
    order_shipping_minor: int,
    shipping_given_minor: int,
    gives_shipping: bool,
) -> RefundSum:
    """Work out what goes back for the chosen pieces.

    `priced` says per line what the stored promotions let go back when the pieces that stay are priced again; it only
    ever lowers a share. `gives_shipping` says that nothing of the order stays for a reason that is the shop's, or that
    nothing was sent.
    """
    shares = [_line_share(line, pieces[line.line_id]) for line in lines if pieces.get(line.line_id)]
    cut = [_cut(each, priced.get(each.line_id, 0)) for each in shares]
    gives = gives_shipping and takes_everything(lines, pieces)
    return RefundSum(
        lines=tuple(cut),
        shipping_minor=max(0, order_shipping_minor - shipping_given_minor) if gives else 0,
        recomputed_minor=sum(each.share_minor for each in shares) - sum(each.share_minor for each in cut),
    )


def takes_everything(lines: Sequence[PaidLine], pieces: Mapping[UUID, int]) -> bool:
    """Whether nothing that was paid for stays with the buyer."""
    paid = [line for line in lines if not line.is_gift]
    return all(pieces.get(line.line_id, 0) == line.left_quantity for line in paid)


def cut_to(decided_minor: int, *, amounts: Sequence[int], shipping_minor: int) -> tuple[list[int], int]:
    """Cut a case to what was decided: shipping first as it is, the rest over the lines by what each asked for."""
    shipping = min(shipping_minor, decided_minor)
    goods = min(decided_minor - shipping, sum(amounts))
    return (allocate_whole(goods, amounts) if sum(amounts) else [0] * len(amounts)), shipping


def price_difference(line: PaidLine, *, price_now_minor: int) -> int:
    """What the pieces that are left would cost less now."""
    if line.left_quantity == 0:
        return 0
    return max(0, line.left_minor - price_now_minor * line.left_quantity)


def price_share(line: PaidLine, *, price_now_minor: int, amount_minor: int) -> LineShare:
    """The difference to today's price for the pieces that are left."""
    return LineShare(
        line_id=line.line_id,
        quantity=line.left_quantity,
        price_minor=line.left_minor,
        discounts={"price_now": price_now_minor * line.left_quantity},
        share_minor=amount_minor,
        amount_minor=amount_minor,
    )


def kept_share(line: PaidLine, quantity: int) -> LineShare:
    """Pieces that are exchanged or repaired: they are claimed, and no money goes back."""
    share = share_of(line, quantity)
    return LineShare(
        line_id=line.line_id,
        quantity=quantity,
        price_minor=line.unit_minor * quantity,
        discounts={},
        share_minor=share,
        amount_minor=0,
    )


def _line_share(line: PaidLine, quantity: int) -> LineShare:
    share = share_of(line, quantity)
    return LineShare(
        line_id=line.line_id,
        quantity=quantity,
        price_minor=line.unit_minor * quantity,
        discounts=discounts_of(line, quantity=quantity, share_minor=share),
        share_minor=share,
        amount_minor=share,
    )


def _cut(share: LineShare, most_minor: int) -> LineShare:
    """Let no more go back than the kept pieces leave; what is held back here comes back with the last of them."""
    minor = min(share.share_minor, max(0, most_minor))
    return replace(share, share_minor=minor, amount_minor=minor)
