"""What the words of a product's reviews say, side by side."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from backend.core.paging import Page, keyset_page
from community.reviews.models import Aspect, AspectWord
from community.reviews.rules.sentiment import Lexicon

FALL_DAYS = 30
FEWEST_MENTIONS = 4
LEAST_FALL = 0.15
MOST_FALLING = 30

_COUNTS = """
SELECT aspect.key, aspect.names, count(*) FILTER (WHERE said.polarity = 1), count(*) FILTER (WHERE said.polarity = -1)
FROM reviews_reviewaspect said
JOIN reviews_review review ON review.id = said.review_id
JOIN reviews_aspect aspect ON aspect.key = said.aspect_id
WHERE review.product_id = %s AND review.visibility IN ('PUBLIC', 'LIMITED') AND review.weighed_at IS NOT NULL
GROUP BY aspect.key ORDER BY count(*) DESC, aspect.position
"""
# Two equal spans side by side: the share of praise among all that was said of an aspect.
_FALLING = """
WITH said AS (
    SELECT review.product_id, said.aspect_id, review.created_at > %(middle)s AS is_new, said.polarity
    FROM reviews_reviewaspect said JOIN reviews_review review ON review.id = said.review_id
    WHERE review.created_at > %(since)s AND review.visibility IN ('PUBLIC', 'LIMITED')
      AND review.weighed_at IS NOT NULL
), spans AS (
    SELECT product_id, aspect_id,
        count(*) FILTER (WHERE is_new) AS mentions, count(*) FILTER (WHERE NOT is_new) AS mentions_before,
        avg((polarity = 1)::int) FILTER (WHERE is_new)::float AS share,
        avg((polarity = 1)::int) FILTER (WHERE NOT is_new)::float AS share_before
    FROM said GROUP BY 1, 2
)
SELECT spans.product_id, product.slug, product.title, aspect.names, aspect.key, mentions, mentions_before, share,
       share_before
FROM spans JOIN reviews_aspect aspect ON aspect.key = spans.aspect_id
JOIN catalogue_product product ON product.id = spans.product_id
WHERE mentions >= %(fewest)s AND mentions_before >= %(fewest)s AND share_before - share >= %(fall)s
ORDER BY share_before - share DESC, mentions DESC, product.slug, aspect.key LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class AspectCount:
    """How many reviews praise and blame one side of a product."""

    key: str
    names: dict[str, str]
    good: int
    bad: int


@dataclass(frozen=True, slots=True)
class Fall:
    """A side of a product that is praised less than before."""

    product_id: UUID
    slug: str
    title: dict[str, str]
    names: dict[str, str]
    key: str
    mentions: int
    mentions_before: int
    share: float
    share_before: float


def lexicon() -> Lexicon:
    """The words by which reviews are read now."""
    rows = AspectWord.objects.values_list("word", "aspect_id", "polarity")
    return Lexicon({word: (aspect, polarity) for word, aspect, polarity in rows})


def aspects() -> list[Aspect]:
    """Every aspect, in its order."""
    return list(Aspect.objects.all())


def words_page(*, aspect: str | None, first: int, after: str | None) -> Page:
    """One page of the lexicon, by word."""
    found = AspectWord.objects.all()
    return keyset_page(found.filter(aspect_id=aspect) if aspect else found, order=("word",), first=first, after=after)


def aspect_counts(product_id: UUID) -> list[AspectCount]:
    """What the reviews of a product speak of, the most mentioned first."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [product_id])
        rows = cursor.fetchall()
    return [AspectCount(key, _texts(names), good, bad) for key, names, good, bad in rows]


def falling_aspects(*, now: datetime) -> list[Fall]:
    """What is praised at least fifteen points less in the last thirty days than in the thirty before."""
    span = timedelta(days=FALL_DAYS)
    values: dict[str, Any] = {
        "middle": now - span, "since": now - 2 * span, "fewest": FEWEST_MENTIONS, "fall": LEAST_FALL,
        "most": MOST_FALLING,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_FALLING, values)
        rows = cursor.fetchall()
    return [Fall(row[0], row[1], _texts(row[2]), _texts(row[3]), *row[4:]) for row in rows]


def _texts(value: Any) -> dict[str, str]:
    """A column of texts, however the driver hands it over."""
    return dict(orjson.loads(value) if isinstance(value, str | bytes) else value)
