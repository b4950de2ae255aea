"""What buyers send when they ask."""

from typing import Any

import graphene

from backend.aftersales.schema.types import AfterSaleReasonEnum, AfterSaleTypeEnum
from backend.aftersales.selectors.claims import Wanted
from backend.core.errors import InvalidInput

MOST_LINES = 50


class AfterSalePieceInput(graphene.InputObjectType):
    """Pieces of one order line."""

    line_id = graphene.ID(required=True, description="The order line.")
    quantity = graphene.Int(required=True, description="How many pieces.")
    wanted_variant_id = graphene.ID(description="For an exchange: what is wanted instead.")


class AfterSaleWishInput(graphene.InputObjectType):
    """What is asked for."""

    order_id = graphene.ID(required=True, description="The viewer's order.")
    type = AfterSaleTypeEnum(required=True, description="What is asked for.")
    reason = AfterSaleReasonEnum(required=True, description="Why.")
    pieces = graphene.List(
        graphene.NonNull(AfterSalePieceInput), required=True, description="Which pieces, each line once."
    )


def plain(value: Any) -> Any:
    """The text of an enum value, whichever way it came in; nothing stays nothing."""
    return None if value is None else str(getattr(value, "value", value))


def wanted_from(wish: Any) -> Wanted:
    """Read what is asked for; a line that is named twice is refused.

    Raises: InvalidInput.
    """
    pieces = {piece.line_id: piece.quantity for piece in wish.pieces}
    if len(pieces) != len(wish.pieces) or len(pieces) > MOST_LINES:
        raise InvalidInput("pieces")
    instead = {piece.line_id: piece.wanted_variant_id for piece in wish.pieces if piece.wanted_variant_id}
    return Wanted(type=plain(wish.type), reason=plain(wish.reason), pieces=pieces, instead=instead)
