"""What the shopper does with an offer: take it, send the thing, answer another price, or leave it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.accounts.selectors import address_snapshot, visible_address
from backend.fulfilment.rules import checked_name
from backend.tradein.actions.budget import promise
from backend.tradein.actions.move import credit, hold_trade_in, move_trade_in
from backend.tradein.errors import TradeInMovedOn
from backend.tradein.models import TradeIn, TradeInState
from backend.tradein.selectors import own_trade_in


@transaction.atomic
def take_offer(*, trade_in_id: UUID, person_id: UUID, is_by_hand: bool, address_id: UUID, now: datetime) -> TradeIn:
    """Take an offer: the month keeps the money for it, and the thing is to come within ten days.

    The address is where the thing goes back to, free of charge, if there is no agreement.

    Raises: TradeInMovedOn, TradeInTimeOver, BudgetUsedUp, NotFound.
    Emits: TradeInMoved.
    """
    own_trade_in(trade_in_id=trade_in_id, person_id=person_id)
    address = visible_address(address_id=address_id, user_id=person_id)
    trade_in = hold_trade_in(trade_in_id=trade_in_id, now=now)
    if trade_in.state != TradeInState.OFFERED:
        raise TradeInMovedOn(state=trade_in.state)
    move_trade_in(
        trade_in=trade_in,
        to=TradeInState.TO_SEND,
        actor_id=person_id,
        now=now,
        budget=promise(amount_minor=trade_in.offered_minor, now=now),
        is_by_hand=is_by_hand,
        address=dict(address_snapshot(address)),
        taken_at=now,
    )
    return trade_in


@transaction.atomic
def send_trade_in(*, trade_in_id: UUID, person_id: UUID, carrier: str, tracking: str, now: datetime) -> TradeIn:
    """Say with whom and under which number the thing comes.

    Raises: TradeInMovedOn, TradeInTimeOver, NotFound, InvalidInput.
    Emits: TradeInMoved.
    """
    names = {"carrier": checked_name(carrier, "carrier"), "tracking": checked_name(tracking, "tracking")}
    own_trade_in(trade_in_id=trade_in_id, person_id=person_id)
    trade_in = hold_trade_in(trade_in_id=trade_in_id, now=now)
    move_trade_in(trade_in=trade_in, to=TradeInState.ON_THE_WAY, actor_id=person_id, now=now, **names)
    return trade_in


@transaction.atomic
def answer_price(*, trade_in_id: UUID, person_id: UUID, accepts: bool, now: datetime) -> TradeIn:
    """Accept the lower price, which credits it at once, or have the thing sent back.

    Raises: TradeInMovedOn, TradeInTimeOver, NotFound, InvalidInput, KeyReused.
    Emits: TradeInMoved, StoreCreditGranted.
    """
    own_trade_in(trade_in_id=trade_in_id, person_id=person_id)
    trade_in = hold_trade_in(trade_in_id=trade_in_id, now=now)
    if trade_in.state != TradeInState.LOWERED or not trade_in.found_minor:
        raise TradeInMovedOn(state=trade_in.state)
    if accepts:
        credit(trade_in, amount_minor=trade_in.found_minor, actor_id=person_id, now=now)
    else:
        move_trade_in(trade_in=trade_in, to=TradeInState.GOING_BACK, actor_id=person_id, reason="declined", now=now)
    return trade_in


@transaction.atomic
def withdraw_trade_in(*, trade_in_id: UUID, person_id: UUID, now: datetime) -> TradeIn:
    """Leave an offer, or a thing that was not sent yet.

    Raises: TradeInMovedOn, TradeInTimeOver, NotFound.
    Emits: TradeInMoved.
    """
    own_trade_in(trade_in_id=trade_in_id, person_id=person_id)
    trade_in = hold_trade_in(trade_in_id=trade_in_id, now=now)
    move_trade_in(trade_in=trade_in, to=TradeInState.WITHDRAWN, actor_id=person_id, now=now)
    return trade_in
