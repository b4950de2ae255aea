"""Groups of the demo at every stage: filled and sent, given back, waiting for one more, just opened."""

import dataclasses
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from backend.accounts.models import User
from backend.catalogue.models import Product
from backend.config.demo.play import Step
from backend.config.demo.trade import PROVIDER, Market, pay, return_money
from backend.messaging.actions import send_message
from backend.payments.models import Payment, PaymentState
from backend.payments.sandbox.configuration import from_environment
from backend.payments.sandbox.store import Store
from groupbuy.actions import AskedSeat, draw_winners, expire_group, join_group, open_by_paying
from groupbuy.models import Group, Seat, SeatState
from groupbuy.selectors import group_of_order

PAST_GROUPS = 30
# Those that wait now: product, how many seats are taken, and how many hours ago the leader paid. The first is 阿梨's.
WAITING = (
    ("succulent-yard", 2, 42.4),
    ("dandong-strawberries", 2, 22.7),
    ("yunnan-drip-coffee", 1, 3.2),
    ("two-person-tent", 3, 30.5),
    ("tulips-in-bud", 2, 12.1),
    ("cloud-runner", 1, 1.3),
    ("amino-cleanser", 1, 5.6),
    ("mechanical-keyboard", 2, 9.4),
    ("tofu-litter", 2, 17.8),
    ("beech-stool", 1, 7.7),
    ("gannan-navel-oranges", 1, 0.4),
    ("wool-socks", 2, 20.3),
    ("yantai-cherries", 4, 26.0),
    ("succulent-yard", 4, 45.9),
)
TALK = (
    ("到了记得拍照，我想看看大小。", "成团啦，等快递。", "我家小区门口有柜子，放柜子就行。"),
    ("还差人吗？我拉我妈。", "拉到了，她说要两份。", "谢谢阿姨。"),
    ("上次买过，这次回购。", "那我放心了。"),
    ("包邮吗？", "包的，页面写了。", "好。"),
    ("谁家有经验，到家第一步干嘛？", "先放两天别动，别急着浇水。", "记住了。"),
    ("大家好，第一次拼。", "欢迎，付完就等着收。"),
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Story:
    """What shall become of one group."""

    product: Product
    people: Sequence[User]
    opened_at: datetime
    joined: int
    lasts: timedelta


def plan_groups(*, market: Market, shoppers: Sequence[User]) -> None:
    """Plan the groups of the past and those that wait now."""
    dice, until = market.dice, market.play.until
    for number in range(PAST_GROUPS):
        product = market.product()
        days = dice.uniform(3, 84) if number % 3 else dice.uniform(3, 25)
        people = dice.sample(list(shoppers), 5)
        fills = number % 6 != 5
        story = Story(
            product=product,
            people=people,
            opened_at=until - timedelta(days=days),
            joined=5 if fills else dice.randint(1, 2),
            lasts=timedelta(hours=20),
        )
        plan_story(story, market)
    for place, (slug, seats, hours) in enumerate(WAITING):
        leader = shoppers[0] if place == 0 else shoppers[3 + place]
        others = (
            [shoppers[1], *dice.sample(list(shoppers[20:]), 4)] if place == 0 else dice.sample(list(shoppers[20:]), 5)
        )
        story = Story(
            product=market.products[slug],
            people=[leader, *others],
            opened_at=until - timedelta(hours=hours),
            joined=seats,
            lasts=timedelta(hours=hours * 0.9),
        )
        plan_story(story, market)


def remember_at_provider() -> int:
    """Let the sandbox know the payments that may still be taken or go back, as if they had been made on its page."""
    if settings.PAYMENT_PROVIDER != PROVIDER:
        return 0
    store = Store(from_environment().database)
    waiting = Seat.objects.filter(state="PAID", group__state="FORMING").values("order_id")
    payments = Payment.objects.filter(order_id__in=waiting, state__in=(PaymentState.SUCCEEDED, PaymentState.AUTHORISED))
    for payment in payments:
        store.pay(
            reference=payment.reference,
            amount=payment.amount_minor,
            currency=payment.currency,
            subject="Tuanzi",
            is_hold=payment.is_hold,
        )
    while due := store.due_deliveries():
        for delivery in due:
            store.delivered(delivery, answer="told already", taken=True)
    return len(payments)


def plan_story(story: Story, market: Market) -> None:
    """Plan the opening of one group; the rest follows from it."""
    market.play.plan(story.opened_at, lambda at: _open(story, market, at))


def _open(story: Story, market: Market, at: datetime) -> None:
    leader, *others = story.people
    placed = open_by_paying(
        product_id=story.product.pk,
        asked=_asked(story, market, leader),
        buyer_id=leader.pk,
        idempotency_key=market.key(),
        now=at,
    )
    pay(placed.payment, at=at)
    group = Group.objects.select_related("offer").get(pk__in=[group_of_order(placed.order.pk)])
    wanted = min(story.joined, group.size) - 1
    share = story.lasts / (wanted + 1)
    for number, person in enumerate(others[:wanted], start=1):
        when = at + share * number + timedelta(minutes=market.dice.randint(-9, 9))
        market.play.plan(when, _joining(story, market, group.pk, person))
    if wanted + 1 < group.size:
        market.play.plan(group.deadline_at + timedelta(seconds=20), lambda now: _give_up(group.pk, market, now))
    elif group.offer.winners is not None:
        market.play.plan(at + story.lasts + timedelta(hours=26), lambda now: _draw(group.pk, market, now))
    else:
        _plan_parcels(group.pk, market, after=at + story.lasts)
    if wanted:
        _plan_talk(group, story.people[: wanted + 1], market, after=at + share + timedelta(minutes=12))


def _joining(story: Story, market: Market, group_id: UUID, person: User) -> Step:
    def join(at: datetime) -> None:
        _seat, placed = join_group(
            group_id=group_id,
            asked=_asked(story, market, person),
            buyer_id=person.pk,
            idempotency_key=market.key(),
            now=at,
        )
        pay(placed.payment, at=at)

    return join


def _asked(story: Story, market: Market, person: User) -> AskedSeat:
    return AskedSeat(
        variant_id=market.variant_of(story.product).pk,
        quantity=1,
        address_id=market.address_of(person),
        late_choice=None,
    )


def _plan_parcels(group_id: UUID, market: Market, *, after: datetime) -> None:
    def send(at: datetime) -> None:
        for order_id in Seat.objects.filter(group_id=group_id).order_by("number").values_list("order_id", flat=True):
            market.send_parcel(order_id, after=at)

    market.play.plan(after + timedelta(hours=1), send)


def _give_up(group_id: UUID, market: Market, at: datetime) -> None:
    expire_group(group_id=group_id, now=at)
    if Group.objects.get(pk=group_id).filled_at is not None:
        _plan_parcels(group_id, market, after=at)
    order_ids = list(Seat.objects.filter(group_id=group_id).values_list("order_id", flat=True))
    market.play.plan(at + timedelta(hours=9), lambda now: return_money(order_ids, at=now))


def _draw(group_id: UUID, market: Market, at: datetime) -> None:
    draw_winners(group_id=group_id, now=at)
    won = Seat.objects.filter(group_id=group_id, state=SeatState.PAID).values_list("order_id", flat=True)
    lost = Seat.objects.filter(group_id=group_id, state=SeatState.LOST).values_list("order_id", flat=True)
    winners, losers = list(won), list(lost)
    market.play.plan(at + timedelta(hours=25), lambda now: return_money(losers, at=now))
    market.play.plan(at + timedelta(hours=25), lambda now: _send_all(winners, market, now))


def _send_all(order_ids: Sequence[UUID], market: Market, at: datetime) -> None:
    for order_id in order_ids:
        market.send_parcel(order_id, after=at)


def _plan_talk(group: Group, people: Sequence[User], market: Market, *, after: datetime) -> None:
    if group.room_id is None:
        return
    room_id = group.room_id
    for number, line in enumerate(market.dice.choice(TALK)):
        speaker = people[number % 2]
        when = after + timedelta(minutes=7 * number + market.dice.randint(0, 4))
        market.play.plan(when, _saying(room_id, speaker, line, market.key()))


def _saying(room_id: UUID, speaker: User, line: str, key: UUID) -> Step:
    return lambda at: send_message(room_id=room_id, sender_id=speaker.pk, client_message_id=key, body=line, now=at)
