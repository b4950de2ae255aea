"""What people bought alone over the past ninety days, with what was given up, sent back and never paid."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from backend.accounts.models import User
from backend.checkout.actions import cancel_order, close_order, place_order
from backend.checkout.selectors import WantedLine
from backend.config.demo.play import Step
from backend.config.demo.trade import PROVIDER, Market, return_money

SINGLE_ORDERS = 64
NOT_PAID = "not_paid_in_time"


def plan_orders(*, market: Market, shoppers: Sequence[User]) -> None:
    """Plan the orders; the three demo shoppers buy more often, so that their pages are full."""
    dice, until = market.dice, market.play.until
    for number in range(SINGLE_ORDERS):
        buyer = shoppers[number % 3] if number % 4 == 0 else dice.choice(list(shoppers))
        days = dice.uniform(0.3, 88) if number % 2 else dice.uniform(0.3, 30)
        at = (until - timedelta(days=days)).replace(minute=dice.randint(0, 59))
        if number % 16 == 7:
            market.play.plan(at, _forgetting(market, buyer))
        elif number % 16 == 11:
            market.play.plan(at, _regretting(market, buyer))
        else:
            market.play.plan(at, _buying(market, buyer))


def _buying(market: Market, buyer: User) -> Step:
    def buy(at: datetime) -> None:
        count = market.dice.choice((1, 1, 1, 2, 3))
        chosen = {product.pk: product for product in (market.product() for _ in range(count))}
        market.buy(buyer=buyer, products=list(chosen.values()), at=at)

    return buy


def _regretting(market: Market, buyer: User) -> Step:
    def buy_and_cancel(at: datetime) -> None:
        placed = market.buy(buyer=buyer, products=[market.product()], at=at)
        key = market.key()

        def cancel(now: datetime) -> None:
            cancel_order(order_id=placed.order.pk, buyer_id=buyer.pk, idempotency_key=key, now=now)
            market.play.plan(now + timedelta(hours=7), lambda later: return_money([placed.order.pk], at=later))

        market.play.plan(at + timedelta(hours=2), cancel)

    return buy_and_cancel


def _forgetting(market: Market, buyer: User) -> Step:
    def order_only(at: datetime) -> None:
        placed = place_order(
            buyer_id=buyer.pk,
            lines=[WantedLine(market.variant_of(market.product()).pk, 1)],
            address_id=market.address_of(buyer),
            choices={},
            quote_hash=None,
            via="",
            provider=PROVIDER,
            idempotency_key=market.key(),
            now=at,
        )
        deadline = placed.order.pay_deadline_at + timedelta(seconds=5)
        market.play.plan(deadline, lambda now: close_order(order_id=placed.order.pk, reason=NOT_PAID, now=now))

    return order_only
