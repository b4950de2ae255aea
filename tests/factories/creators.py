"""Creators at every stage for tests, made by the actions that the shop uses."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.accounts.models import User
from backend.aftersales.models import AfterSaleCase
from backend.catalogue.models import Product, Variant
from backend.core.ids import new_id
from backend.core.locks import lock_one
from backend.orders.actions import mark_delivered, mark_shipped
from backend.orders.models import Order
from community.forum.actions import create_post
from community.forum.models import Post
from referrals.influencers import actions
from referrals.influencers.actions import BriefText, Particulars
from referrals.influencers.models import Application, Brief, Collaboration, Promoter
from referrals.invites.actions import attribute_order
from tests.factories.aftersales import make_agent
from tests.factories.catalogue import NOON, make_variant
from tests.factories.community import make_topic
from tests.factories.orders import make_buyer, make_order
from tests.factories.payments import pay

_people = count(1)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
MEMBER_SINCE = NOON - timedelta(days=20)
LIVE_SINCE = NOON - timedelta(days=10)


def id_number(*, born: str = "19950601") -> str:
    """A well-formed resident number that nobody else in the tests has."""
    body = f"110101{born}{next(_people) % 1000:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def particulars(**changes: Any) -> Particulars:
    """Who somebody is and where the money goes."""
    facts: dict[str, Any] = {
        "legal_name": "林小满",
        "id_number": id_number(),
        "bank_name": "招商银行",
        "bank_account": "6225880212345678",
        "tax_kind": "INDIVIDUAL",
    }
    return Particulars(**{**facts, **changes})


def write_application(user: User, *, now: datetime = MEMBER_SINCE, **changes: Any) -> Application:
    """An application with everything in it, not sent yet."""
    facts: dict[str, Any] = {
        "introduction": "分享阳台种花三年，主要写多肉和香草。",
        "channels": ["小红书 @小满的阳台"],
        "is_adult_declared": True,
        "accepts_terms": True,
        "particulars": particulars(),
    }
    return actions.save_application(user_id=user.id, now=now, **{**facts, **changes})


def make_creator(
    name: str = "Lily", *, user: User | None = None, now: datetime = MEMBER_SINCE, **changes: Any
) -> Promoter:
    """An approved creator."""
    user, agent = user or make_buyer(name, now=now), make_agent("Grace", "growth")
    application = write_application(user, now=now, **changes)
    actions.submit_application(application_id=application.id, user_id=user.id, now=now)
    actions.take_application(application_id=application.id, by=agent.id, now=now)
    actions.decide_application(application_id=application.id, to="APPROVED", answer="", by=agent.id, now=now)
    return Promoter.objects.get(pk=user.id)


def brief_text(product_id: UUID, *, now: datetime = LIVE_SINCE, **changes: Any) -> BriefText:
    """What a brief offers."""
    facts: dict[str, Any] = {
        "kind": "OPEN",
        "product_id": product_id,
        "title": "阳台多肉种草",
        "words": "拍一盆养了一个月的多肉，说说浇水和光照。",
        "rate_bps": 1_000,
        "fee_minor": 0,
        "sends_sample": False,
        "month_cap_minor": None,
        "is_exclusive": False,
        "content_days": 14,
        "starts_at": now,
        "ends_at": now + timedelta(days=90),
    }
    return BriefText(**{**facts, **changes})


def make_brief(product: Product, *, now: datetime = LIVE_SINCE, **changes: Any) -> Brief:
    """A brief about a product."""
    agent = make_agent("Grace", "growth")
    return actions.save_brief(text=brief_text(product.pk, now=now, **changes), by=agent.id, now=now)


def make_tagged_post(
    author_id: UUID, product_id: UUID, *, words: str = "#广告 养了一个月。", now: datetime = LIVE_SINCE
) -> Post:
    """A post about a product that says that it is advertising."""
    make_topic()
    return create_post(
        author_id=author_id,
        topic="plants",
        title="我的阳台多肉",
        body=words,
        picture_ids=(),
        product_id=product_id,
        idempotency_key=new_id(),
        now=now,
    )


def accept(promoter: Promoter, brief: Brief, *, now: datetime = LIVE_SINCE) -> Collaboration:
    """The creator has taken a brief."""
    if brief.kind == "OPEN":
        return actions.join_brief(brief_id=brief.pk, user_id=promoter.pk, now=now)
    invited = actions.invite_creator(brief_id=brief.pk, code=promoter.code, by=brief.created_by_id, now=now)
    return actions.answer_invitation(collaboration_id=invited.pk, user_id=promoter.pk, accepts=True, now=now)


def go_live(promoter: Promoter, brief: Brief, *, now: datetime = LIVE_SINCE) -> Collaboration:
    """A collaboration whose content is approved."""
    collaboration = accept(promoter, brief, now=now)
    post = make_tagged_post(promoter.pk, brief.product_id, now=now)
    actions.submit_content(collaboration_id=collaboration.pk, post_id=post.pk, user_id=promoter.pk, now=now)
    actions.decide_content(collaboration_id=collaboration.pk, approves=True, note="", by=brief.created_by_id, now=now)
    return Collaboration.objects.get(pk=collaboration.pk)


def live_creator(variants: Sequence[Variant], *, name: str = "Lily", **brief: Any) -> Promoter:
    """A creator with a live collaboration for each of some products."""
    promoter = make_creator(name)
    for variant in variants:
        go_live(promoter, make_brief(variant.product, **brief))
    return promoter


def buy_through(
    promoter: Promoter,
    variants: Sequence[tuple[Variant, int]] | None = None,
    *,
    buyer: User | None = None,
    now: datetime = NOON,
) -> Order:
    """A paid order of somebody who named the creator's code, credited and estimated."""
    buyer = buyer or make_buyer("Friend", now=now)
    wanted = variants or [(make_variant(now=now), 1)]
    actions.use_creator_code(code=promoter.code, user_id=buyer.id, now=now)
    placed = make_order(buyer=buyer, variants=wanted, now=now)
    pay(placed, now=now + timedelta(minutes=5))
    order = placed.order
    attribute_order(order_id=order.id, now=now + timedelta(minutes=5))
    actions.estimate_commissions(order_id=order.id, promoter_id=promoter.pk, now=now + timedelta(minutes=5))
    return Order.objects.get(pk=order.id)


def deliver(order: Order, *, now: datetime = NOON + timedelta(days=2)) -> Order:
    """The parcel has arrived."""
    with transaction.atomic():
        held = lock_one(Order, order.id)
        mark_shipped(order=held, now=now - timedelta(days=1))
        mark_delivered(order=held, now=now)
    actions.start_window(order_id=order.id, delivered_at=now)
    return Order.objects.get(pk=order.id)


def finish_case(case: AfterSaleCase) -> None:
    """Let an open case be over for a test that does not care how."""
    AfterSaleCase.objects.filter(pk=case.pk).update(state="ARCHIVED")
