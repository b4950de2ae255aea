"""What happened to campaigns."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from backend.core.outbox.events import Event


@dataclass(frozen=True, kw_only=True)
class CampaignSaved(Event):
    """The window, the audience, the budget or the rules were saved."""

    aggregate: ClassVar[str] = "campaign_id"
    campaign_id: UUID
    version: int
    actor_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CampaignStarted(Event):
    """The campaign was let loose; it works within its window."""

    aggregate: ClassVar[str] = "campaign_id"
    campaign_id: UUID
    version: int
    actor_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CampaignPaused(Event):
    """The campaign makes no new offers until it is resumed."""

    aggregate: ClassVar[str] = "campaign_id"
    campaign_id: UUID
    version: int
    actor_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CampaignResumed(Event):
    """The campaign makes offers again."""

    aggregate: ClassVar[str] = "campaign_id"
    campaign_id: UUID
    version: int
    actor_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CampaignEnded(Event):
    """The campaign is over for good; the manner says what becomes of what has begun."""

    aggregate: ClassVar[str] = "campaign_id"
    campaign_id: UUID
    version: int
    stop_manner: str
    actor_id: UUID
    at: datetime
