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
