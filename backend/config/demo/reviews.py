"""What buyers say of what arrived, with pictures, answers of the shop, and questions among shoppers."""

import io
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.config.demo.composing import Kitchen
from backend.config.demo.films import film
from backend.config.demo.time_machine import living_at
from backend.config.demo.trade import Market
from backend.core.errors import DomainError
from backend.core.pictures.storing import store_picture
from backend.core.videos.making import make_due_videos
from backend.core.videos.storing import take_video
from backend.orders.models import OrderLine
from community.reviews.actions import (
    accept_answer,
    answer_question,
    answer_review,
    append_review,
    ask_question,
    find_answer_helpful,
    find_review_helpful,
    mark_solved,
    write_review,
)
from community.reviews.models import Review
from community.reviews.rules.writing import WRITE_WITHIN
from community.reviews.selectors import received_lines

WORDS = Path(__file__).parent / "talk" / "reviews.toml"


def write_reviews(*, market: Market, shoppers: Sequence[User], support: User, kitchen: Kitchen) -> int:
    """Let those who received something say what they think, each text once; say how many did."""
    written = 0
    for entry in tomllib.loads(WORDS.read_text(encoding="utf-8"))["products"]:
        product = market.products.get(entry["slug"])
        if product is None:
            continue
        lines = list(_lines_of(product.pk, until=market.play.until))
        for said, line in zip(entry["reviews"], lines, strict=False):
            written += _write(said, line, market=market, shoppers=shoppers, support=support, kitchen=kitchen)
        buyers = [line.order.buyer_id for line in lines]
        for asked in entry.get("questions", []):
            _ask(asked, product.pk, buyers=buyers, market=market, shoppers=shoppers, support=support)
    return written


def _lines_of(product_id: UUID, *, until: datetime) -> Iterator[OrderLine]:
    """Lines that arrived long enough ago to be tried, one for each buyer."""
    seen: set[UUID] = set()
    lines = received_lines().filter(
        product_id=product_id,
        is_gift=False,
        refunded_quantity=0,
        received_at__lt=until - timedelta(hours=30),
        received_at__gt=until - WRITE_WITHIN,
    )
    for line in lines.select_related("order").order_by("received_at", "pk"):
        if line.order.buyer_id not in seen:
            seen.add(line.order.buyer_id)
            yield line


def _write(
    said: Mapping[str, Any],
    line: OrderLine,
    *,
    market: Market,
    shoppers: Sequence[User],
    support: User,
    kitchen: Kitchen,
) -> bool:
    dice, until = market.dice, market.play.until
    author, arrived = line.order.buyer_id, getattr(line, "received_at")  # noqa: B009 - annotated by the selector
    at = min(arrived + timedelta(hours=dice.randint(20, 140)), until - timedelta(hours=3))
    with living_at(at):
        pictures = [
            store_picture(data=kitchen.picture(recipe), owner_id=author, now=at, trusted=True).pk
            for recipe in said.get("pictures", [])
        ]
        video_id = _film(said, author_id=author, kitchen=kitchen, at=at)
        try:
            review = write_review(
                author_id=author, line_id=line.pk, stars=said["stars"], body=said["text"], picture_ids=pictures,
                video_id=video_id,
                fit=said.get("fit", ""), is_anonymous=said.get("anonymous", False),
                idempotency_key=market.key(), now=at,
            )  # fmt: skip
        except DomainError:
            return False
    _follow(said, review, shoppers=shoppers, support=support, market=market)
    return True


def _film(said: Mapping[str, Any], *, author_id: UUID, kitchen: Kitchen, at: datetime) -> UUID | None:
    """The video of a review, ready to be played."""
    if "video" not in said:
        return None
    content = io.BytesIO(film([kitchen.picture(recipe) for recipe in said["video"]]))
    video = take_video(content=content, owner_id=author_id, now=at)
    make_due_videos(clock=lambda: at)
    return video.pk


def _follow(
    said: Mapping[str, Any], review: Review, *, shoppers: Sequence[User], support: User, market: Market
) -> None:
    """What came after a review: the shop's answer, an addition, votes."""
    at = review.created_at + timedelta(hours=2)
    if "reply" in said:
        answer_review(review_id=review.pk, actor_id=support.pk, body=said["reply"], now=at)
    if "append" in said:
        later = min(review.created_at + timedelta(days=21), market.play.until - timedelta(hours=2))
        append_review(review_id=review.pk, author_id=review.author_id, body=said["append"], now=later)
    wanted = market.dice.randint(0, 4 + 3 * len(said.get("pictures", [])))
    for person in market.dice.sample(list(shoppers), min(wanted, len(shoppers))):
        if person.pk != review.author_id:
            find_review_helpful(review_id=review.pk, user_id=person.pk, now=at)


def _ask(
    asked: Mapping[str, Any],
    product_id: UUID,
    *,
    buyers: Sequence[UUID],
    market: Market,
    shoppers: Sequence[User],
    support: User,
) -> None:
    at = market.play.until - timedelta(days=market.dice.randint(2, 9), hours=market.dice.randint(0, 9))
    asker = market.dice.choice([person for person in shoppers if person.pk not in buyers])
    question = ask_question(
        author_id=asker.pk,
        product_id=product_id,
        body=asked["text"],
        topic=asked.get("topic", "GENERAL"),
        idempotency_key=market.key(),
        now=at,
    )
    free = list(dict.fromkeys(buyers))
    for number, said in enumerate(asked["answers"], start=1):
        is_staff = said.get("official", False)
        if not is_staff and not free:
            continue
        answer = answer_question(
            author_id=support.pk if is_staff else free.pop(),
            is_staff=is_staff,
            question_id=question.pk,
            body=said["text"],
            idempotency_key=market.key(),
            now=at + timedelta(hours=3 * number),
        )
        for person in market.dice.sample(list(shoppers), 3):
            if person.pk != answer.author_id:
                find_answer_helpful(answer_id=answer.pk, user_id=person.pk, now=at + timedelta(hours=3 * number + 1))
        for owner in [each for each in buyers if each != answer.author_id][: said.get("solved", 0)]:
            mark_solved(answer_id=answer.pk, user_id=owner, now=at + timedelta(hours=3 * number + 2))
        if said.get("accepted"):
            accept_answer(answer_id=answer.pk, asker_id=asker.pk, now=at + timedelta(hours=3 * number + 2))
