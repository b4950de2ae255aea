"""A whole checkout, over and over: quote, order, and the provider's signed message that makes it paid.

Two web processes, one for each core; half of the buyers stand before each, as behind a balancer.
"""

import json
import threading
import time
from collections.abc import Iterable
from itertools import count

from django.conf import settings
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client

from backend.accounts.models import Address, User
from backend.catalogue.models import Variant
from backend.core import clock
from backend.core.ids import new_id
from backend.ledger.selectors import conservation
from backend.orders.models import Order, OrderState
from backend.payments.models import Payment
from backend.payments.providers.signing import SIGNATURE_HEADER, sign_body
from tests.bench.figure import Figure
from tests.bench.ground import Caller, process
from tests.factories.catalogue import make_variant
from tests.factories.orders import make_buyer

BUYERS = 8
VARIANTS = 24
SECONDS = 10.0
WARM_UP_SECONDS = 2.0
BUDGET = 40.0
QUOTE = "query ($input: QuoteInput!) { quote(input: $input) { hash total { minor } } }"
PLACE = """mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) {
  order { id number state total { minor } } payment { id payUrl } errors { code message } } }"""


def figures() -> Iterable[Figure]:
    """Orders per second that are quoted, placed and paid through two web processes."""
    variants = [make_variant(stock=1_000_000, now=clock.now()) for _ in range(VARIANTS)]
    buyers = [make_buyer(now=clock.now()) for _ in range(BUYERS)]
    with process("backend.config.serve", path="/livez") as one, process("backend.config.serve", path="/livez") as other:
        ports = (one, other)
        shoppers = [Shopper(ports[number % 2], buyer, variants, number) for number, buyer in enumerate(buyers)]
        _together(shoppers, WARM_UP_SECONDS)
        done = _together(shoppers, SECONDS)
    _check()
    yield Figure("checkout", done / SECONDS, "orders/s", BUDGET)


class Shopper:
    """Buys one thing after the other."""

    def __init__(self, port: int, buyer: User, variants: list[Variant], number: int) -> None:
        client, token = Client(), _get_new_csrf_string()
        client.force_login(buyer, backend=settings.AUTHENTICATION_BACKENDS[0])
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={token}"
        self.browser = Caller(port, {"Cookie": cookies, "X-CSRFToken": token})
        self.provider = Caller(port)
        self.address_id = str(Address.objects.get(user=buyer).pk)
        self.variants, self.number, self.bought = variants, number, 0

    def buy(self) -> None:
        """One whole checkout."""
        variant = self.variants[(self.number * 7 + self.bought) % len(self.variants)]
        lines = [{"variantId": str(variant.pk), "quantity": 1}]
        quote = self.browser.ask(QUOTE, input={"lines": lines})["quote"]
        wanted = {
            "lines": lines,
            "addressId": self.address_id,
            "quoteHash": quote["hash"],
            "idempotencyKey": str(new_id()),
        }
        placed = self.browser.ask(PLACE, input=wanted)["placeOrder"]
        if placed["errors"]:
            raise RuntimeError(str(placed["errors"]))
        self.pay(placed["payment"]["id"].replace("-", ""), quote["total"]["minor"])
        self.bought += 1

    def pay(self, reference: str, amount: int) -> None:
        """What the provider says."""
        body = json.dumps({
            "id": f"bench-{next(_events)}", "type": "payment.succeeded", "reference": reference, "amount": amount,
            "currency": "CNY", "transaction": "bench",
        }).encode()  # fmt: skip
        signature = sign_body(body, at=int(time.time()), secret=settings.PROVIDER_SECRETS[0])
        answer = self.provider.post("/payments/webhook/sandbox", body, **{SIGNATURE_HEADER: signature})
        if answer["verdict"] != "APPLIED":
            raise RuntimeError(str(answer))


_events = count(1)


def _together(shoppers: list[Shopper], seconds: float) -> int:
    """Let all buy for a time; how many orders were paid."""
    until, before, problems = time.monotonic() + seconds, sum(each.bought for each in shoppers), []

    def keep_buying(shopper: Shopper) -> None:
        try:
            while time.monotonic() < until:
                shopper.buy()
        except Exception as problem:
            problems.append(problem)

    threads = [threading.Thread(target=keep_buying, args=(shopper,)) for shopper in shoppers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]
    return sum(each.bought for each in shoppers) - before


def _check() -> None:
    """A fast answer that is wrong counts for nothing."""
    paid = Payment.objects.filter(captured_minor__gt=0).count()
    if Order.objects.exclude(state=OrderState.PAID).exists() or conservation()["difference"] or not paid:
        raise RuntimeError("The orders were fast and wrong.")
