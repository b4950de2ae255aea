"""What protection plans do when others tell of something, and whom they tell."""

from backend.aftersales.events import AfterSaleClosed, LinesRefunded
from backend.core.errors import readable
from backend.core.money import Money
from backend.messaging.actions import notify
from backend.orders.events import OrderClosed, OrderPaid, OrderRefunded
from backend.orders.models import OrderKind
from backend.protection import actions
from backend.protection.events import CoverageActivated, CoverageEnded
from backend.protection.models import Coverage


def activate_paid(event: OrderPaid) -> None:
    """A paid plan is in force."""
    if event.kind == OrderKind.SERVICE:
        actions.activate_coverages(plan_order_id=event.order_id, now=event.at)


def drop_closed(event: OrderClosed) -> None:
    """A plan that nobody paid leaves its piece free."""
    actions.drop_unpaid(plan_order_id=event.order_id, now=event.at)


def end_returned(event: LinesRefunded) -> None:
    """A piece that went back needs no plan."""
    actions.end_of_returned_pieces(order_id=event.order_id, now=event.at)


def end_refunded(event: OrderRefunded) -> None:
    """All money of a plan that went back another way ends the plan."""
    if event.is_full:
        actions.note_plan_refunded(plan_order_id=event.order_id, now=event.at)


def give_repair_back(event: AfterSaleClosed) -> None:
    """A repair that came to nothing does not count."""
    actions.give_repair_back(case_id=event.case_id, state=event.state, now=event.at)


def tell_of_activation(event: CoverageActivated) -> None:
    """Tell the buyer from when until when the plan covers."""
    coverage = Coverage.objects.select_related("version", "order_line").get(pk=event.coverage_id)
    notify(
        user_id=event.buyer_id,
        kind="protection_active",
        params={
            "plan": coverage.version.title,
            "thing": coverage.order_line.title,
            "until": event.ends_at.date().isoformat(),
        },
        url="/me/plans",
        dedupe_key=f"protection_active:{event.coverage_id}",
        now=event.at,
    )


def tell_of_end(event: CoverageEnded) -> None:
    """Tell the buyer that a plan ended early and what goes back."""
    coverage = Coverage.objects.select_related("version", "order_line").get(pk=event.coverage_id)
    notify(
        user_id=event.buyer_id,
        kind="protection_ended",
        params={
            "plan": coverage.version.title,
            "thing": coverage.order_line.title,
            "amount": str(readable(Money(event.refunded_minor))),
        },
        url="/me/plans",
        dedupe_key=f"protection_ended:{event.coverage_id}",
        now=event.at,
    )
