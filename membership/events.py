"""What happens to points and tiers, told to whoever listens."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from backend.core.outbox import Event


@dataclass(frozen=True, kw_only=True)
class PointsPromised(Event):
    """A person will have points once they vest."""

    aggregate: ClassVar[str] = "user_id"
    user_id: UUID
    lot_id: UUID
    cause: str
    points: int
    campaign_id: UUID | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PointsVested(Event):
    """Promised points became usable."""

    aggregate: ClassVar[str] = "user_id"
    user_id: UUID
    lot_id: UUID
    cause: str
    points: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PointsTakenBack(Event):
    """Points went back because what they were given for was refunded."""

    aggregate: ClassVar[str] = "user_id"
    user_id: UUID
    lot_id: UUID
    cause: str
    points: int
    left: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PointsSpent(Event):
    """A person used points."""

    aggregate: ClassVar[str] = "user_id"
    user_id: UUID
    spend_id: UUID
    points: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PointsReturned(Event):
    """Used points came back."""

    aggregate: ClassVar[str] = "user_id"
    user_id: UUID
    spend_id: UUID
    points: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class TierReached(Event):
    """A person climbed to a higher tier."""

    aggregate: ClassVar[str] = "user_id"
    user_id: UUID
    tier: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class TierFell(Event):
    """A term was over and a person stands on a lower tier."""

    aggregate: ClassVar[str] = "user_id"
    user_id: UUID
    tier: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PointsExpiring(Event):
    """Points of a person lapse soon."""

    aggregate: ClassVar[str] = "user_id"
    user_id: UUID
    points: int
    on: str
    days: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class DebtForgiven(Event):
    """Staff let a person off what was owed."""

    aggregate: ClassVar[str] = "user_id"
    user_id: UUID
    debt_id: UUID
    points: int
    actor_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class BirthdayGiftGiven(Event):
    """A person has birthday and got the gift of the year."""

    aggregate: ClassVar[str] = "user_id"
    user_id: UUID
    year: int
    points: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class TaskDone(Event):
    """A person finished a task."""

    aggregate: ClassVar[str] = "user_id"
    user_id: UUID
    key: str
    points: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class BadgeEarned(Event):
    """A person earned an honour."""

    aggregate: ClassVar[str] = "user_id"
    user_id: UUID
    badge_id: UUID
    key: str
    at: datetime
