"""Creators at every stage: who applied, who writes, what was bought through them, what was paid out."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from backend.accounts.models import User
from backend.catalogue.models import Product
from backend.config.demo.play import Step
from backend.config.demo.trade import Market
from backend.core.errors import NotFound
from community.forum.actions import create_post
from referrals.influencers import actions
from referrals.influencers.actions import BriefText, Particulars
from referrals.influencers.models import Application, Brief, Collaboration, PayoutItem, Promoter, Violation

M = TypeVar("M", bound=Model)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
# Place among the shoppers, legal name, what they write about, how many days ago they applied.
WRITERS = (
    (2, "林小满", "刚工作，写怎么少花钱住得舒服，东西用满一个月才写。", 86),
    (4, "赵木", "暖气房里种多肉第四年，写养护，也写养死的。", 84),
    (20, "苏苔", "拍微距，主要拍苔藓和小盆栽，一周更新两次。", 70),
)
WAITING = (
    (1, "陈国梁", "退休老师，写配料表，一次看一样。", 3, ""),
    (15, "叶青", "图书馆上班，写书桌和文具。", 9, "请补充最近三篇代表作的链接。"),
)
DECLINED = (34, "李哲", "手沖咖啡第五年，寫豆子和器具。", 20, "近期內容和店裡的商品關係不大，歡迎之後再來。")
# Whose, which product, the rate, the title of the brief and of the post.
LIVE = (
    (2, "two-person-tent", 1_500, "周末露营种草", "两个人的帐篷，住满四个周末"),
    (2, "mechanical-keyboard", 1_200, "书桌好物", "这把键盘我用了一个月"),
    (4, "succulent-yard", 2_000, "多肉小院", "暖气房里的多肉小院"),
)
SALES = 21
TENTH = "朋友问了好几次，统一写在这里。"


def plan_creators(*, market: Market, shoppers: Sequence[User], grower: User, second: User) -> None:
    """Plan the last ninety days of the creator programme."""
    until = market.play.until
    for place, name, words, days in WRITERS:
        at = until - timedelta(days=days)
        market.play.plan(at, _applying(shoppers[place], name, words, place))
        market.play.plan(at + timedelta(hours=20), _deciding(shoppers[place], grower, "APPROVED", ""))
    for place, name, words, days, answer in (*WAITING, DECLINED):
        at = until - timedelta(days=days)
        market.play.plan(at, _applying(shoppers[place], name, words, place))
        if answer:
            to = "REJECTED" if place == DECLINED[0] else "NEED_INFO"
            market.play.plan(at + timedelta(hours=9), _deciding(shoppers[place], grower, to, answer))
    for place, slug, bps, title, headline in LIVE:
        at = until - timedelta(days=80)
        market.play.plan(at, _showing(market, shoppers[place], market.products[slug], bps, title, headline, grower))
    _plan_sales(market, shoppers)
    _plan_invitation(market, shoppers[20], grower)
    _plan_money(market, grower, second)
    breach = until - timedelta(days=5)
    market.play.plan(breach, _breaching(shoppers[4], grower))
    market.play.plan(breach + timedelta(days=1), _appealing(shoppers[4]))


def _plan_sales(market: Market, shoppers: Sequence[User]) -> None:
    """Friends name a code and buy."""
    until = market.play.until
    for number in range(SALES):
        place, slug, *_rest = LIVE[number % len(LIVE)]
        buyer = shoppers[5 + number % 9 if number % 9 != 4 else 16]
        at = until - timedelta(days=76 - number * 3.4, hours=market.dice.randint(1, 9))
        market.play.plan(at, _buying(market, buyer, shoppers[place], market.products[slug]))


def _plan_invitation(market: Market, creator: User, grower: User) -> None:
    """A brand asks somebody, sends a sample, and has content to look at."""
    until = market.play.until
    product = market.products["instant-camera"]

    def invite(at: datetime) -> None:
        text = _brief(product, "拍立得体验", "用它拍一组苔藓，说说手感和出片。", 1_000, now=at, fee_minor=60_000)
        brief = actions.save_brief(text=text, by=grower.pk, now=at)
        code = _the(Promoter.objects.filter(pk=creator.pk)).code
        actions.invite_creator(brief_id=brief.pk, code=code, by=grower.pk, now=at)

    def accept(at: datetime) -> None:
        work = _the(Collaboration.objects.filter(promoter_id=creator.pk))
        actions.answer_invitation(collaboration_id=work.pk, user_id=creator.pk, accepts=True, now=at)
        actions.send_sample(collaboration_id=work.pk, parcel="鹿达 DE2026110801", by=grower.pk, now=at)

    def send_in(at: datetime) -> None:
        work = _the(Collaboration.objects.filter(promoter_id=creator.pk))
        post = _post(market, creator, product, "拍立得里的苔藓", now=at)
        actions.submit_content(collaboration_id=work.pk, post_id=post, user_id=creator.pk, now=at)

    for days, step in ((12, invite), (11, accept), (2, send_in)):
        market.play.plan(until - timedelta(days=days), step)
    market.play.plan(until - timedelta(days=6), _offering(market.products["yunnan-drip-coffee"], grower))


def _plan_money(market: Market, grower: User, second: User) -> None:
    """Commission vests every few days; two statements; one batch paid, one that waits for a second person."""
    until = market.play.until
    for days in range(60, 0, -6):
        market.play.plan(until - timedelta(days=days), lambda at: actions.vest_commissions(now=at))
    for days in (30, 2):
        market.play.plan(until - timedelta(days=days), lambda at: actions.close_statements(until=at, now=at))
    market.play.plan(until - timedelta(days=28), _paying(grower, second))
    market.play.plan(until - timedelta(days=1), _beginning_to_pay(grower))
    market.play.plan(until - timedelta(hours=20), lambda at: actions.refresh_tiers(now=at))


def _applying(user: User, name: str, words: str, number: int) -> Step:
    particulars = Particulars(
        legal_name=name,
        id_number=_id_number(number),
        bank_name="招商银行",
        bank_account=f"62258802{12_340_000 + number}",
        tax_kind="INDIVIDUAL",
    )

    def apply(at: datetime) -> None:
        application = actions.save_application(
            user_id=user.pk,
            introduction=words,
            channels=["小红书", "团子圈子"],
            is_adult_declared=True,
            accepts_terms=True,
            particulars=particulars,
            now=at,
        )
        actions.submit_application(application_id=application.pk, user_id=user.pk, now=at)

    return apply


def _deciding(user: User, grower: User, to: str, answer: str) -> Step:
    def decide(at: datetime) -> None:
        application = _the(Application.objects.filter(user=user).order_by("-created_at"))
        actions.take_application(application_id=application.pk, by=grower.pk, now=at)
        actions.decide_application(application_id=application.pk, to=to, answer=answer, by=grower.pk, now=at)

    return decide


def _brief(product: Product, title: str, words: str, bps: int, *, now: datetime, fee_minor: int = 0) -> BriefText:
    return BriefText(
        kind="TARGETED" if fee_minor else "OPEN",
        product_id=product.pk,
        title=title,
        words=words,
        rate_bps=bps,
        fee_minor=fee_minor,
        sends_sample=bool(fee_minor),
        month_cap_minor=None if fee_minor else 200_000,
        is_exclusive=bool(fee_minor),
        content_days=14,
        starts_at=now,
        ends_at=now + timedelta(days=120),
    )


def _offering(product: Product, grower: User) -> Step:
    def offer(at: datetime) -> Brief:
        text = _brief(product, "早晨的第一杯", "写写你家的早晨：水温、比例、配什么吃。", 1_000, now=at)
        return actions.save_brief(text=text, by=grower.pk, now=at)

    return offer


def _showing(market: Market, user: User, product: Product, bps: int, title: str, headline: str, grower: User) -> Step:
    def show(at: datetime) -> None:
        text = _brief(product, title, "写写真实的使用感受，优点缺点都说。", bps, now=at)
        brief = actions.save_brief(text=text, by=grower.pk, now=at)
        work = actions.join_brief(brief_id=brief.pk, user_id=user.pk, now=at)
        post = _post(market, user, product, headline, now=at)
        actions.submit_content(collaboration_id=work.pk, post_id=post, user_id=user.pk, now=at)
        actions.decide_content(collaboration_id=work.pk, approves=True, note="", by=grower.pk, now=at)

    return show


def _post(market: Market, user: User, product: Product, headline: str, *, now: datetime) -> UUID:
    post = create_post(
        author_id=user.pk,
        topic="balcony",
        title=headline,
        body=f"#广告 {TENTH}优点和缺点都在图里，拿不准的可以在下面问我。",
        picture_ids=(),
        product_id=product.pk,
        idempotency_key=market.key(),
        now=now,
    )
    return post.pk


def _buying(market: Market, buyer: User, creator: User, product: Product) -> Step:
    def buy(at: datetime) -> None:
        code = _the(Promoter.objects.filter(pk=creator.pk)).code
        actions.use_creator_code(code=code, user_id=buyer.pk, now=at)
        market.buy(buyer=buyer, products=[product], at=at + timedelta(minutes=6))

    return buy


def _paying(grower: User, second: User) -> Step:
    def pay(at: datetime) -> None:
        batch = actions.open_batch(by=grower.pk, now=at)
        actions.freeze_batch(batch_id=batch.pk, by=grower.pk, now=at)
        for person in (grower, second):
            actions.approve_batch(batch_id=batch.pk, by=person.pk, now=at)
        actions.take_payout_file(batch_id=batch.pk, by=grower.pk, now=at)
        rows = [
            f"{item.reference},{item.net_minor // 100}.{item.net_minor % 100:02d},PAID,"
            for item in PayoutItem.objects.filter(batch=batch)
        ]
        text = "\n".join(["reference,amount,result,reason", *rows])
        actions.import_results(batch_id=batch.pk, text=text, by=second.pk, now=at + timedelta(hours=20))

    return pay


def _beginning_to_pay(grower: User) -> Step:
    def begin(at: datetime) -> None:
        batch = actions.open_batch(by=grower.pk, now=at)
        actions.freeze_batch(batch_id=batch.pk, by=grower.pk, now=at)
        actions.approve_batch(batch_id=batch.pk, by=grower.pk, now=at)

    return begin


def _breaching(user: User, grower: User) -> Step:
    return lambda at: actions.record_violation(
        promoter_id=user.pk, words="评论区用了“全网最低价”这样的绝对化用语。", by=grower.pk, now=at
    )


def _appealing(user: User) -> Step:
    def appeal(at: datetime) -> None:
        breach = _the(Violation.objects.filter(promoter_id=user.pk))
        words = "是读者留言里的话，我已经删除并且置顶说明。"
        actions.appeal_violation(violation_id=breach.pk, user_id=user.pk, words=words, now=at)

    return appeal


def _the(rows: QuerySet[M]) -> M:
    """The first of the rows; without one the step is left out, as if the shop had refused it."""
    found = rows.first()
    if found is None:
        raise NotFound
    return found


def _id_number(number: int) -> str:
    """A well-formed number of nobody."""
    body = f"11010119900307{number:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]
