"""Buying as the people of the demo do it: an order, then the provider's word that it is paid."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from backend.accounts.models import Address, User
from backend.catalogue.models import Product, Variant
from backend.checkout.actions import PlacedOrder, place_order, receive_notice
from backend.checkout.selectors import WantedLine
from backend.config.demo.parcels import plan_parcel
from backend.config.demo.play import Play
from backend.payments.models import Payment, Refund
from backend.payments.ports import Notice

PROVIDER = "sandbox"


class Market:
    """The goods by slug, the dice, and what every purchase needs."""

    def __init__(self, *, products: dict[str, Product], dice: random.Random, play: Play) -> None:
        self.products = products
        self.dice = dice
        self.play = play
        self._variants: dict[UUID, list[Variant]] = {}
        for variant in Variant.objects.filter(product__in=products.values()).order_by("product", "position"):
            self._variants.setdefault(variant.product_id, []).append(variant)
        self._addresses = dict(Address.objects.filter(is_default=True).values_list("user_id", "pk"))
        self._favourites = sorted(products, key=lambda slug: -products[slug].rank)

    def key(self) -> UUID:
        """An idempotency key that is the same in every making."""
        return UUID(int=self.dice.getrandbits(128), version=4)

    def product(self) -> Product:
        """Something that is bought often more often."""
        place = min(int(self.dice.expovariate(1 / 28)), len(self._favourites) - 1)
        return self.products[self._favourites[place]]

    def variant_of(self, product: Product) -> Variant:
        """One kind of it, the first ones more often."""
        kinds = self._variants[product.pk]
        return kinds[min(int(self.dice.expovariate(1.1)), len(kinds) - 1)]

    def address_of(self, buyer: User) -> UUID:
        """Where the buyer's parcels go."""
        return self._addresses[buyer.pk]

    def move_in(self, buyer_id: UUID, address_id: UUID) -> None:
        """Note the address of somebody who came later."""
        self._addresses[buyer_id] = address_id

    def buy(
        self, *, buyer: User, products: Sequence[Product], at: datetime, via: str = "", sends: bool = True
    ) -> PlacedOrder:
        """Buy these alone and pay a minute later; what is not sent waits at the desk."""
        placed = place_order(
            buyer_id=buyer.pk,
            lines=[WantedLine(self.variant_of(product).pk, self._quantity()) for product in products],
            address_id=self.address_of(buyer),
            choices={},
            quote_hash=None,
            via=via,
            provider=PROVIDER,
            idempotency_key=self.key(),
            now=at,
        )
        pay(placed.payment, at=at + timedelta(seconds=self.dice.randint(20, 90)))
        if sends:
            self.send_parcel(placed.order.pk, after=at)
        return placed

    def send_parcel(self, order_id: UUID, *, after: datetime) -> None:
        """Plan the parcel's way."""
        plan_parcel(play=self.play, dice=self.dice, order_id=order_id, after=after)

    def _quantity(self) -> int:
        return 2 if self.dice.random() < 0.12 else 1


def pay(payment: Payment, *, at: datetime) -> None:
    """Let the provider say that the payment is in, or that its money is held."""
    kind = "payment.authorised" if payment.is_hold else "payment.succeeded"
    receive_notice(notice=_notice(payment, kind=kind, amount_minor=payment.amount_minor), now=at)


def return_money(order_ids: Sequence[UUID], *, at: datetime) -> None:
    """Let the provider say that every refund of these orders has gone back."""
    for refund in Refund.objects.filter(order_id__in=order_ids).select_related("payment").order_by("pk"):
        notice = _notice(
            refund.payment, kind="refund.succeeded", amount_minor=refund.amount_minor, refund_key=str(refund.pk)
        )
        receive_notice(notice=notice, now=at)


def _notice(payment: Payment, *, kind: str, amount_minor: int, refund_key: str = "") -> Notice:
    return Notice(
        provider=PROVIDER,
        event_id=f"demo_{kind}_{refund_key or payment.reference}",
        kind=kind,
        reference=payment.reference,
        amount_minor=amount_minor,
        currency=payment.currency,
        provider_reference=f"DEMO{payment.reference[-10:]}",
        refund_key=refund_key,
        body=b"{}",
    )
