"""Flash sales of the demo: one that is over, one that runs, one that comes; and people who wait for what is gone."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from django.db.models import F

from backend.accounts.models import User
from backend.catalogue.models import Variant
from backend.checkout.actions import place_order
from backend.checkout.selectors import WantedLine
from backend.config.demo.play import Step
from backend.config.demo.products import texts
from backend.config.demo.trade import PROVIDER, Market, pay
from backend.core.errors import DomainError
from backend.flash.actions import ask_reminder, close_sale, join_waiting_list, stock_sale, take_token
from backend.flash.models import FlashSale
from backend.inventory.actions import stock_up, watch_stock
from backend.inventory.models import StockItem
from backend.promotions.actions import CampaignDraft, RuleDraft, save_campaign, start_campaign

EVENING = ("昨晚八点场", "昨晚八點場", "Last night at eight")
NOW = ("周末小抢", "週末小搶", "Small weekend sale")
NEXT = ("晚八点，窗边绿意", "晚八點，窗邊綠意", "Eight o'clock: green for the window")
# What a session sells: slug, position of the kind, share of the price in percent, pieces.
Wares = Sequence[tuple[str, int, int, int]]
EVENING_WARES: Wares = (("wool-socks", 0, 68, 24), ("knit-scarf", 0, 70, 12))
NOW_WARES: Wares = (
    ("succulent-yard", 0, 62, 30),
    ("amino-cleanser", 0, 70, 40),
    ("cotton-towels", 0, 65, 6),
    ("soy-candle", 0, 72, 18),
)
NEXT_WARES: Wares = (("aloe-white-pot", 0, 66, 20), ("spider-plant-desk", 0, 70, 24), ("red-orchid", 0, 75, 8))
EARLY = {"gold": 2, "silver": 1}


def plan_flash(*, market: Market, shoppers: Sequence[User], grower: User) -> None:
    """Plan the three sessions, who buys in them, and who waits."""
    until = market.play.until
    evening, now, later = until - timedelta(hours=19), until - timedelta(minutes=50), until + timedelta(hours=3)
    _open(market, EVENING, EVENING_WARES, grower=grower, starts_at=evening, lasts=timedelta(hours=2))
    _open(market, NOW, NOW_WARES, grower=grower, starts_at=now, lasts=timedelta(hours=6))
    _open(market, NEXT, NEXT_WARES, grower=grower, starts_at=later, lasts=timedelta(hours=4))
    crowd = [*shoppers[3:]]
    for number, buyer in enumerate(crowd[:22]):
        market.play.plan(evening + timedelta(minutes=1 + 4 * number), _trying(market, EVENING, buyer, number % 2))
    for number, buyer in enumerate(crowd[4:34]):
        market.play.plan(
            now + timedelta(seconds=40 + 70 * number), _trying(market, NOW, buyer, (0, 2, 1, 2, 0)[number % 5])
        )
    market.play.plan(until - timedelta(minutes=3), _waiting(crowd[-4:]))
    market.play.plan(until - timedelta(minutes=2), _reminding(crowd[-9:-4]))


def _open(
    market: Market, name: tuple[str, str, str], wares: Wares, *, grower: User, starts_at: datetime, lasts: timedelta
) -> None:
    def make(now: datetime) -> None:
        kinds = [_kind(market, slug, place) for slug, place, _share, _pieces in wares]
        stock_up(
            quantities={kind.pk: pieces for kind, (*_rest, pieces) in zip(kinds, wares, strict=True)},
            actor_id=grower.pk,
            reason="限时抢购备货",
            now=now,
        )
        items = [
            {
                "productId": str(kind.product_id),
                "variantId": str(kind.pk),
                "priceMinor": kind.price_minor * share // 1000 * 10,
                "quota": pieces,
            }
            for kind, (_slug, _place, share, pieces) in zip(kinds, wares, strict=True)
        ]
        rule = RuleDraft(kind="flash_price", params={"items": items, "perPerson": 1, "earlyAccessHours": EARLY})
        draft = CampaignDraft(
            names=texts(name), starts_at=starts_at, ends_at=starts_at + lasts, audience={"who": "all"},
            budget_minor=400_000, rules=(rule,),
        )  # fmt: skip
        campaign = save_campaign(draft=draft, actor_id=grower.pk, now=now)
        start_campaign(
            campaign_id=campaign.pk, version=campaign.version, actor_id=grower.pk, idempotency_key=campaign.pk, now=now
        )

    market.play.plan(min(starts_at - timedelta(hours=3), market.play.until - timedelta(minutes=10)), make)
    market.play.plan(starts_at - timedelta(minutes=25), lambda now: stock_sale(sale_id=_sale(name).pk, now=now))
    market.play.plan(starts_at + lasts, lambda now: close_sale(sale_id=_sale(name).pk, now=now))


def _trying(market: Market, name: tuple[str, str, str], buyer: User, place: int) -> Step:
    def buy(at: datetime) -> None:
        sale = _sale(name)
        item = sale.items.order_by("position")[place]
        _token, signed = take_token(sale_id=sale.pk, variant_id=item.variant_id, buyer_id=buyer.pk, address="", now=at)
        placed = place_order(
            buyer_id=buyer.pk,
            lines=[WantedLine(item.variant_id, 1)],
            address_id=market.address_of(buyer),
            choices={"flash_price": {"token": signed}},
            quote_hash=None,
            via="",
            provider=PROVIDER,
            idempotency_key=market.key(),
            now=at,
        )
        pay(placed.payment, at=at + timedelta(seconds=50))
        market.send_parcel(placed.order.pk, after=at)

    return buy


def _waiting(people: Sequence[User]) -> Step:
    def wait(at: datetime) -> None:
        towels = _sale(NOW).items.order_by("position")[2]
        gone = StockItem.objects.filter(on_hand=F("reserved"), variant__product__state="PUBLISHED").order_by("pk")
        for person in people:
            with suppress(DomainError):
                join_waiting_list(sale_id=towels.sale_id, variant_id=towels.variant_id, user_id=person.pk, now=at)
            for stock in gone.exclude(pk=towels.variant_id)[:3]:
                watch_stock(variant_id=stock.pk, user_id=person.pk, now=at)

    return wait


def _reminding(people: Sequence[User]) -> Step:
    def remind(at: datetime) -> None:
        for person in people:
            ask_reminder(sale_id=_sale(NEXT).pk, user_id=person.pk, now=at)

    return remind


def _kind(market: Market, slug: str, place: int) -> Variant:
    return Variant.objects.filter(product=market.products[slug]).order_by("position")[place]


def _sale(name: tuple[str, str, str]) -> FlashSale:
    return FlashSale.objects.get(campaign__name=texts(name))
