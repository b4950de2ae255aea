"""What the demo shoppers say of deliveries, how service is looked at, and what is made better."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from backend.accounts.models import User
from backend.core.clock import business_day
from backend.core.ids import new_id
from backend.orders.models import Order
from backend.quality import actions as quality
from backend.quality.rules.service import POINTS
from backend.support.actions import go_on_duty
from backend.surveys.actions import answer_survey, offer_survey, open_survey
from backend.surveys.models import Invitation

WEEKS = 8
FACES = ("speed", "accuracy", "attitude")
WORDS = ("", "", "", "", "很快，谢谢", "放门口了，没打电话", "快递员很有礼貌", "晚了一天", "送到的时候箱子有点湿")
# Title, team, what was written, and what was changed if it is closed.
TO_IMPROVE = (
    ("雨天放在门口的包裹会湿", "LOGISTICS", "三位买家说到，先请快递加一层防水袋。", ""),
    ("尺码表看不懂", "MERCHANDISING", "退货里「不合适」最多的五款都没有图。", "给二十款补了量法图和真人身高。"),
    ("第一次回复经常超过半小时", "SERVICE", "午间只有一个人在，先把排班错开。", ""),
)


def say_how_it_was(*, dice: random.Random, now: datetime) -> None:
    """Let buyers answer about what arrived in the last weeks; some too fast, some against their own faces."""
    arrived = Order.objects.filter(delivered_at__gte=now - timedelta(weeks=WEEKS), delivered_at__lt=now)
    for order in arrived.order_by("delivered_at", "pk"):
        assert order.delivered_at is not None
        asked = Invitation.objects.filter(order=order).first() or offer_survey(
            key="delivery", person_id=order.buyer_id, order_id=order.pk, now=order.delivered_at
        )
        at = order.delivered_at + timedelta(hours=dice.randint(1, 70))
        if asked is None or at >= now or dice.random() < 0.25:
            continue
        _answer(asked, dice=dice, at=at)


def _answer(asked: Invitation, *, dice: random.Random, at: datetime) -> None:
    luck = dice.random()
    faces = {point: dice.choice((3, 4, 4, 5, 5, 5)) for point in FACES}
    words, seconds = dice.choice(WORDS), dice.randint(6, 50)
    if luck < 0.06:
        seconds = 1
    elif luck < 0.1:
        faces, words = dict.fromkeys(FACES, 5), "太慢了，箱子还压坏了"
    elif luck < 0.2:
        faces = {point: dice.choice((1, 2, 3)) for point in FACES}
    open_survey(invitation_id=asked.pk, person_id=asked.person_id, now=at)
    answer_survey(
        invitation_id=asked.pk, person_id=asked.person_id, faces=faces, words=words, now=at + timedelta(seconds=seconds)
    )


def look_at_service(*, agent: User, lead: User, dice: random.Random, now: datetime) -> None:
    """Draw last month's samples; both sides look at most of them, one is praised, one has something to practise."""
    go_on_duty(agent_id=agent.pk, now=now)
    samples = quality.draw_samples(now=now)
    for number, sample in enumerate(samples):
        for person, least in ((agent, 4), (lead, 3)):
            if number == len(samples) - 1 or (number and person.pk != sample.agent_id and person == agent):
                continue
            quality.review_sample(
                sample_id=sample.pk, reviewer_id=person.pk, is_lead=person == lead,
                marks={point: dice.randint(least, 5) for point in POINTS}, words="", now=now,
            )  # fmt: skip
            if person == lead and number < 2:
                due = business_day(now) + timedelta(days=7) if number else None
                quality.write_to_agent(
                    sample_id=sample.pk, writer_id=lead.pk, kind="COACHING" if number else "PRAISE",
                    words="先把哪一单、哪一件问清楚，再给办法。" if number else "说得清楚，还主动跟到了底。",
                    due=due, now=now,
                )  # fmt: skip


def make_better(*, people: Sequence[User], now: datetime) -> None:
    """Measure, and let people open, give and close some improvement cases."""
    opener = people[0]
    for days in (9, 5, 2, 0):
        quality.take_measure(now=now - timedelta(days=days))
    for number, (title, team, words, changed) in enumerate(TO_IMPROVE):
        at = now - timedelta(days=12 - number)
        case = quality.open_improvement(
            title=title, team=team, words=words, due=None, opener_id=opener.pk, idempotency_key=new_id(), now=at
        )
        owner = people[number % len(people)]
        due = business_day(now) + timedelta(days=3 + number)
        quality.give_improvement(case_id=case.pk, owner_id=owner.pk, team=team, due=due, now=at)
        if changed:
            quality.close_improvement(case_id=case.pk, closer_id=owner.pk, changed=changed, now=now)
    quality.set_standing(
        carrier="elephant", zone="middle", standing="PREFERRED", reason="大件破损少，等旺季过了再看",
        actor_id=opener.pk, now=now,
    )  # fmt: skip
