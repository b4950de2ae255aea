"""What the desk does with a thing: receive it, inspect it, send it back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.errors import InvalidInput
from backend.core.money import Money
from backend.fulfilment.rules import checked_name
from backend.tradein import rules
from backend.tradein.actions.ask_trade_in import add_pictures
from backend.tradein.actions.move import credit, hold_trade_in, move_trade_in
from backend.tradein.errors import AboveOffer, OwnTradeIn, ReasonsNeeded, TradeInMovedOn
from backend.tradein.models import TradeIn, TradeInState


@transaction.atomic
def receive_trade_in(*, trade_in_id: UUID, agent_id: UUID, now: datetime) -> TradeIn:
    """Record that a thing has come, by parcel or over the counter.

    Raises: TradeInMovedOn, TradeInTimeOver, OwnTradeIn, NotFound.
    Emits: TradeInMoved.
    """
    trade_in = _held(trade_in_id, agent_id=agent_id, now=now)
    move_trade_in(trade_in=trade_in, to=TradeInState.RECEIVED, actor_id=agent_id, now=now, received_at=now)
    return trade_in


@transaction.atomic
def inspect_trade_in(
    *,
    trade_in_id: UUID,
    agent_id: UUID,
    version: int,
    amount_minor: int,
    note: str,
    picture_ids: Sequence[UUID],
    now: datetime,
) -> TradeIn:
    """Say what a thing is worth after a look: the offer, which credits it at once, or less, with reasons and a picture.

    Nothing at all sends it back. A lower price waits for the shopper's answer.

    Raises: TradeInMovedOn, TradeInTimeOver, OwnTradeIn, AboveOffer, ReasonsNeeded, NotFound, InvalidInput, KeyReused.
    Emits: TradeInMoved, StoreCreditGranted.
    """
    words = note.strip()
    if amount_minor < 0 or len(words) > rules.LONGEST_REASONS:
        raise InvalidInput("amountMinor")
    trade_in = _held(trade_in_id, agent_id=agent_id, now=now)
    if trade_in.version != version or trade_in.state != TradeInState.RECEIVED:
        raise TradeInMovedOn(state=trade_in.state)
    if amount_minor > trade_in.offered_minor:
        raise AboveOffer(most=Money(trade_in.offered_minor))
    is_lower = amount_minor < trade_in.offered_minor
    if is_lower and (len(words) < rules.SHORTEST_REASONS or not picture_ids):
        raise ReasonsNeeded
    add_pictures(trade_in, picture_ids, owner_id=agent_id, is_of_inspection=True)
    if not is_lower:
        credit(
            trade_in, amount_minor=amount_minor, actor_id=agent_id, now=now, found_words=words, inspector_id=agent_id,
            inspected_at=now,
        )  # fmt: skip
        return trade_in
    move_trade_in(
        trade_in=trade_in,
        to=TradeInState.LOWERED if amount_minor else TradeInState.GOING_BACK,
        actor_id=agent_id,
        now=now,
        found_minor=amount_minor,
        found_words=words,
        inspector_id=agent_id,
        inspected_at=now,
    )
    return trade_in


@transaction.atomic
def return_trade_in(*, trade_in_id: UUID, agent_id: UUID, carrier: str, tracking: str, now: datetime) -> TradeIn:
    """Send a thing back to its owner, at the shop's cost.

    Raises: TradeInMovedOn, TradeInTimeOver, OwnTradeIn, NotFound, InvalidInput.
    Emits: TradeInMoved.
    """
    names = {"back_carrier": checked_name(carrier, "carrier"), "back_tracking": checked_name(tracking, "tracking")}
    trade_in = _held(trade_in_id, agent_id=agent_id, now=now)
    move_trade_in(trade_in=trade_in, to=TradeInState.RETURNED, actor_id=agent_id, now=now, **names)
    return trade_in


def _held(trade_in_id: UUID, *, agent_id: UUID, now: datetime) -> TradeIn:
    trade_in = hold_trade_in(trade_in_id=trade_in_id, now=now)
    if trade_in.person_id == agent_id:
        raise OwnTradeIn
    return trade_in
