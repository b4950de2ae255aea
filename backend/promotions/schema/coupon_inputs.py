"""What is given about coupons."""

from __future__ import annotations

from typing import Any

import graphene

from backend.core.errors import InvalidInput
from backend.core.graphql import JSON, BigInt, DateTime
from backend.promotions.actions import TemplateDraft

MOST_LINES = 50
MOST_OF_ONE = 99


class BasketLineInput(graphene.InputObjectType):
    """So many of one variant."""

    variant_id = graphene.ID(required=True, description="The variant.")
    quantity = graphene.Int(required=True, description="How many, 1 to 99.")


class CouponTermsInput(graphene.InputObjectType):
    """A coupon as its maker wants it."""

    names = graphene.InputField(JSON, required=True, description="Its name in each language.")
    way = graphene.String(required=True, description="CLAIM, CODE, GIVEN or WELCOME.")
    benefit = graphene.InputField(JSON, required=True, description="What it gives: type, offMinor, offBps, capMinor, …")
    threshold_minor = graphene.InputField(BigInt, description="From how many fen on; nothing if not said.")
    scope = graphene.InputField(JSON, description="Which goods it is for; everything if not said.")
    audience = graphene.InputField(JSON, description="For whom; everybody if not said.")
    stack_class = graphene.String(description="merchant, platform or shipping; merchant if not said.")
    combines_with = graphene.List(
        graphene.NonNull(graphene.String), description="The classes it may be used with; the other two if not said."
    )
    refund_policy = graphene.String(description="KEEP or RECOMPUTE; RECOMPUTE if not said.")
    returns_when_cancelled = graphene.Boolean(description="Whether a cancelled order gives it back.")
    grace_days = graphene.Int(description="Days of grace when it is given back.")
    claim_from = graphene.InputField(DateTime, required=True, description="From when it can be claimed.")
    claim_until = graphene.InputField(DateTime, required=True, description="Until when it can be claimed.")
    use_from = graphene.InputField(DateTime, description="From when it can be used.")
    use_until = graphene.InputField(DateTime, description="Until when it can be used.")
    valid_days = graphene.Int(description="For how many days after it is claimed it can be used.")
    issue_limit = graphene.Int(description="How many there are; open if not said.")
    per_person = graphene.Int(description="How many one person may have; one if not said.")
    use_limit = graphene.Int(description="How many may be used; open if not said.")
    budget_minor = graphene.InputField(BigInt, description="How many fen they may take off; open if not said.")
    priority = graphene.Int(description="Which goes first of two alike.")
    limit_bps = graphene.Int(description="The share of an order that all discounts may reach with it.")


def terms_of(given: Any) -> TemplateDraft:
    """Read the terms of a coupon.

    Raises: InvalidInput.
    """
    said = {name: given[name] for name in TemplateDraft.__dataclass_fields__ if given.get(name) is not None}
    for name in ("names", "benefit", "scope", "audience"):
        if not isinstance(said.get(name, {}), dict):
            raise InvalidInput(name)
    if "combines_with" in said:
        said["combines_with"] = tuple(said["combines_with"])
    return TemplateDraft(**said)


def quantities_of(lines: Any) -> dict[Any, int]:
    """Add the lines of a basket up by variant.

    Raises: InvalidInput.
    """
    found: dict[Any, int] = {}
    for line in lines:
        found[line.variant_id] = found.get(line.variant_id, 0) + line.quantity
    if len(found) > MOST_LINES or not all(1 <= quantity <= MOST_OF_ONE for quantity in found.values()):
        raise InvalidInput("lines")
    return found
