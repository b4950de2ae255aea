"""Working out what a basket costs. It reads only; it stands here because it asks the sources."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from backend.checkout.rules import Quote
from backend.checkout.selectors import WantedLine, quoted, shelf_lines, shipping_to
from backend.promotions.basket import Choices, basket_lines
from backend.promotions.selectors import price_basket

__all__ = ["Choices", "work_out_price"]


def work_out_price(
    *, lines: Sequence[WantedLine], choices: Choices, buyer_id: UUID, now: datetime, region_code: str = ""
) -> Quote:
    """Say what a basket costs this buyer now, with everything that is taken off and why.

    `choices` holds, per kind of source, what the buyer asked of it: `{"group_price": {"groupId": …}}`.

    Raises: BasketEmpty, ProductUnavailable, InvalidInput.
    """
    shelf = shelf_lines(lines)
    shipping = shipping_to(region_code)
    priced = price_basket(
        lines=basket_lines(shelf),
        choices=choices,
        buyer_id=buyer_id,
        now=now,
        shipping=shipping,
    )
    return replace(quoted(shelf, priced), free_shipping_from_minor=shipping.free_from_minor)
