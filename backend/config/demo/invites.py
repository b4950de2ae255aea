"""Who brought whom: links that were passed on, opened, and led to a first order."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from backend.accounts.actions.keep_addresses import AddressText, save_address
from backend.accounts.actions.sign_up import sign_up
from backend.accounts.models import User
from backend.config.demo.people import DOMAIN
from backend.config.demo.play import Step
from backend.config.demo.trade import Market
from referrals.invites.actions import create_share_link, record_click
from referrals.invites.models import LinkKind

# Name, face, who brought them (by place among the shoppers), and how many days ago.
NEWCOMERS = (
    ("小葵", "1f467-1f3fb", 0, 41),
    ("阿勇", "1f468-1f3fc", 0, 33),
    ("莉莉", "1f469-1f3fd", 0, 19),
    ("顾医生", "1f9d4-1f3fd", 0, 6),
    ("陈小妹", "1f471-1f3fb", 1, 52),
    ("老同事", "1f474-1f3fe", 1, 27),
    ("室友小唐", "1f430", 2, 36),
    ("表姐", "1f469-1f3fe", 2, 9),
    ("五楼小刘", "1f466-1f3fc", 7, 45),
    ("六楼张阿姨", "1f475-1f3fc", 7, 22),
)
AGENT = "Mozilla/5.0 (Linux; Android 15) Mobile"
CURIOUS = 26


def plan_invites(*, market: Market, shoppers: Sequence[User]) -> None:
    """Plan visits of people who only looked, and of those who came and bought."""
    dice, until = market.dice, market.play.until
    for number in range(CURIOUS):
        owner = shoppers[number % 8]
        when = until - timedelta(days=dice.uniform(0.2, 55))
        market.play.plan(when, _looking(market, owner, visitor=f"{number:032x}"))
    for number, (name, face, inviter, days) in enumerate(NEWCOMERS):
        when = until - timedelta(days=days, hours=dice.randint(1, 12))
        market.play.plan(when, _coming(market, shoppers[inviter], name, face, number))


def _looking(market: Market, owner: User, *, visitor: str) -> Step:
    target = market.product().pk

    def look(at: datetime) -> None:
        link = create_share_link(owner_id=owner.pk, kind=LinkKind.PRODUCT, target_id=target, now=at)
        record_click(link=link, visitor=visitor, agent=AGENT, is_bot=False, now=at)

    return look


def _coming(market: Market, inviter: User, name: str, face: str, number: int) -> Step:
    visitor = f"{number + 1000:032x}"

    def come(at: datetime) -> None:
        link = create_share_link(owner_id=inviter.pk, kind=LinkKind.PROFILE, target_id=inviter.pk, now=at)
        record_click(link=link, visitor=visitor, agent=AGENT, is_bot=False, now=at)
        joined_at = at + timedelta(minutes=4)
        user = sign_up(
            email=f"newcomer{number + 1:02d}@{DOMAIN}",
            display_name=name,
            face=face,
            locale="zh-Hans",
            visitor=visitor,
            now=joined_at,
        )
        address_id = _settle(user, name, now=joined_at)
        market.move_in(user.pk, address_id)
        first_order_at = at + timedelta(days=1, hours=market.dice.randint(1, 20))
        market.play.plan(first_order_at, lambda now: market.buy(buyer=user, products=[market.product()], at=now))

    return come


def _settle(user: User, name: str, *, now: datetime) -> UUID:
    text = AddressText(
        name=name, phone="+8613900139000", province="浙江省", city="杭州市", district="拱墅区", line="湖墅南路 77 号"
    )
    return save_address(user_id=user.pk, text=text, is_default=True, now=now).pk
