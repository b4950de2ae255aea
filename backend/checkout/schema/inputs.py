"""What is given when a price is asked for or an order is placed."""

from typing import Any

import graphene

from backend.checkout.selectors import WantedLine


class LineInput(graphene.InputObjectType):
    """So many of one variant."""

    variant_id = graphene.ID(required=True, description="The variant.")
    quantity = graphene.Int(required=True, description="How many, 1 to 99.")


class QuoteInput(graphene.InputObjectType):
    """A basket that a price is asked for."""

    lines = graphene.List(graphene.NonNull(LineInput), required=True, description="What is in the basket.")
    address_id = graphene.ID(description="Where it would go.")
    group_product_id = graphene.ID(description="Ask for the price of opening a group for this product.")
    group_id = graphene.ID(description="Ask for the price of joining this group.")


def wanted_lines(lines: Any) -> list[WantedLine]:
    """Read the lines of an input."""
    return [WantedLine(variant_id=line.variant_id, quantity=line.quantity) for line in lines]


def group_choice(wanted: Any) -> dict[str, dict[str, Any]]:
    """Read what a quote asks of the group price, if it asks for one."""
    choice = {
        "productId": wanted.get("group_product_id"),
        "groupId": wanted.get("group_id"),
    }
    chosen = {name: str(value) for name, value in choice.items() if value is not None}
    return {"group_price": chosen} if chosen else {}
