"""What this app does when others tell of something."""

from backend.accounts.events import PersonSignedUp
from backend.aftersales.events import AfterSaleMoved, AfterSaleOpened, LinesRefunded
from backend.messaging.actions import notify
from backend.orders.events import OrderConfirmed, OrderPaid, OrderRefunded
from backend.orders.models import OrderKind
from membership.actions import note_deed
from membership.events import PointsVested
from referrals.invites import actions, notices, selectors
from referrals.invites.events import LinkClicked, RewardMoved
from referrals.invites.models import RewardState, ScoreCause


def bind_who_signed_up(event: PersonSignedUp) -> None:
    """A new person belongs to whoever's link they opened last."""
    actions.adopt_touches(user_id=event.user_id, visitor=event.visitor, now=event.at)
    actions.bind_visitor(invitee_id=event.user_id, visitor=event.visitor, now=event.at)


def attribute_paid_order(event: OrderPaid) -> None:
    """With the money in, it is settled who gets the credit; a service is nobody's."""
    if event.kind == OrderKind.SERVICE:
        return
    actions.attribute_order(order_id=event.order_id, now=event.at)


def reward_first_order(event: OrderConfirmed) -> None:
    """The first kept order of an invited person rewards both."""
    actions.reward_invite(order_id=event.order_id, now=event.at)


def note_who_bought(event: OrderConfirmed) -> None:
    """By what a buyer is known again is kept while it lasts, so that a second account is not taken for a newcomer."""
    actions.note_identifiers(people=[event.buyer_id], now=event.at)


def reverse_refunded_order(event: OrderRefunded) -> None:
    """A refund takes back what hung on the order."""
    actions.reverse_rewards(order_id=event.order_id, refunded_minor=event.refunded_minor, now=event.at)


def weigh_refunded_order(event: OrderRefunded | LinesRefunded) -> None:
    """Money that went back is a sign; what is under review is weighed again."""
    actions.weigh_order_again(order_id=event.order_id, cause=ScoreCause.REFUND, now=event.at)


def weigh_order_of_case(event: AfterSaleOpened | AfterSaleMoved) -> None:
    """A return that is asked for, or called off, is a sign too."""
    actions.weigh_order_again(order_id=event.order_id, cause=ScoreCause.RETURN, now=event.at)


def settle_vested_points(event: PointsVested) -> None:
    """Points that became usable settle the reward they belong to."""
    actions.settle_vested_lot(lot_id=event.lot_id, now=event.at)


def tell_of_moved_reward(event: RewardMoved) -> None:
    """Tell a person when a reward is held, released, rejected or taken back; what vests is told by the points."""
    kind = notices.kind_of(from_state=event.from_state, to_state=event.to_state)
    if kind is None:
        return
    notify(
        user_id=event.beneficiary_id,
        kind=kind,
        params={"points": event.points},
        url="/me/invites",
        dedupe_key=f"{kind}:{event.reward_id}:{event.at:%Y%m%d%H%M%S}",
        now=event.at,
    )


def note_friend(event: RewardMoved) -> None:
    """A friend who kept the first order counts for who invited them."""
    if event.to_state == RewardState.VESTED and (friend_id := selectors.friend_behind(event.reward_id)):
        note_deed(user_id=event.beneficiary_id, fact="FRIEND", source_id=friend_id, now=event.at)


def reward_new_visit(event: LinkClicked) -> None:
    """A visit from a new browser earns its sharer points."""
    actions.reward_share(link_id=event.link_id, visitor=event.visitor, now=event.at)
