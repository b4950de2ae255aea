"""Goods from suppliers as the warehouse sees them."""

from typing import Any
from uuid import UUID

import graphene

from backend.accounts.schema.types import PersonType
from backend.core.graphql import DateTime, ObjectType, object_field
from backend.core.languages import translate
from backend.core.paging import Page
from backend.inventory.models import InboundDelivery, InboundLine, InboundSeverity, InboundVerdict
from backend.inventory.schema.types import person_named
from backend.inventory.selectors import lines_of_deliveries

InboundVerdictEnum = graphene.Enum(
    "InboundVerdict", [(each.value, each.value) for each in InboundVerdict], description="What became of goods."
)
InboundSeverityEnum = graphene.Enum(
    "InboundSeverity",
    [(each.value, each.value) for each in InboundSeverity],
    description="How strictly lots are judged.",
)


def _lines_of(delivery: InboundDelivery, info: Any) -> list[InboundLine]:
    known: dict[UUID, list[InboundLine]] = info.context.loaders.setdefault("inventory.inbound", {})
    if delivery.id not in known:
        known[delivery.id] = lines_of_deliveries([delivery.id]).get(delivery.id, [])
    return known[delivery.id]


class InboundLineType(ObjectType):
    """So many pieces of one variant in a delivery, and what was found."""

    id = graphene.ID(required=True, description="Its id.")
    sku = object_field(graphene.String, lambda row, info: row.variant.sku, required=True, description="The article.")
    title = object_field(
        graphene.String,
        lambda row, info: translate(row.variant.product.title, info.context.viewer.locale),
        required=True,
        description="The name of the product.",
    )
    kind = object_field(
        graphene.String,
        lambda row, info: translate(row.variant.title, info.context.viewer.locale),
        required=True,
        description="Which kind of it.",
    )
    quantity = graphene.Int(required=True, description="How many came.")
    level = graphene.String(
        required=True, description="The inspection level of the standard: II, or III if often faulty."
    )
    severity = graphene.Field(
        InboundSeverityEnum,
        required=True,
        description="Which table it is judged by, after earlier lots of the supplier.",
    )
    sample_size = graphene.Int(required=True, description="How many of them are looked at.")
    accept_number = graphene.Int(required=True, description="Up to how many faulty ones the goods are taken.")
    defects = graphene.Int(description="How many faulty ones were found.")
    verdict = object_field(
        InboundVerdictEnum, lambda row, info: row.verdict or None, description="What became of the goods."
    )
    verdict_label = object_field(
        graphene.String,
        lambda row, info: str(InboundVerdict(row.verdict).label) if row.verdict else None,
        description="The same in words.",
    )
    note = graphene.String(required=True, description="What the inspector wrote.")
    inspector = object_field(
        PersonType, lambda row, info: person_named(row.inspected_by_id, info), description="Who looked at it."
    )
    inspected_at = graphene.Field(DateTime, description="When.")


class InboundDeliveryType(ObjectType):
    """Goods that a supplier brought."""

    id = graphene.ID(required=True, description="Its id.")
    supplier = graphene.String(required=True, description="Who brought them.")
    note_number = graphene.String(required=True, description="The number of the delivery note.")
    improved = graphene.String(required=True, description="What the supplier improved before it; mostly empty.")
    arrived_at = graphene.Field(DateTime, required=True, description="When.")
    lines = object_field(
        graphene.List(graphene.NonNull(InboundLineType)),
        _lines_of,
        required=True,
        size=5,
        description="What came.",
    )


def remember_deliveries(page: Page, info: Any) -> Page:
    """Read the lines of a page of deliveries at once."""
    known: dict[UUID, list[InboundLine]] = info.context.loaders.setdefault("inventory.inbound", {})
    wanted = [delivery.id for delivery in page.nodes]
    known.update({key: [] for key in wanted} | lines_of_deliveries(wanted))
    return page
