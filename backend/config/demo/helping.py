"""What the demo shoppers opened lately, so that picks have something to say, and what they asked of staff."""

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from backend.accounts.models import User
from backend.catalogue.models import Product
from backend.core.clock import BUSINESS_ZONE
from backend.core.ids import new_id
from backend.recommendations.actions import learn_pairs, note_seen
from backend.support.actions import adopt_suggestion, answer_ticket, open_ticket, rate_ticket
from backend.support.models import Ticket

# Kind, nature, the words, the answer if there is one, and how many hours ago it was asked.
ASKED = (
    ("QUESTION", "OFFER", "两张优惠券为什么只能用一张？", "一单可以用一张店铺券和一张平台券，这两张都是店铺券。", 30),
    ("COMPLAINT", "DELIVERY", "快递没打电话就放在了门口，下雨淋湿了。", "对不起，已经补发一份，也和快递谈过了。", 50),
    ("SUGGESTION", "PRODUCT", "希望多肉的盆可以单独选颜色。", "谢谢，下个月的新品会这样做。", 70),
    ("COMPLAINT", "SERVICE", "昨天的回复没有解决我的问题。", None, 2),
    ("QUESTION", "PAYMENT", "好像被扣了两次钱，能看一下吗？", None, 0),
    ("SUGGESTION", "OTHER", "购物车里想按收藏夹分组。", None, 5),
)
# Answered and closed last month: kind, nature, the words, the answer, minutes until it came, and the stars given.
FINISHED = (
    ("QUESTION", "DELIVERY", "显示已送达，可是我没收到。", "查到了，放在了小区 3 号柜，取件码已经重发。", 12, 5),
    ("QUESTION", "PAYMENT", "退款什么时候到？", "昨天已经退回原卡，银行一般两天内到账。", 35, 4),
    ("COMPLAINT", "PRODUCT", "花盆到的时候缺了一个角。", "对不起，今天补发一个，旧的不用寄回。", 8, 5),
    ("QUESTION", "OFFER", "拼团差一个人，还能延长吗？", "不能延长，到时间没满会自动全额退回。", 51, 3),
    ("QUESTION", "ACCOUNT", "换了手机号怎么登录？", "用邮箱登录，再在设置里换号码。", 20, None),
)
SHELVES_OF_A_PERSON = 3
LOOKS_AT_A_SHELF = 4


def look_around(
    *, shoppers: Sequence[User], products: Mapping[str, Product], dice: random.Random, now: datetime
) -> None:
    """Let every shopper open some products of the shelves they like, then learn what goes together."""
    shelves: dict[UUID, list[UUID]] = {}
    for product in products.values():
        shelves.setdefault(product.category_id, []).append(product.pk)
    for person in shoppers:
        for shelf in dice.sample(sorted(shelves), min(SHELVES_OF_A_PERSON, len(shelves))):
            for product_id in dice.sample(shelves[shelf], min(LOOKS_AT_A_SHELF, len(shelves[shelf]))):
                at = now - timedelta(minutes=dice.randint(30, 20 * 24 * 60))
                note_seen(person_id=person.pk, product_id=product_id, now=at)
    learn_pairs(now=now)


def ask_for_help(*, shoppers: Sequence[User], agent: User, now: datetime) -> None:
    """Let some shoppers ask; older questions are answered, one suggestion is taken up."""
    _ask_last_month(shoppers=shoppers[::-1], agent=agent, now=now)
    for person, (kind, nature, words, answer, hours) in zip(shoppers, ASKED, strict=False):
        asked_at = now - timedelta(hours=hours, minutes=9)
        ticket = _ask(person, kind, nature, words, at=asked_at)
        if answer is None:
            continue
        at = asked_at + timedelta(minutes=25)
        answer_ticket(ticket_id=ticket.pk, agent_id=agent.pk, words=answer, closes=False, now=at)
        if kind == "SUGGESTION":
            adopt_suggestion(ticket_id=ticket.pk, agent_id=agent.pk, now=at)


def _ask_last_month(*, shoppers: Sequence[User], agent: User, now: datetime) -> None:
    month = now.astimezone(BUSINESS_ZONE).replace(day=1, hour=10, minute=0)
    for days, (person, (kind, nature, words, answer, minutes, stars)) in enumerate(
        zip(shoppers, FINISHED, strict=False), start=3
    ):
        asked_at = month - timedelta(days=days)
        ticket = _ask(person, kind, nature, words, at=asked_at)
        at = asked_at + timedelta(minutes=minutes)
        answer_ticket(ticket_id=ticket.pk, agent_id=agent.pk, words=answer, closes=True, now=at)
        if stars is not None:
            rate_ticket(ticket_id=ticket.pk, person_id=person.pk, rating=stars)


def _ask(person: User, kind: str, nature: str, words: str, *, at: datetime) -> Ticket:
    return open_ticket(
        person_id=person.pk, kind=kind, nature=nature, words=words, order_id=None, idempotency_key=new_id(), now=at
    )
