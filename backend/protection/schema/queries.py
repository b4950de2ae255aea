"""What can be asked about protection plans."""

from typing import Any

import graphene

from backend.core.errors import NotFound
from backend.core.graphql import query_field, role, signed_in
from backend.protection.models import PlanVersion
from backend.protection.schema.types import OrderProtectionType, ProtectionPlanType
from backend.protection.selectors.coverages import OrderProtection, protection_of_order
from backend.protection.selectors.plans import current_versions

DESK = role("growth", "support")


def resolve_order_protection(root: Any, info: Any, order_id: Any) -> OrderProtection | None:
    """What the viewer's order has and could have."""
    try:
        return protection_of_order(order_id=order_id, buyer_id=info.context.viewer.id, now=info.context.now)
    except NotFound:
        return None


def resolve_plans(root: Any, info: Any) -> list[PlanVersion]:
    """Every plan, read together with what belongs to it."""
    found = list(current_versions())
    info.context.loaders.setdefault("protection.desk", {}).update({each.pk: each for each in found})
    return found


class Query:
    """The root fields of protection plans."""

    order_protection = query_field(
        OrderProtectionType,
        resolve_order_protection,
        permission=signed_in,
        order_id=graphene.ID(required=True, description="The viewer's order."),
        description="What an order of the viewer has of protection and could have; nothing for strangers.",
    )
    protection_plans = query_field(
        graphene.List(graphene.NonNull(ProtectionPlanType)),
        resolve_plans,
        permission=DESK,
        required=True,
        size=20,
        description="Every plan in its newest version, for the desk.",
    )
