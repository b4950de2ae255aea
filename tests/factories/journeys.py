"""A shop with a group price and an invite reward, as the growth team sets it up."""

from backend.catalogue.models import Product
from backend.promotions.actions import RuleDraft
from tests.factories.catalogue import make_product
from tests.factories.promotions import group_rule, make_running_campaign, this_moment


def shop_with_campaigns(
    *, size: int, price_minor: int, inviter_points: int, invitee_points: int, stock: int = 10
) -> Product:
    """A product for ¥59.90 alone, cheaper together, while inviting a friend is rewarded."""
    now = this_moment()
    product = make_product(price_minor=5990, stock=stock, now=now)
    make_running_campaign([group_rule([product], size=size, priceMinor=price_minor)], now=now)
    reward = {"inviterPoints": inviter_points, "inviteePoints": invitee_points, "windowDays": 30}
    make_running_campaign([RuleDraft(kind="invite_reward", params=reward)], now=now)
    return product
