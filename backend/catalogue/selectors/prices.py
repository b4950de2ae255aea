"""What was asked and paid for a product over time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.catalogue.models import PaidPrice, PriceChange
from backend.catalogue.rules.prices import Asked, Paid, Step, lowest_over_time


def price_steps(product_id: UUID) -> list[Step]:
    """The lowest price of a product, step by step."""
    return steps_of([product_id])[product_id]


def steps_of(product_ids: Sequence[UUID]) -> dict[UUID, list[Step]]:
    """The lowest price of each product, step by step."""
    found: dict[UUID, list[Asked]] = {product_id: [] for product_id in product_ids}
    columns = ("product_id", "variant_id", "price_minor", "at")
    for product_id, variant_id, price_minor, at in PriceChange.objects.filter(product_id__in=product_ids).values_list(
        *columns
    ):
        found[product_id].append(Asked(variant_id=variant_id, price_minor=price_minor, at=at))
    return {product_id: lowest_over_time(changes) for product_id, changes in found.items()}


def paid_prices(product_id: UUID) -> list[Paid]:
    """The lowest price that was paid on each day."""
    days = PaidPrice.objects.filter(product_id=product_id).values_list("lowest_minor", "day")
    return [Paid(price_minor=lowest, on=day) for lowest, day in days]


def price_histories(product_ids: Sequence[UUID], *, since: datetime) -> dict[UUID, list[dict[str, Any]]]:
    """The steps of the lowest price since then, the first one as it stood at that moment."""
    return {product_id: _since(steps, since) for product_id, steps in steps_of(product_ids).items()}


def _since(steps: Sequence[Step], since: datetime) -> list[dict[str, Any]]:
    before = [step for step in steps if step.at <= since]
    after = [step for step in steps if step.at > since]
    first = [{"at": since, "price": before[-1].price_minor}] if before else []
    return [*first, *({"at": step.at, "price": step.price_minor} for step in after)]
