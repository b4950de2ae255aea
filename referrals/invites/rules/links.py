"""Where links lead, who is visiting, and how long a visit counts."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from referrals.invites.models import LinkKind

LINK_CODE_LENGTH = 8
DEFAULT_WINDOW_DAYS = 30
MOST_WINDOW_DAYS = 365
VISITOR = re.compile(r"[0-9a-f]{32}")

PATHS: Mapping[str, str] = {
    LinkKind.GROUP: "/g/{id}",
    LinkKind.POST: "/post/{id}",
    LinkKind.CAMPAIGN: "/",
    LinkKind.PROFILE: "/u/{id}",
}


def path_to(kind: str, *, target_id: UUID, slug: str | None = None) -> str:
    """Where a link leads on the shop."""
    return f"/p/{slug}" if kind == LinkKind.PRODUCT else PATHS[kind].format(id=target_id)


def is_within_window(*, clicked_at: datetime, at: datetime, window_days: int = DEFAULT_WINDOW_DAYS) -> bool:
    """Say whether a visit still counts; both ends of the window do."""
    return clicked_at <= at <= clicked_at + timedelta(days=window_days)


def visitor_of(cookie: str | None, carried: str | None) -> str | None:
    """Who is visiting: the browser's own token first, then the one the link carried from another app or browser."""
    return next((each for each in (cookie, carried) if each and VISITOR.fullmatch(each)), None)
