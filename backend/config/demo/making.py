"""Making the demo: each part in order, and the events of each part delivered before the next begins."""

import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from backend.config.demo import people, pictures, products, shelf
from backend.config.demo.packages import open_kitchen
from backend.core.outbox import deliver_pending

SEED = 20261124
Told = Callable[[str], None]


def make_demo(*, modules: Path, now: datetime, tell: Told) -> None:
    """Fill an empty shop.

    Raises: PicturesMissing.
    """
    kitchen = open_kitchen(modules)
    shelves = shelf.read_shelves()
    tell("Composing and storing the pictures")
    stored = pictures.store_all(
        kitchen=kitchen,
        recipes=products.recipes_of(shelves),
        banners=[recipe for recipe, *_ in products.BANNERS],
        now=now,
    )
    pictures.store_faces(kitchen=kitchen)
    tell("Filling the shelves")
    dice = random.Random(SEED)  # noqa: S311 - the demo is the same each time on purpose
    products.fill_shelves(shelves=shelves, pictures=stored, dice=dice, now=now)
    products.hang_banners(pictures=stored, now=now)
    tell("Inviting the people")
    people.invite_people(dice=dice, now=now)
    deliver_everything()


def deliver_everything() -> int:
    """Deliver what has happened so far, and say how many events that were."""
    delivered = 0
    while batch := deliver_pending(limit=1000):
        delivered += batch
    return delivered
