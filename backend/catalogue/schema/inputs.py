"""What a shopper may say about the list he wants."""

import graphene

from backend.core.graphql import BigInt

ProductSort = graphene.Enum(
    "ProductSort",
    [(name, name) for name in ("RECOMMENDED", "PRICE_ASC", "PRICE_DESC", "SALES", "NEWEST")],
    description="The order of a list of products.",
)


class ProductFilter(graphene.InputObjectType):
    """What narrows a list of products down. Empty fields narrow nothing."""

    category = graphene.String(description="The slug of a category.")
    brand = graphene.String(description="The slug of a brand.")
    query = graphene.String(description="Words to look for, in any of the three languages.")
    price_min = graphene.InputField(BigInt, description="Lowest price of buying alone, in fen.")
    price_max = graphene.InputField(BigInt, description="Highest price of buying alone, in fen.")
    ids = graphene.List(
        graphene.NonNull(graphene.ID), description="Only these products, a hundred at most; others are left out."
    )
    has_group = graphene.Boolean(description="Only products that can be bought together now.")
