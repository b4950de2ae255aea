"""What happens around invitations, told to whoever listens."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from backend.core.outbox import Event


@dataclass(frozen=True, kw_only=True)
class LinkClicked(Event):
    """Somebody who is no crawler came through a share link; without a visitor it was the owner."""

    aggregate: ClassVar[str] = "link_id"
    link_id: UUID
    owner_id: UUID
    kind: str
    target_id: UUID
    at: datetime
    visitor: str = ""


@dataclass(frozen=True, kw_only=True)
class InviteeBound(Event):
    """It is settled who brought a person."""

    aggregate: ClassVar[str] = "invitee_id"
    invitee_id: UUID
    inviter_id: UUID
    link_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class InviteRewarded(Event):
    """One side of an invitation was promised points."""

    aggregate: ClassVar[str] = "invitee_id"
    reward_id: UUID
    beneficiary_id: UUID
    invitee_id: UUID
    side: str
    points: int
    order_id: UUID
    campaign_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class OrderAttributed(Event):
    """It is settled who gets the credit for an order; `kind` is FRIEND, CREATOR or NONE, and nobody has no payee."""

    aggregate: ClassVar[str] = "order_id"
    order_id: UUID
    buyer_id: UUID
    kind: str
    payee_id: UUID | None
    source: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class RewardMoved(Event):
    """A reward stands elsewhere now, because of evidence, desk, deadline, objection, kept or refund."""

    aggregate: ClassVar[str] = "reward_id"
    reward_id: UUID
    beneficiary_id: UUID
    from_state: str
    to_state: str
    because: str
    points: int
    at: datetime
