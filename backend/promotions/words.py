"""Sentences that prices, coupons and refunds are explained with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from backend.promotions.wording import in_every_language, percent, yuan

NAMED_OFFER = _("%(name)s: %(sentence)s")
IN_THIS_OFFER = _("Your goods in this offer: %(goods)s")
COUPON = _("Coupon: %(name)s")
AMOUNT_OFF = _("%(off)s off")
SHARE_OFF = _("%(off)s off")
SHARE_OFF_CAPPED = _("%(off)s off, at most %(cap)s")
SHIPPING_FREE = _("Free shipping")
SHIPPING_OFF = _("%(off)s off shipping")
FREE_SENDING = _("Free shipping")
A_GIFT = _("A gift")
FROM_ON = _("%(benefit)s, from %(from)s on")
MESSAGE_SUBJECT = _("A coupon for you: %(name)s")
MESSAGE_BODY = _("%(name)s: %(sentence)s. It waits among your coupons in Tuanzi.")
PAID_FOR_GOODS = _("You paid %(paid)s for the goods of this order")
RETURNED_BEFORE = _("Returned before: %(before)s")
STILL_REACHED = _("%(name)s: the goods you keep reach its conditions, %(off)s off")
NO_LONGER_REACHED = _("%(name)s: the goods you keep no longer reach its conditions, nothing off")
SHARE_KEPT = _("%(name)s: the goods you keep keep their share, %(off)s off")
GIFT_COUNTED = _("The gift stays with you and is counted with %(worth)s")
KEPT_COST = _("The goods you keep cost %(kept)s")
NO_MORE_THAN_PAID = _("No more than you paid for what goes back: %(most)s")
GETS_BACK = _("You get back %(refund)s")
Said = dict[str, str]

WHY_NOT = {
    "NOT_YET": _("Its time has not come yet"),
    "OVER": _("Its time is over"),
    "IN_ORDER": _("It is in another order; pay or cancel that one"),
    "NOTHING_MEANT": _("It is for other goods"),
    "BELOW_THRESHOLD": _("%(missing)s more and it can be used"),
    "NOTHING_LEFT": _("There is nothing left for it to take off"),
    "CLASHES": _("It cannot be used with the better ones"),
    "SAVES_LESS": _("Others save more"),
}


def why_text(reason: str, missing_minor: int) -> Said:
    """Why a coupon is not used."""
    return in_every_language(WHY_NOT[reason], {"missing": yuan(missing_minor)})


def coupon_label(names: Mapping[str, str]) -> Said:
    """How a coupon is called in a list of reductions."""
    return in_every_language(COUPON, {"name": names})


def benefit_text(benefit: Mapping[str, Any]) -> Said:
    """What a coupon gives, without its threshold."""
    kind, off, cap = benefit.get("type"), benefit.get("offMinor"), benefit.get("capMinor")
    if kind == "gift":
        return in_every_language(A_GIFT)
    if kind == "shipping":
        return in_every_language(SHIPPING_OFF, {"off": yuan(off)}) if off else in_every_language(SHIPPING_FREE)
    if kind == "percent":
        places = {"off": percent(benefit.get("offBps") or 0), "cap": yuan(cap or 0)}
        return in_every_language(SHARE_OFF_CAPPED if cap else SHARE_OFF, places)
    return in_every_language(AMOUNT_OFF, {"off": yuan(off or 0)})


def coupon_reason(benefit: Mapping[str, Any], threshold_minor: int) -> Said:
    """What a coupon gives and from which amount on, in one sentence."""
    said = benefit_text(benefit)
    return in_every_language(FROM_ON, {"benefit": said, "from": yuan(threshold_minor)}) if threshold_minor else said
