"""The words under the search field."""

import graphene

from backend.catalogue.schema.types import HomeType
from backend.core.graphql import extend, object_field

extend(
    HomeType,
    hot_searches=object_field(
        graphene.List(graphene.NonNull(graphene.String)),
        lambda row, info: row["hot_searches"],
        required=True,
        size=10,
        description="Words that many look for at the moment.",
    ),
)
