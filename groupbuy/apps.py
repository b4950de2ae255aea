"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from backend.catalogue.ports import add_product_condition, add_variant_part
from backend.core.outbox import Event, subscribe
from backend.insights.ports import register_gauge
from backend.orders.events import OrderRefunded
from backend.payments.events import AuthorisationCaptured, AuthorisationLost, AuthorisationVoided
from backend.promotions.adjustments import register_source
from backend.promotions.events import CampaignEnded, CampaignPaused, CampaignResumed, CampaignSaved, CampaignStarted
from backend.promotions.ports import register_rule_kind
from groupbuy.events import (
    DrawCommitted,
    DrawMade,
    GroupCancelled,
    GroupConfirmed,
    GroupExpired,
    GroupFailed,
    GroupFilled,
    GroupOpened,
    GroupsMerged,
    LatePaymentSettled,
    LeaderChanged,
    LeaderDiscountTakenBack,
    MergeAsked,
    SeatHeld,
    SeatOffered,
    SeatRefunded,
    SeatReleased,
    SeatRepriced,
    SeatTaken,
)
from groupbuy.notices import register_notices
from groupbuy.offer_sql import HAS_OFFER, VARIANT_PRICE
from membership.ports import Moved, register_fact, register_point_cause

TELLING: dict[type[Event], str] = {
    GroupOpened: "tell_of_opening",
    SeatTaken: "tell_of_seat",
    SeatReleased: "tell_of_release",
    GroupFilled: "tell_of_filling",
    GroupExpired: "tell_of_expiry",
    GroupCancelled: "tell_of_cancelling",
    SeatRefunded: "tell_of_refund",
    SeatRepriced: "tell_of_difference",
    DrawCommitted: "tell_of_sealing",
    DrawMade: "tell_of_draw",
    SeatOffered: "tell_of_offered_seat",
    MergeAsked: "tell_of_merge_asked",
    GroupsMerged: "tell_of_merge",
    LeaderChanged: "tell_of_leader",
    LeaderDiscountTakenBack: "tell_of_discount_taken_back",
    LatePaymentSettled: "tell_of_late_payment",
}
HINTING: tuple[type[Event], ...] = (
    GroupOpened, SeatHeld, SeatTaken, SeatReleased, GroupFilled, GroupConfirmed, GroupExpired, GroupCancelled,
    GroupFailed, SeatRefunded, LeaderChanged, DrawCommitted, DrawMade, GroupsMerged,
)  # fmt: skip
GAUGES = ("OVERSOLD", "MONEY_DIFFERENCE", "STRANDED_PAYMENTS", "OVERDUE_HOLDS")
CAMPAIGN_MOVES: tuple[type[Event], ...] = (
    CampaignStarted,
    CampaignPaused,
    CampaignResumed,
    CampaignEnded,
    CampaignSaved,
)


class GroupBuyConfig(AppConfig):
    """Buying together."""

    name = "groupbuy"
    label = "groupbuy"

    def ready(self) -> None:
        """Fill the ports of promotions and the shop window, and hear what happens."""
        register_rule_kind("groupbuy.actions.group_price.GROUP_PRICE")
        register_source("groupbuy.actions.price_source.GroupPriceSource")
        add_variant_part("group_price", VARIANT_PRICE)
        add_product_condition("has_group", HAS_OFFER)
        register_notices()
        register_point_cause("leader_benefit", "groupbuy.causes.LeaderPoints", Moved.GROUP)
        register_point_cause("lottery_consolation", "groupbuy.causes.ConsolationPoints", Moved.GROUP)
        register_fact("TABLE", _("Tables that filled"), "/groups")
        for gauge in GAUGES:
            register_gauge(f"groupbuy.gauges.{gauge}")
        subscribe(GroupFilled, "groupbuy.handlers.confirm_filled_group")
        for moves_line in (SeatHeld, SeatReleased, GroupFilled, GroupExpired, GroupCancelled):
            subscribe(moves_line, "groupbuy.handlers.tell_waiting")
        subscribe(GroupFilled, "groupbuy.handlers.seal_filled_group")
        for handler in ("confirm_winners", "refund_losers", "console_losers"):
            subscribe(DrawMade, f"groupbuy.handlers.{handler}")
        subscribe(GroupExpired, "groupbuy.handlers.refund_expired_group")
        subscribe(SeatRepriced, "groupbuy.handlers.return_difference")
        subscribe(GroupFilled, "groupbuy.handlers.promise_leader_benefit")
        subscribe(GroupConfirmed, "groupbuy.handlers.note_table")
        subscribe(OrderRefunded, "groupbuy.handlers.reduce_leader_benefit")
        subscribe(OrderRefunded, "groupbuy.handlers.note_refunded_order")
        subscribe(OrderRefunded, "groupbuy.handlers.hint_of_part")
        subscribe(AuthorisationCaptured, "groupbuy.handlers.confirm_taken_seat")
        subscribe(AuthorisationVoided, "groupbuy.handlers.note_released_money")
        subscribe(AuthorisationLost, "groupbuy.handlers.give_up_lost_seat")
        subscribe(AuthorisationLost, "groupbuy.handlers.tell_of_lost_money")
        for event_type in HINTING:
            subscribe(event_type, "groupbuy.handlers.hint_group")
        for event_type, handler in TELLING.items():
            subscribe(event_type, f"groupbuy.handlers.{handler}")
        for event_type in CAMPAIGN_MOVES:
            subscribe(event_type, "groupbuy.handlers.refresh_offers")
