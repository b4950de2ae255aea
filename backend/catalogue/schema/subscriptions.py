"""What is told to whoever looks at a product."""

import graphene

from backend.core.graphql import BigInt, ObjectType, anyone, role, subscription_field


class ProductHintType(ObjectType):
    """Something about a product is new: read it again."""

    id = graphene.ID(required=True, description="The product's id.")
    version = graphene.Field(BigInt, required=True, description="Grows with each change.")


class DeskHintType(ObjectType):
    """Something at the merchandising desk is new: read it again."""

    version = graphene.Field(BigInt, required=True, description="Grows with each change.")


class Subscriptions:
    """Hints about products."""

    merchandising_changed = subscription_field(
        DeskHintType,
        topic=lambda viewer, **asked: "merchandising",
        permission=role("growth", "support"),
        description="A revision moved, a report came in or was answered, a table was read further.",
    )

    product_changed = subscription_field(
        ProductHintType,
        topic=lambda viewer, **asked: f"product:{asked['id']}",
        permission=anyone,
        id=graphene.ID(required=True, description="The product's id."),
        description="Price, stock or words of a product changed.",
    )
