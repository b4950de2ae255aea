"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig

from backend.accounts.events import PersonSignedUp
from backend.core.outbox import subscribe
from backend.orders.events import OrderConfirmed, OrderPaid
from backend.promotions.ports import register_rule_kind
from membership.ports import register_point_cause


class InvitesConfig(AppConfig):
    """One person bringing another."""

    name = "referrals.invites"
    label = "invites"

    def ready(self) -> None:
        """Hear of new people and of orders; know the invite reward."""
        register_rule_kind("referrals.invites.kinds.INVITE_REWARD")
        register_point_cause("invite_reward", "referrals.invites.kinds.InvitePoints")
        subscribe(PersonSignedUp, "referrals.invites.handlers.bind_who_signed_up")
        subscribe(OrderPaid, "referrals.invites.handlers.attribute_paid_order")
        subscribe(OrderConfirmed, "referrals.invites.handlers.reward_first_order")
