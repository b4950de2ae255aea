"""What a basket costs, and how a price that moved is told. No database, no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext_lazy as _

from backend.core.errors import InvalidInput
from backend.core.money import Money
from backend.promotions.basket import OfferedAdjustment, line_key
from backend.promotions.pricing import PricedBasket

SALT = "backend.checkout.quote"
NOT_PAID = "not_paid_in_time"
BY_BUYER = "cancelled_by_buyer"
LATE = "late_payment"
SECOND = "second_payment"
NOT_TAKEN = "money_not_taken"
LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the shop has configured about paying."""

    pay_within: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfLine:
    """One chosen variant, or a gift, as it stands on the shelf now."""

    variant_id: UUID
    product_id: UUID
    category_id: UUID
    product_slug: str
    title: Mapping[str, str]
    option_title: Mapping[str, str]
    picture_id: UUID | None
    quantity: int
    unit_minor: int
    is_gift: bool = False

    @property
    def key(self) -> UUID:
        """The name of the line in what each adjustment took."""
        return line_key(self.variant_id, is_gift=self.is_gift)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What a basket costs, with what its lines look like."""

    lines: tuple[ShelfLine, ...]
    priced: PricedBasket
    free_shipping_from_minor: int = 0

    @property
    def adjustments(self) -> tuple[OfferedAdjustment, ...]:
        """Everything that took part, in the order in which it was taken off."""
        return self.priced.adjustments

    @property
    def items_minor(self) -> int:
        """The lines before anything is taken off."""
        return self.priced.items_minor

    @property
    def shipping_minor(self) -> int:
        """What sending costs."""
        return self.priced.shipping_minor

    @property
    def total_minor(self) -> int:
        """The price."""
        return self.priced.total_minor

    @property
    def tendered_minor(self) -> int:
        """What is paid from store credit and the like."""
        return self.priced.tendered_minor

    @property
    def payable_minor(self) -> int:
        """What is left to pay with money."""
        return self.priced.payable_minor

    @property
    def hash(self) -> str:
        """The signed sum of this price. Equal prices give equal hashes; the numbers can be read back from it."""
        return Signer(salt=SALT).sign_object(priced_facts(self), compress=True)

    def discount_of(self, line: ShelfLine) -> int:
        """What is taken off one line."""
        return self.priced.discount_of(line.key)


def pay_deadline(adjustments: Sequence[OfferedAdjustment], *, terms: Terms, now: datetime) -> datetime:
    """The earliest of the shop's own time to pay and what each adjustment allows."""
    return min([now + terms.pay_within, *(each.pay_by for each in adjustments if each.pay_by is not None)])


def priced_facts(quote: Quote) -> dict[str, Any]:
    """The numbers of a price that the buyer agrees to."""
    return {
        "l": [[line.key.hex, line.quantity, line.unit_minor] for line in quote.lines],
        "a": [
            [each.kind, each.reference_id.hex if each.reference_id else "", each.amount_minor]
            for each in quote.adjustments
        ],
        "s": quote.shipping_minor,
        "t": quote.total_minor,
        "p": quote.payable_minor,
    }


def changes_since(quote_hash: str, quote: Quote) -> list[dict[str, object]]:
    """Say what is different from the price that was agreed to, in the order of the page."""
    try:
        before = Signer(salt=SALT).unsign_object(quote_hash)
    except (BadSignature, ValueError):
        return [_change("total", None, None, quote.total_minor)]
    after = priced_facts(quote)
    changes = _line_changes(before["l"], quote)
    changes += _adjustment_changes(before["a"], quote)
    for what, name in (("shipping", "s"), ("total", "t"), ("payable", "p")):
        if before.get(name) != after[name] and not (what == "payable" and after["p"] == after["t"]):
            changes.append(_change(what, None, before.get(name), after[name]))
    return changes


def check_note(note: str) -> str:
    """Make one clean line of what the buyer wants to tell.

    Raises: InvalidInput.
    """
    tidy = " ".join("".join(letter if letter.isprintable() else " " for letter in note).split())
    if len(tidy) > LONGEST_NOTE:
        raise InvalidInput("note", _("Write at most %(most)s letters.") % {"most": LONGEST_NOTE})
    return tidy


def money_text(money: Money) -> str:
    """Write an amount for a sentence."""
    return f"¥{money.minor // 100}.{money.minor % 100:02d}"


def _line_changes(before: list[list[Any]], quote: Quote) -> list[dict[str, object]]:
    """Lines whose price moved, and gifts that came, went or became more or fewer."""
    old = {key: (quantity, unit) for key, quantity, unit in before}
    changes = []
    for line in quote.lines:
        quantity, unit = old.pop(line.key.hex, (0, None))
        if line.is_gift:
            if quantity != line.quantity:
                changes.append(_change("gift", dict(line.title), quantity, line.quantity))
        elif unit != line.unit_minor:
            changes.append(_change("unitPrice", dict(line.title), unit, line.unit_minor))
    return changes + [_change("gift", None, quantity, 0) for quantity, _unit in old.values()]


def _adjustment_changes(before: list[list[Any]], quote: Quote) -> list[dict[str, object]]:
    old = {(kind, reference): amount for kind, reference, amount in before}
    new = {_reference(each): each for each in quote.adjustments}
    return [
        _change(
            key[0],
            dict(new[key].label) if key in new else None,
            old.get(key),
            new[key].amount_minor if key in new else None,
        )
        for key in sorted(old.keys() | new.keys())
        if old.get(key) != (new[key].amount_minor if key in new else None)
    ]


def _reference(adjustment: OfferedAdjustment) -> tuple[str, str]:
    return adjustment.kind, adjustment.reference_id.hex if adjustment.reference_id else ""


def _change(what: str, title: dict[str, str] | None, before: int | None, after: int | None) -> dict[str, object]:
    return {"what": what, "title": title, "beforeMinor": before, "afterMinor": after}
