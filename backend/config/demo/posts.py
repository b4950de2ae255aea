"""What people tell one another: topics, posts with pictures, comments, likes, and what was reported."""

import dataclasses
import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from backend.accounts.models import Profile, User
from backend.config.demo.composing import Kitchen
from backend.config.demo.play import Step
from backend.config.demo.products import texts
from backend.config.demo.trade import Market
from backend.core.pictures.storing import store_picture
from community.forum.actions import add_comment, create_post, create_topic, follow_topic, like_post
from community.forum.models import Post

POSTS = Path(__file__).parent / "talk" / "posts.toml"
TOPICS = (
    (
        "balcony",
        "🪴 mint",
        ("阳台植物", "陽臺植物", "Balcony plants"),
        ("种活的、种死的，都说说", "種活的、種死的，都聊聊", "What lived, what did not"),
    ),
    (
        "kitchen-table",
        "🍳 butter",
        ("一人食与家常菜", "一人食與家常菜", "The kitchen table"),
        ("今天吃什么", "今天吃什麼", "What is for dinner"),
    ),
    (
        "group-stories",
        "🥳 peach",
        ("拼团故事", "拼團故事", "Group stories"),
        ("谁带谁来的", "誰帶誰來的", "Who brought whom"),
    ),
    (
        "unboxing",
        "📦 sand",
        ("开箱实拍", "開箱實拍", "Unboxed"),
        ("不修图，说优缺点", "不修圖，講優缺點", "Plain photos, good and bad"),
    ),
    (
        "pets-at-home",
        "🐱 lilac",
        ("家有毛孩", "家有毛孩", "Pets at home"),
        ("它们的意见最大", "牠們的意見最大", "They decide"),
    ),
    (
        "weekend-out",
        "⛺ sky",
        ("周末出门", "週末出門", "Weekend out"),
        ("去哪儿、带什么", "去哪裡、帶什麼", "Where to, and what to pack"),
    ),
)


@dataclasses.dataclass(frozen=True)
class Told:
    """What was posted, by the key of the post in the file."""

    posts: dict[str, UUID]


PROVINCES = (
    (
        "shanghai",
        "🌉 sky",
        "上海市",
        ("上海邻居", "上海鄰居", "Shanghai neighbours"),
        ("同城自提、拼车拼单、哪家好吃", "同城自提、湊車湊單、哪家好吃", "Pick up, share orders, where to eat"),
    ),
    (
        "zhejiang",
        "🍵 mint",
        "浙江省",
        ("浙江老乡", "浙江老鄉", "Zhejiang neighbours"),
        ("杨梅什么时候下来", "楊梅什麼時候下來", "When the bayberries are ripe"),
    ),
)


def recipes_of_topics() -> set[str]:
    """The pictures of the topics."""
    return {recipe for _slug, recipe, *_words in (*TOPICS, *PROVINCES)}


def open_topics(*, pictures: Mapping[str, UUID]) -> None:
    """Make the topics."""
    for position, (slug, recipe, name, description) in enumerate(TOPICS):
        create_topic(
            slug=slug,
            names=texts(name),
            descriptions=texts(description),
            picture_id=pictures[recipe],
            position=position,
        )


def open_provinces(*, pictures: Mapping[str, UUID]) -> None:
    """Make the circles of neighbours."""
    for position, (slug, recipe, province, name, description) in enumerate(PROVINCES, start=len(TOPICS)):
        create_topic(
            slug=slug,
            names=texts(name),
            descriptions=texts(description),
            picture_id=pictures[recipe],
            position=position,
            province=province,
        )


def plan_posts(*, market: Market, shoppers: Sequence[User], kitchen: Kitchen) -> Told:
    """Plan every post of the file with its comments and likes."""
    told = Told({})
    for user in shoppers:
        for slug, *_ in market.dice.sample(TOPICS, 2):
            follow_topic(slug=slug, user_id=user.pk)
    for entry in tomllib.loads(POSTS.read_text(encoding="utf-8"))["posts"]:
        at = market.play.until - timedelta(days=entry["days"], hours=market.dice.randint(0, 5))
        pictures = _own_pictures(entry, kitchen, at)
        market.play.plan(at, _posting(entry, pictures, market, shoppers, told))
    return told


def person_named(name: str) -> UUID:
    """The person of the demo who carries this name."""
    return Profile.objects.get(display_name=name).user_id


def _own_pictures(entry: Mapping[str, Any], kitchen: Kitchen, at: datetime) -> list[UUID]:
    """A post may only show pictures of its author, so each gets rows of their own; the files are there already."""
    return [
        store_picture(data=kitchen.picture(recipe), owner_id=person_named(entry["by"]), now=at, trusted=True).pk
        for recipe in entry.get("pictures", [])
    ]


def _posting(
    entry: Mapping[str, Any],
    pictures: Sequence[UUID],
    market: Market,
    shoppers: Sequence[User],
    told: Told,
) -> Step:
    product = market.products.get(entry.get("product", ""))

    def post(at: datetime) -> None:
        made = create_post(
            author_id=person_named(entry["by"]),
            topic=entry["topic"],
            title=entry["title"],
            body=entry["body"],
            picture_ids=pictures,
            product_id=product.pk if product else None,
            idempotency_key=market.key(),
            now=at,
        )
        told.posts[entry["key"]] = made.pk
        for number, said in enumerate(entry.get("comments", []), start=1):
            when = at + timedelta(minutes=50 * number + market.dice.randint(0, 40))
            market.play.plan(when, _commenting(made, said["by"], said["text"], market.key()))
        for person in market.dice.sample(list(shoppers), entry.get("likes", 0) // 3):
            market.play.plan(at + timedelta(minutes=market.dice.randint(9, 2000)), _liking(made, person))

    return post


def _commenting(post: Post, name: str, text: str, key: UUID) -> Step:
    return lambda at: add_comment(author_id=person_named(name), post_id=post.pk, body=text, idempotency_key=key, now=at)


def _liking(post: Post, person: User) -> Step:
    return lambda at: like_post(post_id=post.pk, user_id=person.pk, now=at)
