"""Working out what a basket costs. It reads only; it stands here because it asks the sources."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.checkout.ports import sources
from backend.checkout.rules import PricedBasket, basket_of, price
from backend.checkout.selectors import WantedLine, shelf_lines, terms

Choices = Mapping[str, Mapping[str, Any]]


def work_out_price(*, lines: Sequence[WantedLine], choices: Choices, buyer_id: UUID, now: datetime) -> PricedBasket:
    """Say what a basket costs this buyer now, with everything that is taken off and why.

    `choices` holds, per kind of source, what the buyer asked of it: `{"group_price": {"groupId": …}}`.

    Raises: BasketEmpty, ProductUnavailable, InvalidInput.
    """
    shelf = shelf_lines(lines)
    basket = basket_of(shelf)
    offered = [
        adjustment
        for source in sources()
        for adjustment in source.quote(basket=basket, choice=choices.get(source.kind, {}), buyer_id=buyer_id, now=now)
    ]
    return price(shelf, offered, terms=terms())
