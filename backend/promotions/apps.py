"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from backend.accounts.events import PersonSignedUp
from backend.core.outbox import subscribe
from backend.messaging.kinds import register_kind
from backend.promotions.adjustments import register_source
from backend.promotions.events import CouponExpiring, CouponIssued
from backend.promotions.ports import register_rule_kind

RULE_KINDS = ("line_promotion.LINE_PROMOTION", "full_reduction.FULL_REDUCTION", "gift.GIFT")
SOURCES = (
    "rule_sources.LinePromotionSource",
    "rule_sources.FullReductionSource",
    "rule_sources.GiftSource",
    "coupon_sources.CouponSource",
    "coupon_sources.ShippingCouponSource",
)


class PromotionsConfig(AppConfig):
    name = "backend.promotions"
    label = "promotions"

    def ready(self) -> None:
        """Fill the ports of this very app: what it gives away itself."""
        for kind in RULE_KINDS:
            register_rule_kind(f"backend.promotions.kinds.{kind}")
        for source in SOURCES:
            register_source(f"backend.promotions.actions.{source}")
        subscribe(PersonSignedUp, "backend.promotions.handlers.welcome_newcomer")
        subscribe(CouponIssued, "backend.promotions.handlers.tell_of_coupon")
        subscribe(CouponExpiring, "backend.promotions.handlers.tell_of_expiry")
        register_kind(
            "promotions.coupon_issued",
            title=_("A coupon for you"),
            body=_("%(name)s: %(sentence)s"),
        )
        register_kind(
            "promotions.coupon_expiring",
            title=_("A coupon is nearly over"),
            body=_("%(name)s can be used until %(until)s."),
        )
