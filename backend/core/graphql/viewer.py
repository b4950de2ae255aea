"""Who is asking, in which language, at what time."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from backend.core.languages import DEFAULT_LOCALE, Locale

STAFF_ROLES = frozenset({"moderator", "senior_moderator", "growth", "support", "admin"})


@dataclass(frozen=True)
class Viewer:
    """The person behind one request. `user_id` is empty for a visitor who has not signed in."""

    user_id: uuid.UUID | None = None
    roles: frozenset[str] = frozenset()
    locale: Locale = DEFAULT_LOCALE
    session_key: str | None = None
    visitor: str | None = None

    @property
    def is_signed_in(self) -> bool:
        """Whether we know who this is."""
        return self.user_id is not None

    @property
    def is_staff(self) -> bool:
        """Whether this person holds any role beyond that of a shopper."""
        return bool(self.roles & STAFF_ROLES)

    @cached_property
    def id(self) -> uuid.UUID:
        """The user's id, for code that runs only for signed-in viewers."""
        if self.user_id is None:
            raise LookupError("nobody is signed in; declare permission=signed_in")
        return self.user_id


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """What a door may need to know of the request itself."""

    id: str = "-"
    address: str = ""
    user_agent: str = ""
    visitor: str | None = None
    site: str = ""


@dataclass(slots=True)
class Context:
    """The `info.context` of every resolver."""

    viewer: Viewer
    now: dt.datetime
    request: RequestFacts = field(default_factory=RequestFacts)
    deadline: float | None = None
    loaders: dict[str, Any] = field(default_factory=dict)
