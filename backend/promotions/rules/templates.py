"""What keeps a coupon template from starting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.promotions.errors import Problem
from backend.promotions.rules.campaigns import audience_problems, name_problems
from backend.promotions.rules.coupons import AMOUNT, CLASSES, FREE_SHIPPING, GIFT, PERCENT, SHIPPING
from backend.promotions.rules.scope import is_id_list, is_whole, scope_problems

LARGEST = 10**9
MOST_POOLED = 100_000
MOST_CODES = 20_000
LONGEST_VALIDITY = 365
Told = Iterator[tuple[str, str | Promise]]


def template_problems(terms: Mapping[str, Any]) -> list[Problem]:
    """Everything that is wrong with the terms of a coupon; the field of a problem is the name of the input."""
    told = [
        *_benefit_problems(terms["benefit"], terms["stack_class"]),
        *_number_problems(terms),
        *_window_problems(terms),
        *scope_problems(terms["scope"]),
    ]
    problems = [Problem("error", message, field) for field, message in dict(reversed(told)).items()]
    return name_problems(terms["names"]) + audience_problems(terms["audience"]) + problems


def _benefit_problems(benefit: Mapping[str, Any], stack_class: str) -> Told:
    kind = benefit.get("type")
    if kind not in (AMOUNT, PERCENT, FREE_SHIPPING, GIFT):
        yield "benefit", _("Choose what the coupon gives: an amount, a share, free shipping or a gift.")
    if kind == AMOUNT and not is_whole(benefit.get("offMinor"), 1, LARGEST):
        yield "benefit", _("Enter an amount above zero.")
    if kind == PERCENT and not is_whole(benefit.get("offBps"), 1, 10_000):
        yield "benefit", _("A discount is more than 0 and at most 100 percent.")
    cap = benefit.get("capMinor")
    if cap is not None and not is_whole(cap, 1, LARGEST):
        yield "benefit", _("Enter an amount above zero.")
    if kind == GIFT and not is_id_list(benefit.get("variantIds"), least=1, most=5):
        yield "benefit", _("Choose one gift, and up to four that stand in when it runs out.")
    if (kind == FREE_SHIPPING) != (stack_class == SHIPPING):
        yield "stackClass", _("Coupons about shipping, and only those, are of the class shipping.")


def _number_problems(terms: Mapping[str, Any]) -> Told:
    if not is_whole(terms["threshold_minor"], 0, LARGEST):
        yield "threshold", _("A threshold is nothing or an amount above zero.")
    if terms["benefit"].get("type") == AMOUNT and 0 < terms["threshold_minor"] < (
        terms["benefit"].get("offMinor") or 0
    ):
        yield "threshold", _("A coupon must not take off more than the amount it starts from.")
    if terms["stack_class"] not in CLASSES or not set(terms["combines_with"]) <= set(CLASSES):
        yield "stackClass", _("Choose the classes merchant, platform or shipping.")
    most = MOST_CODES if terms["way"] == "CODE" else MOST_POOLED
    if terms["way"] == "CODE" and terms["issue_limit"] is None:
        yield "issueLimit", _("Say how many codes are made.")
    for name, field, largest in (
        ("issue_limit", "issueLimit", most),
        ("use_limit", "useLimit", LARGEST),
        ("budget_minor", "budget", 10**12),
        ("limit_bps", "limitBps", 10_000),
    ):
        if terms[name] is not None and not is_whole(terms[name], 1, largest):
            yield field, _("Enter a limit above zero that is not too large, or none.")
    if not is_whole(terms["per_person"], 1, 100):
        yield "perPerson", _("One person may have 1 to 100 of them.")
    if not is_whole(terms["grace_days"], 0, 90):
        yield "graceDays", _("Days of grace are 0 to 90.")


def _window_problems(terms: Mapping[str, Any]) -> Told:
    if terms["claim_until"] <= terms["claim_from"]:
        yield "claimUntil", _("The end must come after the start. Choose a later end.")
    if (terms["valid_days"] is None) == (terms["use_until"] is None):
        yield (
            "useUntil",
            _("Say either until which day the coupon can be used, or for how many days after it is claimed."),
        )
    elif terms["valid_days"] is not None and not is_whole(terms["valid_days"], 1, LONGEST_VALIDITY):
        yield "validDays", _("A coupon can be used for 1 to 365 days.")
    elif terms["use_until"] is not None and terms["use_until"] < terms["claim_until"]:
        yield "useUntil", _("A coupon that can still be claimed must not be over. Choose a later day.")
