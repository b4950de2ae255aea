"""What a basket costs a buyer at this moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings

from backend.promotions.adjustments import AdjustmentSource, sources
from backend.promotions.basket import BasketLine, Choices, Layer, OfferedAdjustment
from backend.promotions.pricing import PricedBasket, Running, ShippingTerms, basket_for, begin, take, take_prices


def shipping_terms() -> ShippingTerms:
    """What the shop has configured about sending."""
    return ShippingTerms(free_from_minor=settings.FREE_SHIPPING_FROM_MINOR, fee_minor=settings.SHIPPING_MINOR)


def price_basket(
    *,
    lines: Sequence[BasketLine],
    choices: Choices,
    buyer_id: UUID | None,
    now: datetime,
    shipping: ShippingTerms | None = None,
) -> PricedBasket:
    """Say what a basket costs this buyer now, with everything that is taken off and why, layer by layer.

    Each variant stands in one line. `choices` holds, per kind of source, what the buyer asked of it:
    `{"group_price": {"groupId": …}, "coupon": {"couponIds": […]}}`. Without a buyer it is the price for a visitor.
    `shipping` is what sending costs where it goes; without it the usual rate counts.
    What a source refuses is raised as it is.
    """
    running = begin(lines)

    def asked(source: AdjustmentSource) -> Sequence[OfferedAdjustment]:
        return source.quote(
            basket=basket_for(running, kind=source.kind, layer=source.layer),
            choice=choices.get(source.kind, {}),
            buyer_id=buyer_id,
            now=now,
        )

    everyone = sources()
    take_prices(running, [offer for source in _in(everyone, Layer.PRICE) for offer in asked(source)])
    _take_layers(running, everyone, asked, (Layer.LINE, Layer.ORDER))
    running.judged = dict(running.left)
    running.shipping_fee_minor = (shipping or shipping_terms()).fee_for(running.goods_minor)
    _take_layers(running, everyone, asked, (Layer.COUPON, Layer.POINTS, Layer.TENDER))
    return running.priced()


def _take_layers(
    running: Running,
    everyone: Sequence[AdjustmentSource],
    asked: Callable[[AdjustmentSource], Sequence[OfferedAdjustment]],
    layers: Sequence[Layer],
) -> None:
    for layer in layers:
        for source in _in(everyone, layer):
            for offer in asked(source):
                take(running, offer, layer=layer)


def _in(everyone: Sequence[AdjustmentSource], layer: Layer) -> list[AdjustmentSource]:
    return [source for source in everyone if source.layer == layer]
