"""The goods of the demo on the shelf, and nothing else of the demo."""

import random
from collections import defaultdict
from datetime import UTC, datetime
from uuid import UUID

from backend.config.demo.products import fill_shelves
from backend.config.demo.shelf import read_shelves
from tests.factories.catalogue import make_picture

MORNING = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


def put_up_goods(*, now: datetime = MORNING) -> None:
    """All shelves with their products, as the demo puts them up."""
    picture = make_picture(now=now).id
    pictures: defaultdict[str, UUID] = defaultdict(lambda: picture)
    fill_shelves(shelves=read_shelves(), pictures=pictures, dice=random.Random(7), now=now)
