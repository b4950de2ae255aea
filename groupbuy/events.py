"""What happens to groups and seats, told to whoever listens."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from backend.core.outbox.events import Event


@dataclass(frozen=True, kw_only=True)
class GroupOpened(Event):
    """A leader has paid and the group is there to be joined."""

    aggregate: ClassVar[str] = "group_id"
    group_id: UUID
    campaign_id: UUID
    product_id: UUID
    leader_id: UUID
    order_id: UUID
    size: int
    deadline_at: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SeatHeld(Event):
    """A buyer holds a seat and has yet to pay."""

    aggregate: ClassVar[str] = "group_id"
    group_id: UUID
    campaign_id: UUID
    product_id: UUID
    seat_id: UUID
    buyer_id: UUID
    order_id: UUID
    held_until: datetime
    seats_taken: int
    size: int
    version: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SeatTaken(Event):
    """A seat is paid."""

    aggregate: ClassVar[str] = "group_id"
    group_id: UUID
    campaign_id: UUID
    product_id: UUID
    seat_id: UUID
    buyer_id: UUID
    order_id: UUID
    is_leader: bool
    total_minor: int
    discount_minor: int
    seats_taken: int
    seats_paid: int
    size: int
    version: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SeatReleased(Event):
    """A seat is free again: its hold ran out, its buyer left, or its order was closed."""

    aggregate: ClassVar[str] = "group_id"
    group_id: UUID
    campaign_id: UUID
    product_id: UUID
    seat_id: UUID
    buyer_id: UUID
    order_id: UUID
    was_paid: bool
    reason: str
    seats_taken: int
    size: int
    version: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class GroupFilled(Event):
    """Every seat is paid; the orders may be confirmed."""

    aggregate: ClassVar[str] = "group_id"
    group_id: UUID
    campaign_id: UUID
    product_id: UUID
    leader_id: UUID
    order_ids: tuple[UUID, ...]
    buyer_ids: tuple[UUID, ...]
    size: int
    version: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SeatRepriced(Event):
    """The ladder of a group has reached a lower price than this seat has paid; the difference goes back."""

    aggregate: ClassVar[str] = "group_id"
    group_id: UUID
    campaign_id: UUID
    seat_id: UUID
    buyer_id: UUID
    order_id: UUID
    reached_size: int
    difference_minor: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class GroupConfirmed(Event):
    """Every order of a full group is confirmed."""

    aggregate: ClassVar[str] = "group_id"
    group_id: UUID
    campaign_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class GroupExpired(Event):
    """The deadline passed before the group was full; every paid seat is being refunded."""

    aggregate: ClassVar[str] = "group_id"
    group_id: UUID
    campaign_id: UUID
    product_id: UUID
    order_ids: tuple[UUID, ...]
    buyer_ids: tuple[UUID, ...]
    seats_paid: int
    size: int
    version: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class GroupCancelled(Event):
    """The group was stopped: its last member left, or its campaign was ended so."""

    aggregate: ClassVar[str] = "group_id"
    group_id: UUID
    campaign_id: UUID
    product_id: UUID
    order_ids: tuple[UUID, ...]
    buyer_ids: tuple[UUID, ...]
    reason: str
    version: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class GroupFailed(Event):
    """Every refund of an unfilled group has arrived."""

    aggregate: ClassVar[str] = "group_id"
    group_id: UUID
    campaign_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SeatRefunded(Event):
    """The money of one seat has arrived back, or, if it was never taken, is held no longer."""

    aggregate: ClassVar[str] = "group_id"
    group_id: UUID
    campaign_id: UUID
    seat_id: UUID
    buyer_id: UUID
    order_id: UUID
    amount_minor: int
    was_taken: bool = True
    at: datetime


@dataclass(frozen=True, kw_only=True)
class LeaderDiscountTakenBack(Event):
    """A part of a leader's discount that was not earned was taken back from store credit."""

    aggregate: ClassVar[str] = "group_id"
    group_id: UUID
    campaign_id: UUID
    leader_id: UUID
    amount_minor: int
    left_minor: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class LeaderChanged(Event):
    """The leader left and the earliest paid seat leads now."""

    aggregate: ClassVar[str] = "group_id"
    group_id: UUID
    campaign_id: UUID
    leader_id: UUID
    version: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class LatePaymentSettled(Event):
    """Money that came too late for its group has found its end, as its buyer chose."""

    aggregate: ClassVar[str] = "order_id"
    order_id: UUID
    campaign_id: UUID
    buyer_id: UUID
    group_id: UUID | None
    outcome: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class DrawCommitted(Event):
    """The entries of a full lottery group are sealed, and when they will be drawn is said."""

    aggregate: ClassVar[str] = "group_id"
    group_id: UUID
    campaign_id: UUID
    commitment: str
    draw_at: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class DrawMade(Event):
    """The winners of a lottery group are written down; the others get everything back."""

    aggregate: ClassVar[str] = "group_id"
    group_id: UUID
    campaign_id: UUID
    winner_ids: tuple[UUID, ...]
    loser_ids: tuple[UUID, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SeatOffered(Event):
    """A seat of a full group is free, and the next one who waits is told."""

    aggregate: ClassVar[str] = "group_id"
    group_id: UUID
    campaign_id: UUID
    buyer_id: UUID
    until: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class MergeAsked(Event):
    """The leader of one group offers the leader of another to sit at one table."""

    aggregate: ClassVar[str] = "into_id"
    merge_id: UUID
    group_id: UUID
    into_id: UUID
    leader_id: UUID
    asked_by_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class GroupsMerged(Event):
    """The people of one group sit in another now."""

    aggregate: ClassVar[str] = "group_id"
    group_id: UUID
    campaign_id: UUID
    from_id: UUID
    buyer_ids: tuple[UUID, ...]
    seats_taken: int
    size: int
    version: int
    at: datetime
