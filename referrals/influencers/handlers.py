"""What this app does when others tell of something."""

from backend.aftersales.events import LinesRefunded
from backend.catalogue.models import Product
from backend.messaging.actions import notify
from backend.orders.events import OrderCancelled, OrderClosed, OrderConfirmed, OrderDelivered, OrderRefunded
from referrals.influencers import actions
from referrals.influencers.events import (
    ApplicationDecided,
    CollaborationMoved,
    CommissionEstimated,
    PayoutDecided,
    PayoutStopped,
    RateCutAnnounced,
    StatementClosed,
    ViolationDecided,
    ViolationRecorded,
)
from referrals.influencers.models import CollaborationState
from referrals.influencers.wording import percent, yuan
from referrals.invites.events import OrderAttributed
from referrals.invites.models import PayeeKind

C = CollaborationState
TOLD = frozenset({C.INVITED, C.SAMPLE_SENT, C.REVISION, C.LIVE, C.EXPIRED, C.CLOSED})


def estimate_for_creator(event: OrderAttributed) -> None:
    """An order that a creator brought earns something, line by line."""
    if event.kind == PayeeKind.CREATOR and event.payee_id is not None:
        actions.estimate_commissions(order_id=event.order_id, promoter_id=event.payee_id, now=event.at)


def confirm(event: OrderConfirmed) -> None:
    """An order that will be sent confirms what it earns."""
    actions.confirm_commissions(order_id=event.order_id, now=event.at)


def start_clock(event: OrderDelivered) -> None:
    """With the parcel handed over the return window runs."""
    actions.start_window(order_id=event.order_id, delivered_at=event.at)


def reduce_given_up_pieces(event: LinesRefunded) -> None:
    """Pieces that were given up earn nothing."""
    actions.reduce_commissions(order_id=event.order_id, now=event.at)


def reduce_refunded(event: OrderRefunded | OrderCancelled | OrderClosed) -> None:
    """Money that went back earns nothing."""
    actions.reduce_commissions(order_id=event.order_id, now=event.at)


def tell_applicant(event: ApplicationDecided) -> None:
    """Tell a person what became of the application."""
    notify(
        user_id=event.user_id,
        kind=f"creator_application_{event.state.lower()}",
        params={},
        url="/creator" if event.state == "APPROVED" else "/creator/apply",
        dedupe_key=f"creator_application:{event.application_id}:{event.state}:{event.at:%Y%m%d%H%M%S}",
        now=event.at,
    )


def tell_of_collaboration(event: CollaborationMoved) -> None:
    """Tell a creator what happened to a collaboration, where somebody else did it."""
    if event.state not in TOLD:
        return
    notify(
        user_id=event.promoter_id,
        kind=f"creator_collaboration_{event.state.lower()}",
        params={"product": Product.objects.values_list("title", flat=True).get(pk=event.product_id)},
        url="/creator/work",
        dedupe_key=f"creator_collaboration:{event.collaboration_id}:{event.state}:{event.at:%Y%m%d%H%M%S}",
        now=event.at,
    )


def tell_of_cut(event: RateCutAnnounced) -> None:
    """Tell a creator two days before that a rate falls."""
    notify(
        user_id=event.promoter_id,
        kind="creator_rate_cut",
        params={
            "product": Product.objects.values_list("title", flat=True).get(pk=event.product_id),
            "rate": percent(event.bps),
        },
        url="/creator",
        dedupe_key=f"creator_rate_cut:{event.rate_id}",
        now=event.at,
    )


def tell_of_estimate(event: CommissionEstimated) -> None:
    """Tell a creator that somebody bought."""
    notify(
        user_id=event.promoter_id,
        kind="creator_commission",
        params={"amount": yuan(event.amount_minor)},
        url="/creator/earnings",
        dedupe_key=f"creator_commission:{event.commission_id}",
        group_key=f"creator_commission:{event.at:%Y%m%d}",
        now=event.at,
    )


def tell_of_statement(event: StatementClosed) -> None:
    """Tell a creator of a new statement."""
    notify(
        user_id=event.promoter_id,
        kind="creator_statement",
        params={"amount": yuan(event.total_minor)},
        url=f"/creator/statements/{event.statement_id}",
        dedupe_key=f"creator_statement:{event.statement_id}",
        now=event.at,
    )


def tell_of_payout(event: PayoutDecided) -> None:
    """Tell a creator that the money is there, or that it came back."""
    notify(
        user_id=event.promoter_id,
        kind="creator_paid" if event.is_paid else "creator_payout_failed",
        params={"amount": yuan(event.net_minor)},
        url="/creator/statements",
        dedupe_key=f"creator_payout:{event.item_id}",
        now=event.at,
    )


def tell_of_stop(event: PayoutStopped) -> None:
    """Tell a creator that a payment was stopped, and where the money is."""
    notify(
        user_id=event.promoter_id,
        kind="creator_payout_stopped",
        params={"amount": yuan(event.gross_minor)},
        url="/creator",
        dedupe_key=f"creator_payout_stopped:{event.item_id}",
        now=event.at,
    )


def tell_of_violation(event: ViolationRecorded | ViolationDecided) -> None:
    """Tell a creator of a breach, or of the answer to an appeal."""
    is_lifted = isinstance(event, ViolationDecided) and event.is_lifted
    is_new = isinstance(event, ViolationRecorded)
    kind = "creator_violation" if is_new else "creator_violation_lifted" if is_lifted else "creator_violation_upheld"
    notify(
        user_id=event.promoter_id,
        kind=kind,
        params={},
        url="/creator",
        dedupe_key=f"{kind}:{event.violation_id}",
        now=event.at,
    )
