"""Reactions to what happens to sales and their campaigns."""

from backend.catalogue.selectors import cache_keys_of
from backend.core.freshness import bump
from backend.core.realtime import publish
from backend.flash import actions, selectors
from backend.flash.events import FlashPiecesBack, FlashSaleMoved
from backend.promotions.events import CampaignSaved


def refresh_sale(event: FlashSaleMoved) -> None:
    """Pages of the products of a sale show it, or show it no longer."""
    products = selectors.products_of_sale(event.sale_id)
    version = int(event.at.timestamp() * 1000)
    if products:
        bump(*cache_keys_of(products))
    for product_id in products:
        publish(f"product:{product_id}", {"id": str(product_id), "version": version})


def serve_line(event: FlashPiecesBack) -> None:
    """A piece that came back is offered to the first in the line."""
    actions.serve_waiting(item_id=event.item_id, now=event.at)


def follow_campaign(event: CampaignSaved) -> None:
    """A sale keeps to the window of its campaign."""
    actions.keep_window(campaign_id=event.campaign_id, now=event.at)
