"""A hundred pieces and five hundred buyers at the same moment: a hundred orders, and nobody is told a lie.

Two controls. The naive shop reads how many are left, thinks, and writes: it sells more than there is.
The quick shop passes over buckets that somebody holds and takes an empty answer for "sold out": it sends people away
while pieces are left.
"""

from __future__ import annotations

import time
from typing import Any

from django.db import connection, transaction

from backend.accounts.models import Address, User
from backend.checkout.actions import place_order
from backend.checkout.selectors import WantedLine
from backend.core.ids import new_id
from backend.flash.actions import count_pieces, stock_sale
from backend.flash.errors import FlashSoldOut
from backend.flash.models import FlashBucket, FlashItem, FlashSale, FlashToken
from backend.flash.rules import TOKEN_LIFE, ReadToken, sign_token
from backend.flash.selectors import miscounted_items, oversold
from backend.inventory.selectors import miscounted
from backend.orders.models import Order
from tests.factories.flash import make_sale, the_item
from tests.factories.orders import make_buyer
from tests.factories.promotions import this_moment
from tests.support.races import Outcome, all_at_once

NUMBER = 10
NAME = "flash sale, 100 pieces, 500 buyers"
PIECES = 100
BUYERS = 500
CONNECTIONS = 50
THINKING_SECONDS = 0.002


def violations(*, guarded: bool) -> int:
    """Count pieces sold twice, people sent away while pieces were left, and numbers that do not add up."""
    if not guarded:
        return naive_oversell() + false_sold_outs(waits=False)
    return through_checkout() + false_sold_outs(waits=True)


def through_checkout() -> int:
    """Everybody has a token and places an order, on fifty connections that never rest."""
    sale = make_sale(quota=PIECES)
    item = the_item(sale)
    buyers = [make_buyer(f"Racer{number}", now=this_moment()) for number in range(BUYERS)]
    wishes = [wish_of(buyer, item) for buyer in buyers]
    share = BUYERS // CONNECTIONS

    def order(number: int) -> list[str]:
        return [_try(wish) for wish in wishes[number * share : (number + 1) * share]]

    outcome: Outcome[list[str]] = all_at_once(CONNECTIONS, order)
    answers = [answer for answers in outcome.answers for answer in answers]
    return (
        len(outcome.raised)
        + abs(answers.count("ordered") - PIECES)
        + abs(answers.count("sold out") - (BUYERS - PIECES))
        + abs(Order.objects.count() - PIECES)
        + oversold()
        + len(miscounted_items())
        + len(miscounted())
    )


def wish_of(buyer: User, item: FlashItem) -> dict[str, Any]:
    """What one buyer sends. The gate has let everybody through; the buckets decide."""
    now = this_moment()
    token = FlashToken.objects.create(item=item, buyer=buyer, given_at=now, expires_at=now + TOKEN_LIFE)
    signed = sign_token(ReadToken(token.pk, item.pk, buyer.pk, token.expires_at))
    return {
        "buyer_id": buyer.pk,
        "lines": [WantedLine(item.variant_id, 1)],
        "address_id": Address.objects.values_list("pk", flat=True).get(user=buyer),
        "choices": {"flash_price": {"token": signed}},
        "quote_hash": None,
        "via": "",
        "provider": "sandbox",
        "idempotency_key": new_id(),
    }


def _try(wish: dict[str, Any]) -> str:
    try:
        place_order(**wish, now=this_moment())
    except FlashSoldOut:
        return "sold out"
    return "ordered"


def naive_oversell() -> int:
    """Read, think, write; count the pieces that were sold beyond what there is."""
    item = the_item(make_sale(quota=1))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE naive_stock (item_id uuid PRIMARY KEY, available int)")
        cursor.execute("CREATE TABLE naive_sale (id uuid)")
        cursor.execute("INSERT INTO naive_stock VALUES (%s, %s)", [item.pk, PIECES])

    def take(number: int) -> int:
        return sum(_read_think_write(item) for _ in range(BUYERS // CONNECTIONS))

    outcome = all_at_once(CONNECTIONS, take)
    return max(0, sum(outcome.answers) - PIECES)


def _read_think_write(item: FlashItem) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT available FROM naive_stock WHERE item_id = %s", [item.pk])
        available = cursor.fetchone()[0]
        if available < 1:
            return 0
        time.sleep(THINKING_SECONDS)
        cursor.execute("UPDATE naive_stock SET available = %s WHERE item_id = %s", [available - 1, item.pk])
        cursor.execute("INSERT INTO naive_sale VALUES (%s)", [new_id()])
    return 1


def false_sold_outs(*, waits: bool) -> int:
    """As many pieces as tries, in four buckets: count those who are told "sold out" although pieces are left."""
    sale = make_sale(quota=PIECES, is_stocked=False)
    stock_sale(sale_id=sale.pk, now=this_moment())
    item = the_item(sale)
    _gather_in_four(sale)

    def take(number: int) -> int:
        return sum(not _take(item, waits=waits) for _ in range(PIECES // CONNECTIONS))

    outcome: Outcome[int] = all_at_once(CONNECTIONS, take)
    return len(outcome.raised) + sum(outcome.answers)


def _take(item: FlashItem, *, waits: bool) -> bool:
    with transaction.atomic():
        if waits:
            found = count_pieces.take_piece(item_id=item.pk, quantity=1) is not None
        else:
            with connection.cursor() as cursor:
                cursor.execute(count_pieces.TAKE_FREE, {"item_id": item.pk, "quantity": 1})
                found = cursor.fetchone() is not None
        time.sleep(THINKING_SECONDS)
    return found


@transaction.atomic
def _gather_in_four(sale: FlashSale) -> None:
    """Put all pieces into four buckets, far fewer than there are connections."""
    buckets = list(FlashBucket.objects.filter(item__sale=sale).order_by("number"))
    for number, bucket in enumerate(buckets):
        share = PIECES // 4 if number < 4 else 0
        FlashBucket.objects.filter(pk=bucket.pk).update(quota=share, available=share)
