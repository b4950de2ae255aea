"""Protection plans and trade-ins of the demo, so that every page and desk of them has something to show."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from backend.accounts.models import Address, User
from backend.aftersales.actions import set_own_flow
from backend.aftersales.models import AfterSaleCase
from backend.catalogue.models import Category
from backend.config.demo.products import texts
from backend.config.demo.trade import pay
from backend.core.ids import new_id
from backend.core.pictures.storing import store_picture
from backend.orders.models import OrderLine
from backend.orders.rules import KEPT
from backend.payments.models import Payment
from backend.protection.actions import PlanText, activate_coverages, buy_protection, save_plan
from backend.protection.models import PlanVersion
from backend.protection.selectors.coverages import protection_of_order
from backend.tradein import actions
from backend.tradein.models import PriceListVersion, TradeIn

PLANS = (
    (12, 1, 600, ("延保一年", "延長保固一年", "One more year")),
    (24, 2, 1000, ("延保两年", "延長保固兩年", "Two more years")),
)
COVERS = (
    "正常使用中的性能故障\n免费检测、配件和人工\n不含人为损坏和进水",
    "正常使用中的性能故障\n免費檢測、零件和人工\n不含人為損壞和進水",
    "Faults in normal use\nInspection, parts and work are free\nNot what was broken or got wet",
)
SHELVES = ("digital", "kitchen", "sports")
LISTS = (
    ("digital", 30_000, 2_500, ("旧耳机", "舊耳機", "Old headphones")),
    ("kitchen", 12_000, 1_200, ("旧电水壶", "舊電水壺", "Old kettle")),
    ("sports", 24_000, 2_000, ("旧帐篷", "舊帳篷", "Old tent")),
)
QUESTIONS = (
    ("works", ("能正常使用吗？", "能正常使用嗎？", "Does it work?"), (
        ("yes", 0, ("都正常", "都正常", "Everything works")),
        ("partly", 3, ("有小毛病", "有小毛病", "Small faults")),
        ("no", None, ("坏了", "壞了", "Broken")),
    )),
    ("looks", ("外观怎么样？", "外觀怎麼樣？", "How does it look?"), (
        ("new", 0, ("像新的", "像新的", "Like new")),
        ("used", 2, ("有使用痕迹", "有使用痕跡", "Signs of use")),
        ("worn", 4, ("磨损明显", "磨損明顯", "Clearly worn")),
    )),
    ("parts", ("配件齐吗？", "配件齊嗎？", "Is anything missing?"), (
        ("all", 0, ("都齐", "都齊", "Complete")),
        ("some", 1, ("少了一两样", "少了一兩樣", "One or two parts")),
    )),
)  # fmt: skip
ANSWERS = {"works": "yes", "looks": "used", "parts": "all"}
BUDGET_MINOR = 500_000
FOUND = "支架有一处弯折，收纳袋缺失，和填写的「配件齐」不一致。"


def show_care(*, shoppers: Sequence[User], grower: User, agent: User, picture: bytes, now: datetime) -> None:
    """Write plans and price lists, sell some plans, and take things in at every stage."""
    plans = [_plan(months, repairs, bps, title, grower, now) for months, repairs, bps, title in PLANS]
    for place, shopper in enumerate(shoppers[:8]):
        _protect(shopper, plans[place % 2], now)
    lists = [_list(slug, base, step, title, grower, now) for slug, base, step, title in LISTS]
    actions.set_budget(limit_minor=BUDGET_MINOR, now=now - timedelta(days=9))
    actions.set_budget(limit_minor=BUDGET_MINOR, now=now)
    for stage in range(7):
        _trade_in(stage, lists[stage % 3], shoppers[0 if stage in (1, 4) else stage + 1], agent, picture, now)
    case = AfterSaleCase.objects.exclude(buyer__in=[shoppers[0], agent]).order_by("-opened_at")[0]
    set_own_flow(
        case_id=case.pk, agent_id=agent.pk, reason="最近三次退回的包裹里，有两次少了配件。", now=now,
        ends_at=now + timedelta(days=60),
    )  # fmt: skip


def _plan(months: int, repairs: int, bps: int, title: tuple[str, str, str], grower: User, now: datetime) -> PlanVersion:
    shelves = list(Category.objects.filter(slug__in=SHELVES).values_list("pk", flat=True))
    bands = [{"fromMinor": 2000, "fixedMinor": bps}, {"fromMinor": 10_000, "shareBps": bps}]
    text = PlanText(
        title=texts(title), covers=texts(COVERS), months=months, repairs=repairs, bands=bands, shelf_ids=shelves
    )
    at = now - timedelta(days=40)
    return save_plan(plan_id=None, seen_number=None, text=text, editor_id=grower.pk, now=at)


def _protect(shopper: User, version: PlanVersion, now: datetime) -> None:
    """Buy a plan for the first thing of the shopper that can have one, and leave the next without."""
    lines = OrderLine.objects.filter(
        order__buyer=shopper, order__state__in=KEPT, order__delivered_at__gt=now - timedelta(days=28)
    )
    for order_id in dict.fromkeys(lines.order_by("order__delivered_at").values_list("order_id", flat=True)):
        for offer in protection_of_order(order_id=order_id, buyer_id=shopper.pk, now=now).offers:
            plan = next((each for each in offer.plans if each.version == version), None)
            if plan is None:
                continue
            order = buy_protection(
                line_id=offer.line.pk, plan_id=version.plan_id, pieces=1, price_minor=plan.price_minor,
                buyer_id=shopper.pk, provider="sandbox", idempotency_key=new_id(), now=now,
            )  # fmt: skip
            pay(Payment.objects.get(order=order), at=now)
            activate_coverages(plan_order_id=order.pk, now=now)
            return


def _list(
    slug: str, base_minor: int, step_minor: int, title: tuple[str, str, str], grower: User, now: datetime
) -> PriceListVersion:
    questions = [
        {
            "key": key,
            "ask": texts(ask),
            "answers": [{"key": name, "label": texts(label), "steps": steps} for name, steps, label in answers],
        }
        for key, ask, answers in QUESTIONS
    ]
    text = actions.ListText(title=texts(title), base_minor=base_minor, step_minor=step_minor, questions=questions)
    return actions.save_list(
        kind_id=None,
        category_id=Category.objects.values_list("pk", flat=True).get(slug=slug),
        seen_number=None,
        text=text,
        editor_id=grower.pk,
        now=now - timedelta(days=40),
    )


def _trade_in(
    stage: int, price_list: PriceListVersion, person: User, agent: User, picture: bytes, now: datetime
) -> None:
    """Bring one thing as far as its stage: offered, to send, coming, here, lowered, credited, going back."""
    at = now - timedelta(days=8, hours=stage)
    thing = actions.ask_trade_in(
        kind_id=price_list.kind_id, answers=ANSWERS, words="用了一年，平时很爱惜。", picture_ids=(),
        person_id=person.pk, idempotency_key=new_id(), now=at,
    )  # fmt: skip
    address = Address.objects.filter(user=person).order_by("-is_default").values_list("pk", flat=True)[0]
    one = {"trade_in_id": thing.pk, "person_id": person.pk}
    if stage >= 1:
        actions.take_offer(**one, is_by_hand=stage == 3, address_id=address, now=at + timedelta(hours=1))
    if stage >= 2 and stage != 3:
        actions.send_trade_in(**one, carrier="顺丰", tracking=f"SF{thing.number[2:]}", now=at + timedelta(days=1))
    if stage >= 3:
        arrived = at + timedelta(days=4)
        actions.receive_trade_in(trade_in_id=thing.pk, agent_id=agent.pk, now=arrived)
        _inspect(stage, thing.pk, agent, picture, at=arrived + timedelta(hours=3))
    if stage == 6:
        actions.answer_price(**one, accepts=False, now=at + timedelta(days=5))


def _inspect(stage: int, thing_id: UUID, agent: User, picture: bytes, *, at: datetime) -> None:
    if stage == 3:
        return
    thing = TradeIn.objects.get(pk=thing_id)
    is_good = stage == 5
    pictures = [] if is_good else [store_picture(data=picture, owner_id=agent.pk, now=at, trusted=True).pk]
    actions.inspect_trade_in(
        trade_in_id=thing.pk, agent_id=agent.pk, version=thing.version,
        amount_minor=thing.offered_minor * (100 if is_good else 70) // 100, note="" if is_good else FOUND,
        picture_ids=pictures, now=at,
    )  # fmt: skip
