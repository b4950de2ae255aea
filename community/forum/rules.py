"""Limits of posts and comments, and how the feed is ordered."""

from datetime import datetime, timedelta
from decimal import Decimal
from math import log10

from django.utils.translation import gettext_lazy as _

from backend.core.errors import InvalidInput
from community.forum.models import Visibility

LONGEST_TITLE = 60
LONGEST_BODY = 5_000
LONGEST_COMMENT = 1_000
MOST_PICTURES = 9
POSTS_PER_HOUR = 10
COMMENTS_PER_HOUR = 60
AN_HOUR = timedelta(hours=1)

SEEN_BY_ALL = (Visibility.PUBLIC, Visibility.LIMITED)
SEEN_BY_AUTHOR = (*SEEN_BY_ALL, Visibility.PENDING, Visibility.QUARANTINED, Visibility.REMOVED)

SECONDS_PER_TENFOLD = 45_000
WEIGHT_OF_COMMENTER = 3


def hot_score(*, likes: int, commenters: int, created_at: datetime) -> Decimal:
    """Order of the feed: ten times the applause is worth twelve and a half hours.

    It grows with the clock of the post, not of the reader, so nothing has to be recomputed as time passes.
    Source: log10(score) + seconds / 45,000 (the "hot" order of Reddit).
    """
    applause = max(1, likes + WEIGHT_OF_COMMENTER * commenters)
    return Decimal(f"{log10(applause) + created_at.timestamp() / SECONDS_PER_TENFOLD:.6f}")


def check_post(*, title: str, body: str, pictures_count: int) -> None:
    """Refuse a post without words or with too many of them.

    Raises: InvalidInput.
    """
    check_text("title", title, longest=LONGEST_TITLE)
    if len(body) > LONGEST_BODY:
        raise InvalidInput("body", _("A post holds 5,000 letters at most. Make it shorter."))
    if not body.strip() and not pictures_count:
        raise InvalidInput("body", _("Write a few words or add a picture."))
    if pictures_count > MOST_PICTURES:
        raise InvalidInput("pictureIds", _("A post holds nine pictures at most. Take some out."))


def check_text(field: str, text: str, *, longest: int) -> None:
    """Refuse an empty or overlong line.

    Raises: InvalidInput.
    """
    if not text.strip():
        raise InvalidInput(field, _("Write a few words first."))
    if len(text) > longest:
        raise InvalidInput(field, _("This is too long. Make it shorter."))
