"""What is given when a price is asked for or an order is placed."""

from typing import Any

import graphene

from backend.checkout.actions import Wishes
from backend.checkout.invoice_rules import InvoiceFor
from backend.checkout.selectors import WantedLine
from backend.fulfilment.models import DeliveryWindow
from backend.fulfilment.schema.types import DeliveryWindowEnum
from backend.promotions.selectors import coupon_choices


class LineInput(graphene.InputObjectType):
    """So many of one variant."""

    variant_id = graphene.ID(required=True, description="The variant.")
    quantity = graphene.Int(required=True, description="How many, 1 to 99.")


class InvoiceInput(graphene.InputObjectType):
    """Which invoice somebody would like."""

    way = graphene.String(required=True, description="ELECTRONIC or PAPER.")
    title = graphene.String(required=True, description="The name on it, 2 to 80 letters.")
    tax_number = graphene.String(description="The number of a company; left out for a person.")


class SlotInput(graphene.InputObjectType):
    """A day and a part of it at which a parcel is asked for."""

    day = graphene.Date(required=True, description="The day.")
    window = DeliveryWindowEnum(required=True, description="The part of the day.")


def wishes_of(wanted: Any) -> Wishes:
    """Read what is asked for beside the goods."""
    invoice, delivery = wanted.get("invoice"), wanted.get("delivery")
    return Wishes(
        note=wanted.get("note") or "",
        invoice=invoice_for(invoice) if invoice else None,
        delivery=(delivery.day, DeliveryWindow(delivery.window.value)) if delivery else None,
    )


def invoice_for(wanted: Any) -> InvoiceFor:
    """Read what is asked of an invoice."""
    return InvoiceFor(way=wanted.way, title=wanted.title, tax_number=wanted.tax_number or "")


class QuoteInput(graphene.InputObjectType):
    """A basket that a price is asked for."""

    lines = graphene.List(graphene.NonNull(LineInput), required=True, description="What is in the basket.")
    address_id = graphene.ID(description="Where it would go.")
    group_product_id = graphene.ID(description="Ask for the price of opening a group for this product.")
    group_id = graphene.ID(description="Ask for the price of joining this group.")
    coupon_ids = graphene.List(graphene.NonNull(graphene.ID), description="The coupons to use, at most ten.")
    use_points = graphene.Boolean(description="Whether points pay as much as they may.")
    use_store_credit = graphene.Boolean(description="Whether store credit pays as much as it can.")
    flash_token = graphene.String(description="The right to buy one piece of a flash sale.")


def wanted_lines(lines: Any) -> list[WantedLine]:
    """Read the lines of an input."""
    return [WantedLine(variant_id=line.variant_id, quantity=line.quantity) for line in lines]


def choices_of(wanted: Any) -> dict[str, dict[str, Any]]:
    """Read what is asked of each source that takes part in a price."""
    choices = group_choice(wanted)
    choices |= coupon_choices(wanted.get("coupon_ids") or [])
    if wanted.get("use_points"):
        choices["points"] = {"use": True}
    if wanted.get("use_store_credit"):
        choices["store_credit"] = {"use": True}
    if token := wanted.get("flash_token"):
        choices["flash_price"] = {"token": token}
    return choices


def group_choice(wanted: Any) -> dict[str, dict[str, Any]]:
    """Read what a quote asks of the group price, if it asks for one."""
    choice = {
        "productId": wanted.get("group_product_id"),
        "groupId": wanted.get("group_id"),
    }
    chosen = {name: str(value) for name, value in choice.items() if value is not None}
    return {"group_price": chosen} if chosen else {}
