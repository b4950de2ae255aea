"""What happens to people."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from backend.core.outbox import Event


@dataclass(frozen=True, kw_only=True)
class PersonSignedUp(Event):
    """Somebody has an account now. `visitor` is what the browser's `tz_visitor` cookie held, unread."""

    aggregate: ClassVar[str] = "user_id"
    user_id: UUID
    visitor: str
    locale: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ProfileChanged(Event):
    """The public part of a person changed."""

    aggregate: ClassVar[str] = "user_id"
    user_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PersonFollowed(Event):
    """One person follows another from now on."""

    aggregate: ClassVar[str] = "followee_id"
    follower_id: UUID
    followee_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PersonUnfollowed(Event):
    """One person no longer follows another."""

    aggregate: ClassVar[str] = "followee_id"
    follower_id: UUID
    followee_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PersonBlocked(Event):
    """One person wants to hear nothing more of another."""

    aggregate: ClassVar[str] = "blocker_id"
    blocker_id: UUID
    blocked_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class RoleGranted(Event):
    """A person works for the shop in a role from now on."""

    aggregate: ClassVar[str] = "user_id"
    user_id: UUID
    role: str
    granted_by_id: UUID | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class RoleWithdrawn(Event):
    """A person no longer holds a role."""

    aggregate: ClassVar[str] = "user_id"
    user_id: UUID
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SessionsEnded(Event):
    """Every sign-in of a person was ended; open sockets close."""

    aggregate: ClassVar[str] = "user_id"
    user_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PasskeyAdded(Event):
    """A person added a passkey."""

    aggregate: ClassVar[str] = "user_id"
    user_id: UUID
    passkey_id: UUID
    name: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PasskeyRemoved(Event):
    """A person removed a passkey."""

    aggregate: ClassVar[str] = "user_id"
    user_id: UUID
    passkey_id: UUID
    name: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PasskeyLooksCopied(Event):
    """A passkey signed with a count that did not grow, so there may be a copy of it."""

    aggregate: ClassVar[str] = "user_id"
    user_id: UUID
    passkey_id: UUID
    name: str
    at: datetime
