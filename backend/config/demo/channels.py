"""Links of the growth team: who came by which, what it cost, and who signed up and bought."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from backend.accounts.actions.keep_addresses import AddressText, save_address
from backend.accounts.actions.sign_up import sign_up
from backend.accounts.models import User
from backend.config.demo.people import DOMAIN
from backend.config.demo.play import Step
from backend.config.demo.trade import Market
from backend.core.clock import business_day
from referrals.channels.actions import ChannelDraft, close_channel, create_channel, record_cost, record_visit
from referrals.channels.models import Channel
from referrals.invites.actions import adopt_touches


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A channel: when it began and ended (days ago), visits a day, and what is paid how often for what."""

    code: str
    draft: ChannelDraft
    since: int = 88
    until: int = 0
    visits: tuple[int, int]
    cost_minor: int
    every: int
    note: str
    newcomers: int = 0
    returning: int = 0


PLANS = (
    Plan(
        code="XHS01",
        draft=ChannelDraft(
            name="小红书 种草", kind="CONTENT", partner="阿禾手作", headline="阳台也能养一桌多肉", target="GROUPS",
            budget_note="每月 2 篇笔记，月初结算",
        ),
        visits=(1, 4), cost_minor=9_000, every=15, note="笔记合作费", newcomers=4, returning=10,
    ),
    Plan(
        code="DY01",
        draft=ChannelDraft(
            name="抖音 信息流", kind="ADVERTISING", target="HOME", budget_note="每周上限 80 元，周一充值"
        ),
        since=60, visits=(2, 6), cost_minor=7_500, every=7, note="信息流充值", newcomers=5, returning=7,
    ),
    Plan(
        code="BD01",
        draft=ChannelDraft(name="百度 搜索", kind="SEARCH", target="HOME", budget_note="品牌词，按点击计费"),
        visits=(0, 3), cost_minor=4_800, every=14, note="搜索推广充值", newcomers=2, returning=6,
    ),
    Plan(
        code="MARKET",
        draft=ChannelDraft(
            name="线下 周末市集", kind="EVENT", partner="天目里市集", headline="现场扫码，三人成团", target="GROUPS"
        ),
        since=44, until=30, visits=(3, 7), cost_minor=15_000, every=7, note="摊位费与物料", newcomers=2, returning=4,
    ),
    Plan(
        code="STORE",
        draft=ChannelDraft(name="门店 海报", kind="STORE", headline="扫一扫，邻居价带回家", target="COUPONS"),
        visits=(0, 2), cost_minor=2_400, every=30, note="海报印制", newcomers=1, returning=7,
    ),
    Plan(
        code="SMS11",
        draft=ChannelDraft(name="短信 老客召回", kind="MESSAGE", target="COUPONS", budget_note="每条 0.045 元"),
        since=21, visits=(1, 4), cost_minor=1_500, every=10, note="短信条数", returning=12,
    ),
)  # fmt: skip
NAMES = "小橘 阿澈 青青 佳佳妈妈 老周 豆豆 安然 小野 许老师 阿宽 蒋小姐 阿冬 石头 南风"


def plan_channels(*, market: Market, shoppers: Sequence[User], grower: User) -> None:
    """Plan each channel's visits, costs and newcomers; who bought before comes back and buys as ever."""
    names = iter(NAMES.split())
    for number, plan in enumerate(PLANS):
        begin = market.play.until - timedelta(days=plan.since)
        chosen = [shoppers[(number * 7 + place) % len(shoppers)] for place in range(plan.returning)]
        comers = [next(names) for _ in range(plan.newcomers)]
        market.play.plan(begin, _opening(market, plan, grower, chosen, comers))


def _opening(market: Market, plan: Plan, grower: User, returning: Sequence[User], comers: Sequence[str]) -> Step:
    def begin(at: datetime) -> None:
        play, dice, end = market.play, market.dice, market.play.until - timedelta(days=plan.until)
        channel = create_channel(draft=plan.draft, code=plan.code, by=grower.pk, now=at)
        for days in range(plan.since - plan.until):
            play.plan(at + timedelta(days=days, hours=dice.uniform(1, 11)), _visiting(market, plan, channel))
        for days in range(0, plan.since - plan.until, plan.every):
            play.plan(at + timedelta(days=days, hours=1), _paying(market, plan, channel, grower.pk))
        span = (end - at).total_seconds()
        for user in returning:
            play.plan(at + timedelta(seconds=dice.uniform(0.1, 0.98) * span), _returning(market, channel, user))
        for name in comers:
            play.plan(at + timedelta(seconds=dice.uniform(0.1, 0.95) * span), _coming(market, channel, name))
        if plan.until:
            play.plan(end, lambda now: close_channel(channel_id=channel.pk, version=1, by=grower.pk, now=now))

    return begin


def _visiting(market: Market, plan: Plan, channel: Channel) -> Step:
    def visit(at: datetime) -> None:
        for _ in range(market.dice.randint(*plan.visits)):
            browser = f"{market.dice.getrandbits(7 if market.dice.random() < 0.2 else 96):032x}"
            record_visit(channel=channel, visitor=browser, now=at + timedelta(minutes=market.dice.randint(0, 50)))

    return visit


def _paying(market: Market, plan: Plan, channel: Channel, by: UUID) -> Step:
    def pay(at: datetime) -> None:
        amount = plan.cost_minor + 100 * market.dice.randint(-4, 4)
        record_cost(
            channel_id=channel.pk,
            day=business_day(at),
            amount_minor=amount,
            note=plan.note,
            by=by,
            idempotency_key=market.key(),
            now=at,
        )

    return pay


def _returning(market: Market, channel: Channel, user: User) -> Step:
    def come(at: datetime) -> None:
        record_visit(channel=channel, visitor=market.key().hex, user_id=user.pk, now=at)

    return come


def _coming(market: Market, channel: Channel, name: str) -> Step:
    def come(at: datetime) -> None:
        browser, joined_at = market.key().hex, at + timedelta(minutes=3)
        record_visit(channel=channel, visitor=browser, now=at)
        user = sign_up(
            email=f"{browser[:8]}@{DOMAIN}", display_name=name, locale="zh-Hans", visitor=browser, now=joined_at
        )
        # The demo tells of a sign-up at the end of the day, and who is new buys before that.
        adopt_touches(user_id=user.pk, visitor=browser, now=joined_at)
        address = AddressText(
            name=name, phone=f"+86139{int(browser[:8], 16) % 100_000_000:08d}", province="浙江省", city="杭州市",
            district="滨江区", line=f"江南大道 {int(browser[:4], 16) % 900 + 1} 号",
        )  # fmt: skip
        market.move_in(user.pk, save_address(user_id=user.pk, text=address, is_default=True, now=joined_at).pk)
        later = at + timedelta(minutes=market.dice.randint(20, 3000))
        market.play.plan(later, lambda now: market.buy(buyer=user, products=[market.product()], at=now))

    return come
