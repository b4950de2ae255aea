"""Received lines, reviews and questions for tests."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.catalogue.models import Product, Variant
from backend.core.ids import new_id
from backend.core.videos.models import Video, VideoState
from backend.orders.models import OrderLine
from community.reviews.actions import answer_question, ask_question, weigh_review, write_review
from community.reviews.models import Answer, Question, Review
from tests.factories.aftersales import ARRIVED, first_line, make_sent_order
from tests.factories.catalogue import make_picture, make_product
from tests.factories.orders import make_buyer

WRITTEN = ARRIVED + timedelta(days=2)
WORDS = "布料厚实，洗了两次没有掉色，物流也很快。"


def make_received_line(
    *, buyer: User | None = None, product: Product | None = None, delivered: bool = True, quantity: int = 1
) -> OrderLine:
    """A line of an order whose parcel arrived."""
    wanted = product or make_product()
    variant = Variant.objects.filter(product=wanted).order_by("position")[0]
    order = make_sent_order(buyer=buyer or make_buyer(), variants=[(variant, quantity)], delivered=delivered)
    return first_line(order)


def make_review(
    *,
    author: User | None = None,
    product: Product | None = None,
    line: OrderLine | None = None,
    stars: int = 5,
    body: str = WORDS,
    picture_ids: Sequence[UUID] = (),
    is_weighed: bool = True,
    now: datetime = WRITTEN,
    **options: Any,
) -> Review:
    """A review of something that arrived; weighed unless told otherwise."""
    author = author or make_buyer()
    line = line or make_received_line(buyer=author, product=product)
    review = write_review(
        author_id=author.id,
        line_id=line.pk,
        stars=stars,
        body=body,
        picture_ids=picture_ids,
        idempotency_key=new_id(),
        now=now,
        **options,
    )
    return weigh_review(review_id=review.pk, now=now) if is_weighed else review


def make_video(owner: User, *, state: VideoState = VideoState.READY) -> Video:
    """A video that somebody sent; ready to be played unless told otherwise."""
    poster = make_picture() if state == VideoState.READY else None
    return Video.objects.create(
        owner_id=owner.id, sha256=new_id().hex * 2, state=state, width=1280, height=720, duration_ms=9_000,
        size_bytes=1_000, poster=poster, problem="too_long" if state == VideoState.REFUSED else "", stored_at=WRITTEN,
    )  # fmt: skip


def make_question(
    *, author: User | None = None, product: Product | None = None, body: str = "这个会掉色吗？", now: datetime = WRITTEN
) -> Question:
    """A question about a product."""
    return ask_question(
        author_id=(author or make_buyer()).id,
        product_id=(product or make_product()).pk,
        body=body,
        idempotency_key=new_id(),
        now=now,
    )


def make_answer(
    question: Question,
    *,
    author: User | None = None,
    is_staff: bool = False,
    body: str = "洗了三次都没有。",
    now: datetime = WRITTEN,
) -> Answer:
    """An answer, by a buyer of the product unless told otherwise."""
    if author is None:
        author = make_buyer()
        if not is_staff:
            make_received_line(buyer=author, product=question.product)
    return answer_question(
        author_id=author.id,
        is_staff=is_staff,
        question_id=question.pk,
        body=body,
        idempotency_key=new_id(),
        now=now,
    )
