"""What can be asked about prices."""

from typing import Any

import graphene

from backend.cart.schema.types import remember_pictures
from backend.checkout.actions import work_out_price
from backend.checkout.rules import Quote
from backend.checkout.schema.inputs import QuoteInput, choices_of, wanted_lines
from backend.checkout.schema.types import QuoteType
from backend.checkout.selectors import region_of_address
from backend.core.graphql import query_field, signed_in


def quote(root: Any, info: Any, *, input: Any) -> Quote:
    """Work out a price for the viewer."""
    priced = work_out_price(
        lines=wanted_lines(input.lines),
        choices=choices_of(input),
        buyer_id=info.context.viewer.id,
        region_code=region_of_address(input.get("address_id"), buyer_id=info.context.viewer.id),
        now=info.context.now,
    )
    remember_pictures(priced.lines, info)
    return priced


class Query:
    """The root fields of checkout."""

    quote = query_field(
        QuoteType,
        quote,
        permission=signed_in,
        required=True,
        input=graphene.Argument(QuoteInput, required=True, description="The basket."),
        description="What a basket costs the viewer now, with everything that is taken off and why.",
    )
