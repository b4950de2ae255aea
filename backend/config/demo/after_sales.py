"""Cases of after-sales at every stage, so that shoppers, the desk and its report have something to show."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from backend.accounts.models import User
from backend.aftersales import actions
from backend.aftersales.models import AfterSaleCase, CaseLine, CategoryTerms
from backend.aftersales.selectors.cases import parcels_of_cases, resend_of_case
from backend.aftersales.selectors.claims import Wanted
from backend.catalogue.models import Category
from backend.config.demo.parcels import tell_of
from backend.config.demo.trade import Market, return_money
from backend.core.ids import new_id
from backend.fulfilment.actions import Packing, pack_parcel, send_parcel
from backend.fulfilment.selectors import pieces_of_resends
from backend.inventory.models import StockItem
from backend.orders.models import Order, OrderLine, OrderState

Move = Callable[[AfterSaleCase, User, datetime], object]


@dataclass(frozen=True)
class Story:
    """Who asks for what, how many hours before the end, and what follows: hours later and the move."""

    buyer: int | None
    kind: str
    reason: str
    detail: str
    hours: int
    moves: tuple[tuple[int, Move], ...] = ()


def take(case: AfterSaleCase, agent: User, at: datetime) -> None:
    """An agent begins to look."""
    actions.take_case(case_id=case.pk, agent_id=agent.pk, now=at)


def say(case: AfterSaleCase, agent: User, at: datetime) -> None:
    """An agent writes to the buyer."""
    actions.write_to_case(
        case_id=case.pk, writer_id=agent.pk, is_agent=True, note="照片收到了，正在和仓库核对，今天内答复你。",
        picture_ids=(), is_internal=False, now=at,
    )  # fmt: skip


def approve(case: AfterSaleCase, agent: User, at: datetime) -> None:
    """An agent grants it."""
    actions.approve_case(
        case_id=case.pk, agent_id=agent.pk, version=case.version, amount_minor=None, remedy=None,
        note="同意，给你添麻烦了。", now=at,
    )  # fmt: skip


def reject(case: AfterSaleCase, agent: User, at: datetime) -> None:
    """An agent declines it with reasons."""
    actions.reject_case(
        case_id=case.pk, agent_id=agent.pk, version=case.version,
        note="照片里的划痕在出库照片上没有，看起来是使用后留下的，不属于质量问题。", now=at,
    )  # fmt: skip


def appeal(case: AfterSaleCase, agent: User, at: datetime) -> None:
    """The buyer contradicts."""
    actions.appeal_case(
        case_id=case.pk,
        buyer_id=case.buyer_id,
        note="拆箱时就有划痕，我当天就拍了照片，没有用过。",
        picture_ids=(),
        now=at,
    )


def post_back(case: AfterSaleCase, agent: User, at: datetime) -> None:
    """The buyer sends the parcel."""
    actions.send_back(case_id=case.pk, buyer_id=case.buyer_id, carrier="顺丰", tracking=f"SF{case.number[2:]}", now=at)


def receive(case: AfterSaleCase, agent: User, at: datetime) -> None:
    """The parcel is back."""
    actions.receive_back(case_id=case.pk, agent_id=agent.pk, now=at)


def accept(case: AfterSaleCase, agent: User, at: datetime) -> None:
    """The inspection finds all well."""
    fit = {line.pk: line.quantity for line in CaseLine.objects.filter(case=case)}
    actions.inspect_case(
        case_id=case.pk,
        agent_id=agent.pk,
        version=case.version,
        fit=fit,
        is_good=True,
        note="包装完好，配件齐全。",
        now=at,
    )


def pay_back(case: AfterSaleCase, agent: User, at: datetime) -> None:
    """The money arrives."""
    return_money([case.order_id], at=at)


def reship(case: AfterSaleCase, agent: User, at: datetime) -> None:
    """The new piece is packed, each by its code, and leaves."""
    resend = resend_of_case(case.pk)
    if resend is None:
        return
    pieces = pieces_of_resends([resend.pk])[resend.pk]
    parcel = pack_parcel(
        order_id=case.order_id,
        resend_id=resend.pk,
        carrier="deer",
        pieces=None,
        codes=[piece["sku"] for piece in pieces for _ in range(piece["left"])],
        packing=Packing(thanks="换好了，久等。"),
        tracking_number=f"DE9{case.number[2:]}",
        actor_id=agent.pk,
        idempotency_key=new_id(),
        now=at,
    )
    send_parcel(shipment_id=parcel.pk, actor_id=agent.pk, now=at)


def on_road(case: AfterSaleCase, agent: User, at: datetime) -> None:
    """The carrier tells of the new piece."""
    for parcel in parcels_of_cases([case.pk]).get(case.pk, []):
        tell_of(parcel, code="departed", place="杭州市", at=at)


def rate(case: AfterSaleCase, agent: User, at: datetime) -> None:
    """The buyer says how it went, and the desk files it for all to read."""
    actions.rate_after_sale(case_id=case.pk, buyer_id=case.buyer_id, rating=5, words="处理得快，说得也清楚。", now=at)
    entry = actions.write_knowledge(
        case_id=case.pk,
        agent_id=agent.pk,
        title="花盆到货有裂纹怎么办",
        problem="陶盆在运输中受挤压，边缘出现细裂纹。",
        cause="外箱填充不足，盆与盆之间没有隔板。",
        solution="拍一张裂纹处的照片申请“仅退款”，不用寄回；植物先连土换到别的容器，三天内少浇水。",
        now=at,
    )
    actions.publish_knowledge(entry_id=entry.pk, is_published=True, now=at)


BACK = ((1, take), (4, approve), (20, post_back), (60, receive))
STORIES = (
    Story(
        None,
        "REFUND_ONLY",
        "DAMAGED",
        "收到时盆边有一道裂纹。",
        400,
        ((1, take), (3, approve), (4, pay_back), (100, rate)),
    ),
    Story(None, "RETURN_REFUND", "FITS_BADLY", "比想的大，放不下。", 300, (*BACK, (64, accept), (66, pay_back))),
    Story(1, "RETURN_REFUND", "QUALITY", "开关有时按不动。", 150, (*BACK, (64, accept), (66, pay_back))),
    Story(None, "EXCHANGE", "FITS_BADLY", "想换小一号的。", 130, (*BACK, (64, accept), (90, reship), (104, on_road))),
    Story(2, "RETURN_REFUND", "CHANGED_MIND", "", 90, BACK),
    Story(None, "RETURN_REFUND", "NOT_AS_DESCRIBED", "颜色和图片差得有点多。", 80, BACK[:3]),
    Story(0, "RETURN_REFUND", "QUALITY", "用了一次就松了。", 52, BACK[:2]),
    Story(None, "REFUND_ONLY", "DAMAGED", "外壳有划痕。", 60, ((2, take), (5, reject), (20, appeal))),
    Story(None, "MISSING_OR_WRONG", "MISSING", "少了一个盖子。", 26, ((1, take), (2, say))),
    Story(None, "RETURN_REFUND", "FITS_BADLY", "尺寸买错了。", 9),
    Story(None, "REPAIR", "QUALITY", "接口接触不良。", 4),
    Story(None, "REFUND_ONLY", "NOT_AS_DESCRIBED", "味道和写的不一样。", 1),
)


def plan_after_sales(*, market: Market, shoppers: list[User], agent: User) -> None:
    """Plan the cases, each with an order that was delivered shortly before."""
    until = market.play.until
    market.play.plan(until - timedelta(hours=500), lambda at: say_terms(agent, at))
    for story in STORIES:
        buyer = None if story.buyer is None else shoppers[story.buyer]
        market.play.plan(until - timedelta(hours=story.hours), _asking(market, story, buyer, agent))


def say_terms(agent: User, at: datetime) -> None:
    """Fresh things come back only with a fault, and soon."""
    for category in Category.objects.filter(slug__in=("fruit", "fresh", "food", "bakery")):
        actions.set_category_terms(
            category_id=category.pk, agent_id=agent.pk, is_fresh=True, is_customised=False, no_reason_days=0,
            quality_days=3, now=at,
        )  # fmt: skip


def _asking(market: Market, story: Story, buyer: User | None, agent: User) -> Callable[[datetime], None]:
    key = market.key()

    def ask(at: datetime) -> None:
        line = _line_for(story, buyer, at)
        if line is None:
            return
        instead = _other_variant(line) if story.kind == "EXCHANGE" else None
        case = actions.apply_for_after_sale(
            order_id=line.order_id,
            buyer_id=line.order.buyer_id,
            wanted=Wanted(
                type=story.kind, reason=story.reason, pieces={line.pk: 1}, instead={line.pk: instead} if instead else {}
            ),
            remedy=None,
            detail=story.detail,
            picture_ids=(),
            to_store_credit=False,
            idempotency_key=key,
            now=at,
        )
        for hours, move in story.moves:
            market.play.plan(at + timedelta(hours=hours), _moving(case.pk, move, agent))

    return ask


def _moving(case_id: UUID, move: Move, agent: User) -> Callable[[datetime], object]:
    return lambda at: move(AfterSaleCase.objects.get(pk=case_id), agent, at)


def _line_for(story: Story, buyer: User | None, at: datetime) -> OrderLine | None:
    """A line of an order that arrived in the last days and that nobody has asked about."""
    asked = AfterSaleCase.objects.values("order_id")
    own = CategoryTerms.objects.filter(is_fresh=True).values("category_id")
    orders = Order.objects.filter(
        state__in=[OrderState.DELIVERED, OrderState.COMPLETED], delivered_at__gt=at - timedelta(days=6)
    ).exclude(pk__in=asked)
    if buyer is not None:
        orders = orders.filter(buyer=buyer)
    lines = OrderLine.objects.filter(order__in=orders).exclude(product__category__in=own).select_related("order")
    found = list(lines.order_by("order__delivered_at", "pk"))
    if story.kind == "EXCHANGE":
        found = [line for line in found if _other_variant(line)]
    return found[0] if found else None


def _other_variant(line: OrderLine) -> UUID | None:
    stock = StockItem.objects.filter(variant__product_id=line.product_id, on_hand__gt=0).exclude(
        variant=line.variant_id
    )
    return stock.order_by("variant__position").values_list("variant_id", flat=True).first()
