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


@dataclass(frozen=True, kw_only=True)
class CouponIssued(Event):
    """A coupon came into the hands of a person."""

    aggregate: ClassVar[str] = "coupon_id"
    coupon_id: UUID
    template_id: UUID
    user_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CouponExpiring(Event):
    """A coupon that nobody has used yet will soon be over."""

    aggregate: ClassVar[str] = "coupon_id"
    coupon_id: UUID
    template_id: UUID
    user_id: UUID
    valid_until: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CouponOffered(Event):
    """A coupon template was started, paused, resumed or ended."""

    aggregate: ClassVar[str] = "template_id"
    template_id: UUID
    state: str
    actor_id: UUID
    at: datetime
