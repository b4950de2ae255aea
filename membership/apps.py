"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from backend.accounts.events import PersonFollowed, ProfileChanged
from backend.aftersales.events import LinesRefunded
from backend.aftersales.ports import fill_buyer_standing
from backend.core.auditing import register_audit
from backend.core.outbox import Event, subscribe
from backend.core.privacy import register
from backend.orders.events import OrderConfirmed, OrderDelivered, OrderPlaced, OrderRefunded
from backend.promotions.adjustments import register_source
from backend.promotions.ports import register_rule_kind, use_buyer_facts
from backend.support.events import SuggestionAdopted
from backend.surveys.events import SurveyAnswered
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
from membership.notices import register_notices
from membership.ports import Moved, register_fact, register_point_cause

HEARD: tuple[tuple[type[Event], str], ...] = (
    (OrderPlaced, "note_benefits_of_order"),
    (OrderConfirmed, "count_confirmed_order"),
    (OrderDelivered, "start_clock_of_delivered_order"),
    (OrderRefunded, "reduce_refunded_order"),
    (LinesRefunded, "return_points_of_refunded_pieces"),
    (ProfileChanged, "note_profile"),
    (PersonFollowed, "note_follow"),
    (SurveyAnswered, "thank_for_answers"),
    (SuggestionAdopted, "thank_for_suggestion"),
    (PointsPromised, "tell_of_promised_points"),
    (PointsVested, "tell_of_vested_points"),
    (PointsExpiring, "tell_of_expiring_points"),
    (TierReached, "tell_of_tier"),
    (TierFell, "tell_of_fall"),
    (BirthdayGiftGiven, "tell_of_birthday"),
    (TaskDone, "tell_of_task"),
    (BadgeEarned, "tell_of_badge"),
)
CAUSES = {
    "order": ("OrderPoints", Moved.ORDER),
    "check_in": ("CheckInPoints", Moved.CHECK_IN),
    "returned": ("ReturnedPoints", Moved.RETURN),
    "task": ("TaskPoints", Moved.TASK),
    "survey": ("SurveyPoints", Moved.TASK),
    "suggestion": ("SuggestionPoints", Moved.TASK),
    "birthday": ("BirthdayPoints", Moved.BIRTHDAY),
    "grant": ("GrantedPoints", Moved.BY_HAND),
    "reinstated": ("ReinstatedPoints", Moved.BY_HAND),
}
SOURCES = (
    "points_source.PointsSource",
    "perk_sources.MemberPriceSource",
    "perk_sources.MemberShippingSource",
    "mall_source.MallGoodsSource",
    "mall_source.MallShippingSource",
)


class MembershipConfig(AppConfig):
    """Who a person is to us."""

    name = "membership"
    label = "membership"

    def ready(self) -> None:
        """Hear of orders, know the causes of points, take part in prices, and let the auditor see the books."""
        register(import_string("membership.privacy.MembershipPrivacy")())
        fill_buyer_standing("membership.selectors.buyer_standing")
        register_audit("membership", "membership.selectors.lots_that_disagree")
        register_audit("prices", "membership.selectors.prices_that_disagree")
        for key, (cause, moved) in CAUSES.items():
            register_point_cause(key, f"membership.causes.{cause}", moved)
        for source in SOURCES:
            register_source(f"membership.actions.{source}")
        register_rule_kind("membership.kinds.POINTS_MULTIPLIER")
        register_rule_kind("membership.kinds.CHECK_IN_BONUS")
        use_buyer_facts("membership.selectors.buyer_facts")
        for event_type, handler in HEARD:
            subscribe(event_type, f"membership.handlers.{handler}")
        register_facts()
        register_notices()


def register_facts() -> None:
    """What members do as far as this app sees it; apps above add what they see."""
    register_fact("PROFILE", _("Words about oneself"), "/me/settings")
    register_fact("BIRTHDAY", _("The birthday"), "/me/membership")
    register_fact("KEPT_ORDER", _("Kept orders"), "/")
    register_fact("CHECK_IN", _("Check-ins"), "/me/points")
    register_fact("WEEK_IN_A_ROW", _("Weeks of check-ins without a gap"), "/me/points")
    register_fact("FOLLOW", _("Followed people"), "/circles")
    register_fact("EXCHANGE", _("Exchanges in the points mall"), "/me/mall")
    register_fact("TIER", _("Levels climbed"), "/me/membership")
