"""What a shopper may say about the finds he wants."""

import graphene

from backend.core.graphql import BigInt

SearchSort = graphene.Enum(
    "SearchSort",
    [(name, name) for name in ("RELEVANCE", "PRICE_ASC", "PRICE_DESC", "SALES", "RATING", "NEWEST")],
    description="The order of finds.",
)


class SearchFilter(graphene.InputObjectType):
    """What narrows the finds down. Empty fields narrow nothing."""

    categories = graphene.List(graphene.NonNull(graphene.String), description="On one of these shelves, by slug.")
    brands = graphene.List(graphene.NonNull(graphene.String), description="Of one of these brands, by slug.")
    price_min = graphene.InputField(BigInt, description="Lowest price of buying alone, in fen.")
    price_max = graphene.InputField(BigInt, description="Highest price of buying alone, in fen.")
    rating_min = graphene.Float(description="Lowest average rating.")
    sold_min = graphene.Int(description="Sold at least so often.")
    attributes = graphene.List(
        graphene.NonNull(graphene.String),
        description="Attributes as `key=value`; values of one key stand for each other.",
    )
    in_stock = graphene.Boolean(description="Only what can be had now.")
    has_group = graphene.Boolean(description="Only what can be bought together now.")
