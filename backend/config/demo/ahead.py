"""Money of the demo that goes ahead of a thing, and days on which somebody stands in for an agent."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from backend.accounts.models import User
from backend.aftersales.actions import apply_for_after_sale, approve_case, record_absence, send_back
from backend.aftersales.models import AfterSaleCase
from backend.aftersales.rules.advances import CEILING_MINOR
from backend.aftersales.selectors.care import care_of
from backend.aftersales.selectors.claims import Wanted
from backend.core.ids import new_id
from backend.fulfilment.actions import take_notice
from backend.fulfilment.ports import TrackingNotice
from backend.orders.models import Order, OrderKind, OrderLine, OrderState

AHEAD = "DE20261122001"


def go_away(*, agent: User, stand_in: User, now: datetime) -> None:
    """The agent is away next week, and somebody answers meanwhile."""
    record_absence(
        agent_id=agent.pk, stand_in_id=stand_in.pk, starts_at=now + timedelta(days=6), ends_at=now + timedelta(days=9),
        recorder_id=agent.pk, is_lead=False, now=now,
    )  # fmt: skip


def send_ahead(*, shoppers: Sequence[User], agent: User, now: datetime) -> None:
    """A valued buyer sends something back, and the money goes when the carrier has it."""
    recent = Order.objects.filter(
        buyer__in=shoppers, kind=OrderKind.SINGLE, state=OrderState.DELIVERED, total_minor__lte=CEILING_MINOR,
        delivered_at__gt=now - timedelta(days=5),
    ).exclude(pk__in=AfterSaleCase.objects.values("order"))  # fmt: skip
    for order in recent.order_by("-delivered_at", "pk"):
        if care_of(order.buyer_id, now=now).is_valued:
            break
    else:
        return
    case = apply_for_after_sale(
        order_id=order.pk, buyer_id=order.buyer_id,
        wanted=Wanted(
            type="RETURN_REFUND", reason="QUALITY", pieces={OrderLine.objects.filter(order=order)[0].pk: 1}, instead={}
        ),
        remedy=None, detail="盖子拧不紧。", picture_ids=(), to_store_credit=False, idempotency_key=new_id(),
        now=now - timedelta(hours=3),
    )  # fmt: skip
    case = approve_case(
        case_id=case.pk, agent_id=agent.pk, version=case.version, amount_minor=None, remedy=None,
        note="同意，寄出就退。", now=now - timedelta(hours=2),
    )  # fmt: skip
    send_back(
        case_id=case.pk, buyer_id=case.buyer_id, carrier="小鹿速运", carrier_code="deer", tracking=AHEAD,
        now=now - timedelta(hours=1),
    )  # fmt: skip
    at = now - timedelta(minutes=20)
    take_notice(
        notice=TrackingNotice(
            carrier="deer", event_id=f"demo:{AHEAD}", tracking_number=AHEAD, code="picked_up", at=at, place="上海市"
        ),
        now=at,
    )  # fmt: skip
