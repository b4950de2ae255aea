"""What this app does when others tell of something."""

from backend.accounts.events import PersonFollowed, ProfileChanged
from backend.accounts.models import Profile
from backend.aftersales.events import LinesRefunded
from backend.core.money import Money
from backend.messaging.actions import notify
from backend.orders.events import OrderConfirmed, OrderDelivered, OrderPlaced, OrderRefunded
from backend.support.events import SuggestionAdopted
from backend.surveys.events import SurveyAnswered
from membership import actions, selectors
from membership.events import (
    BadgeEarned,
    BirthdayGiftGiven,
    PointsExpiring,
    PointsPromised,
    PointsVested,
    TaskDone,
    TierFell,
    TierReached,
)

# Points that come at once: the screen or a notice of their own says so already.
SAID_ALREADY = frozenset({"task", "birthday", "check_in", "survey"})


def note_benefits_of_order(event: OrderPlaced) -> None:
    """Keep what the buyer's level gives, as it is when the order is placed."""
    actions.note_benefits(order_id=event.order_id, now=event.at)


def note_profile(event: ProfileChanged) -> None:
    """Who says a few words about oneself has made a first step."""
    if Profile.objects.filter(pk=event.user_id).exclude(bio="").exists():
        actions.note_deed(user_id=event.user_id, fact="PROFILE", source_id=event.user_id, now=event.at)


def note_follow(event: PersonFollowed) -> None:
    """Each other person counts once."""
    actions.note_deed(user_id=event.follower_id, fact="FOLLOW", source_id=event.followee_id, now=event.at)


def count_confirmed_order(event: OrderConfirmed) -> None:
    """A confirmed order earns points and counts for the tier."""
    actions.count_order(order_id=event.order_id, now=event.at)


def start_clock_of_delivered_order(event: OrderDelivered) -> None:
    """With the parcel handed over, the return window runs."""
    actions.start_return_window(order_id=event.order_id, delivered_at=event.at)


def reduce_refunded_order(event: OrderRefunded) -> None:
    """What was refunded earns nothing."""
    actions.reduce_order(order_id=event.order_id, refunded=Money(event.refunded_minor), now=event.at)


def return_points_of_refunded_pieces(event: LinesRefunded) -> None:
    """Points that paid for pieces which went back come back, also those that were exchanged for goods."""
    actions.return_points_of_pieces(order_id=event.order_id, now=event.at)
    actions.give_back_exchange(order_id=event.order_id, now=event.at)


def thank_for_answers(event: SurveyAnswered) -> None:
    """Every answer earns its thanks, whatever it says, unless it was sent unread."""
    if event.earns_thanks:
        actions.give_thanks(key="survey", user_id=event.person_id, source_id=event.answer_id, now=event.at)


def thank_for_suggestion(event: SuggestionAdopted) -> None:
    """A suggestion that is taken up earns points, once."""
    actions.give_thanks(key="suggestion", user_id=event.person_id, source_id=event.ticket_id, now=event.at)


def tell_of_vested_points(event: PointsVested) -> None:
    """Tell a person that points became usable."""
    if event.cause in SAID_ALREADY:
        return
    notify(
        user_id=event.user_id,
        kind="points_vested",
        params={"points": event.points},
        url="/me/points",
        dedupe_key=f"points_vested:{event.lot_id}",
        now=event.at,
    )


def tell_of_promised_points(event: PointsPromised) -> None:
    """Tell a person that points are on the way."""
    if event.cause in SAID_ALREADY:
        return
    notify(
        user_id=event.user_id,
        kind="points_promised",
        params={"points": event.points},
        url="/me/points",
        dedupe_key=f"points_promised:{event.lot_id}",
        now=event.at,
    )


def tell_of_tier(event: TierReached) -> None:
    """Tell a person of the new tier."""
    notify(
        user_id=event.user_id,
        kind="tier_reached",
        params={"tier": selectors.tier_names(event.tier)},
        url="/me/membership",
        dedupe_key=f"tier_reached:{event.tier}:{event.at:%Y%m}",
        now=event.at,
    )


def tell_of_fall(event: TierFell) -> None:
    """Tell a person that a term is over."""
    notify(
        user_id=event.user_id,
        kind="tier_fell",
        params={"tier": selectors.tier_names(event.tier)},
        url="/me/membership",
        dedupe_key=f"tier_fell:{event.tier}:{event.at:%Y%m}",
        now=event.at,
    )


def tell_of_expiring_points(event: PointsExpiring) -> None:
    """Tell a person that points lapse soon."""
    notify(
        user_id=event.user_id,
        kind="points_expiring",
        params={"points": event.points, "day": event.on},
        url="/me/points",
        dedupe_key=f"points_expiring:{event.on}:{event.days}",
        now=event.at,
    )


def tell_of_birthday(event: BirthdayGiftGiven) -> None:
    """Wish a person well."""
    notify(
        user_id=event.user_id,
        kind="birthday_gift",
        params={"points": event.points},
        url="/me/points",
        dedupe_key=f"birthday_gift:{event.year}",
        now=event.at,
    )


def tell_of_task(event: TaskDone) -> None:
    """Tell a person that a task is done."""
    notify(
        user_id=event.user_id,
        kind="task_done",
        params={"points": event.points},
        url="/me/tasks",
        dedupe_key=f"task_done:{event.key}",
        now=event.at,
    )


def tell_of_badge(event: BadgeEarned) -> None:
    """Tell a person of an honour."""
    notify(
        user_id=event.user_id,
        kind="badge_earned",
        params={"badge": selectors.badge_names(event.key)},
        url="/me/badges",
        dedupe_key=f"badge_earned:{event.key}",
        now=event.at,
    )
