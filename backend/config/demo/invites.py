"""Who brought whom: links that were passed on, opened, and led to a first order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from backend.accounts.actions.keep_addresses import AddressText, save_address
from backend.accounts.actions.sign_up import sign_up
from backend.accounts.models import Address, User
from backend.config.demo.people import DOMAIN
from backend.config.demo.play import Step
from backend.config.demo.trade import Market
from referrals.invites.actions import create_share_link, record_click, show_name
from referrals.invites.models import LinkKind

# Name, face, who brought them (by place among the shoppers), how many days ago, and what they share with them.
NEWCOMERS = (
    ("小葵", "1f467-1f3fb", 0, 41, ""),
    ("阿勇", "1f468-1f3fc", 0, 33, ""),
    ("莉莉", "1f469-1f3fd", 0, 19, ""),
    ("顾医生", "1f9d4-1f3fd", 0, 6, ""),
    ("陈小妹", "1f471-1f3fb", 1, 52, ""),
    ("老同事", "1f474-1f3fe", 1, 27, ""),
    ("室友小唐", "1f430", 2, 36, "home"),
    ("表姐", "1f469-1f3fe", 2, 9, "home"),
    ("五楼小刘", "1f466-1f3fc", 7, 45, ""),
    ("六楼张阿姨", "1f475-1f3fc", 7, 16, ""),
    ("跑步搭子", "1f468-1f3fd", 7, 12, ""),
    ("读书会小何", "1f467-1f3fd", 7, 5, ""),
    ("瑜伽课同学", "1f469-1f3fc", 1, 8, ""),
    ("爷爷奶奶的手机", "1f474-1f3fb", 3, 10, "phone device"),
    ("对门小夫妻", "1f469-1f3fb", 2, 2, "home device"),
    ("我的第二个号", "1f431", 4, 3, "phone device home"),
)
SHOW_THEIR_NAME = (0, 7)
AGENT = "Mozilla/5.0 (Linux; Android 15) Mobile"
CURIOUS = 26


@dataclass(frozen=True)
class Newcomer:
    """Somebody who came by a link, and what they share with whoever sent it."""

    number: int
    name: str
    face: str
    shares: str


def plan_invites(*, market: Market, shoppers: Sequence[User]) -> None:
    """Plan visits of people who only looked, and of those who came and bought."""
    dice, until = market.dice, market.play.until
    for number in range(CURIOUS):
        owner = shoppers[number % 8]
        when = until - timedelta(days=dice.uniform(0.2, 55))
        market.play.plan(when, _looking(market, owner, visitor=f"{number:032x}"))
    for number, (name, face, inviter, days, shares) in enumerate(NEWCOMERS):
        when = until - timedelta(days=days, hours=dice.randint(1, 12))
        market.play.plan(when, _coming(market, shoppers[inviter], Newcomer(number, name, face, shares)))
    for place in SHOW_THEIR_NAME:
        market.play.plan(until - timedelta(days=30), _showing(shoppers[place]))


def _looking(market: Market, owner: User, *, visitor: str) -> Step:
    target = market.product().pk

    def look(at: datetime) -> None:
        link = create_share_link(owner_id=owner.pk, kind=LinkKind.PRODUCT, target_id=target, now=at)
        record_click(link=link, visitor=visitor, agent=AGENT, is_bot=False, now=at)

    return look


def _showing(person: User) -> Step:
    return lambda at: show_name(user_id=person.pk, shows_name=True, now=at)


def _coming(market: Market, inviter: User, friend: Newcomer) -> Step:
    visitor = f"{friend.number + 1000:032x}"

    def come(at: datetime) -> None:
        link = create_share_link(owner_id=inviter.pk, kind=LinkKind.PROFILE, target_id=inviter.pk, now=at)
        record_click(link=link, visitor=visitor, agent=AGENT, is_bot=False, now=at)
        joined_at = at + timedelta(minutes=4)
        user = sign_up(
            email=f"newcomer{friend.number + 1:02d}@{DOMAIN}",
            display_name=friend.name,
            face=friend.face,
            locale="zh-Hans",
            visitor=visitor,
            now=joined_at,
        )
        if "device" in friend.shares:
            other = create_share_link(owner_id=user.pk, kind=LinkKind.PROFILE, target_id=user.pk, now=joined_at)
            record_click(link=other, visitor=visitor, agent=AGENT, is_bot=False, user_id=inviter.pk, now=joined_at)
        market.move_in(user.pk, _settle(user, inviter, friend, now=joined_at))
        first_order_at = at + timedelta(days=1, hours=market.dice.randint(1, 20))
        market.play.plan(first_order_at, lambda now: market.buy(buyer=user, products=[market.product()], at=now))

    return come


def _settle(user: User, inviter: User, friend: Newcomer, *, now: datetime) -> UUID:
    theirs = Address.objects.get(user=inviter, is_default=True)
    home = theirs if "home" in friend.shares else None
    text = AddressText(
        name=friend.name,
        phone=theirs.phone if "phone" in friend.shares else f"+86138{friend.number * 7_654_321 % 100_000_000:08d}",
        province=home.province if home else "浙江省",
        city=home.city if home else "杭州市",
        district=home.district if home else "拱墅区",
        line=home.line if home else f"湖墅南路 {77 + friend.number * 4} 号",
    )
    return save_address(user_id=user.pk, text=text, is_default=True, now=now).pk
