"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from backend.accounts.events import PersonSignedUp
from backend.aftersales.events import AfterSaleMoved, AfterSaleOpened, LinesRefunded
from backend.core.auditing import register_audit
from backend.core.outbox import subscribe
from backend.core.privacy import register
from backend.orders.events import OrderConfirmed, OrderPaid, OrderRefunded
from backend.promotions.ports import register_rule_kind
from groupbuy.ports import register_strong_links
from membership.events import PointsVested
from membership.ports import Moved, register_fact, register_point_cause
from referrals.invites.events import LinkClicked, RewardMoved
from referrals.invites.notices import register_notices


class InvitesConfig(AppConfig):
    """One person bringing another."""

    name = "referrals.invites"
    label = "invites"

    def ready(self) -> None:
        """Hear of new people and of orders; know the invite reward."""
        register_rule_kind("referrals.invites.kinds.INVITE_REWARD")
        register_point_cause("invite_reward", "referrals.invites.kinds.InvitePoints", Moved.INVITE)
        register_point_cause("invite_second_level", "referrals.invites.kinds.SecondLevelPoints", Moved.INVITE)
        register_point_cause("share", "referrals.invites.kinds.SharePoints", Moved.SHARE)
        register_strong_links("referrals.invites.actions.strong_links.strong_links")
        register_fact("FRIEND", _("Friends who kept their first order"), "/me/invites")
        register(import_string("referrals.invites.privacy.InvitesPrivacy")())
        register_audit("invites", "referrals.invites.selectors.rewards_that_disagree")
        register_notices()
        subscribe(PersonSignedUp, "referrals.invites.handlers.bind_who_signed_up")
        subscribe(OrderPaid, "referrals.invites.handlers.attribute_paid_order")
        subscribe(OrderConfirmed, "referrals.invites.handlers.reward_first_order")
        subscribe(OrderConfirmed, "referrals.invites.handlers.note_who_bought")
        subscribe(OrderRefunded, "referrals.invites.handlers.reverse_refunded_order")
        for refund in (OrderRefunded, LinesRefunded):
            subscribe(refund, "referrals.invites.handlers.weigh_refunded_order")
        for moved in (AfterSaleOpened, AfterSaleMoved):
            subscribe(moved, "referrals.invites.handlers.weigh_order_of_case")
        subscribe(PointsVested, "referrals.invites.handlers.settle_vested_points")
        subscribe(RewardMoved, "referrals.invites.handlers.tell_of_moved_reward")
        subscribe(RewardMoved, "referrals.invites.handlers.note_friend")
        subscribe(LinkClicked, "referrals.invites.handlers.reward_new_visit")
