"""What can be done with groups."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import graphene

from backend.checkout.errors import AddressNeeded, BasketEmpty, ProductUnavailable
from backend.core.graphql import Mutation, RequestFacts, Viewer, signed_in
from backend.inventory.errors import OutOfStock
from backend.orders.schema.types import OrderType
from backend.orders.selectors import orders_by_id
from backend.payments.schema.types import PaymentType
from backend.promotions.errors import BudgetExhausted
from groupbuy import actions
from groupbuy.actions import AskedSeat
from groupbuy.errors import (
    AlreadySeated,
    ChoiceTooLate,
    GroupClosed,
    GroupFull,
    LimitReached,
    LinkedToBuyer,
    NewcomersOnly,
    NotEligible,
    OfferEnded,
    PlacesGone,
    SeatCannotBeLeft,
)
from groupbuy.schema.merging import AnswerMerge, AskToMerge, StopWaiting, WaitForSeat
from groupbuy.schema.types import GroupType, LateChoiceEnum, SeatType
from groupbuy.selectors import GroupWish, group_of_order, group_row

PLACING = (
    OfferEnded, NotEligible, LimitReached, PlacesGone, BudgetExhausted, OutOfStock, ProductUnavailable, BasketEmpty,
    AddressNeeded,
)  # fmt: skip


def asked_seat(given: Any) -> AskedSeat:
    """What a shopper gives to get a seat."""
    return AskedSeat(
        variant_id=given.variant_id,
        quantity=1 if given.quantity is None else given.quantity,
        address_id=given.address_id,
        late_choice=_value(given.late_choice),
        via=(given.via or "")[:40],
    )


def _value(choice: Any) -> str | None:
    return None if choice is None else str(getattr(choice, "value", choice))


def _order(order_id: UUID, now: datetime) -> dict[str, Any]:
    return orders_by_id([order_id], now=now)[order_id]


def _group(group_id: UUID, viewer: Viewer, now: datetime) -> dict[str, Any]:
    return group_row(group_id=group_id, wish=GroupWish(viewer_id=viewer.id, now=now))


class OpenGroup(Mutation):
    """Place the order of a leader; the group is there once it is paid."""

    class Input:
        product_id = graphene.ID(required=True, description="What to buy together.")
        variant_id = graphene.ID(required=True, description="The chosen variant.")
        quantity = graphene.Int(default_value=1, description="How many pieces.")
        address_id = graphene.ID(description="Where it goes.")
        late_choice = graphene.Field(LateChoiceEnum, description="What to do when the money arrives too late.")
        via = graphene.String(description="The short link that brought the buyer here.")
        idempotency_key = graphene.ID(required=True, description="The same key asks the same thing once.")

    errors = PLACING
    permission = signed_in
    order = graphene.Field(OrderType, description="The order to be paid.")
    payment = graphene.Field(PaymentType, description="Its payment.")
    group = graphene.Field(GroupType, description="The group; empty until it is paid.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        placed = actions.open_by_paying(
            product_id=input.product_id,
            asked=asked_seat(input),
            buyer_id=viewer.id,
            idempotency_key=input.idempotency_key,
            now=now,
        )
        group_id = group_of_order(placed.order.id)
        return {
            "order": _order(placed.order.id, now),
            "payment": placed.payment,
            "group": _group(group_id, viewer, now) if group_id else None,
        }


class JoinGroup(Mutation):
    """Hold a seat in an open group and place the order for it."""

    class Input:
        group_id = graphene.ID(required=True, description="The group.")
        variant_id = graphene.ID(required=True, description="The chosen variant.")
        quantity = graphene.Int(default_value=1, description="How many pieces; it is one seat however many.")
        address_id = graphene.ID(description="Where it goes.")
        late_choice = graphene.Field(LateChoiceEnum, description="What to do when the money arrives too late.")
        via = graphene.String(description="The short link that brought the buyer here.")
        idempotency_key = graphene.ID(required=True, description="The same key asks the same thing once.")

    errors = (GroupFull, GroupClosed, AlreadySeated, NewcomersOnly, LinkedToBuyer, *PLACING)
    permission = signed_in
    seat = graphene.Field(SeatType, description="The seat, held until it is paid.")
    order = graphene.Field(OrderType, description="The order to be paid.")
    payment = graphene.Field(PaymentType, description="Its payment.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        seat, placed = actions.join_group(
            group_id=input.group_id,
            asked=asked_seat(input),
            buyer_id=viewer.id,
            idempotency_key=input.idempotency_key,
            now=now,
        )
        seats = _group(seat.group_id, viewer, now)["seats"]
        return {
            "seat": next((each for each in seats if each["number"] == seat.number), None),
            "order": _order(placed.order.id, now),
            "payment": placed.payment,
        }


class LeaveGroup(Mutation):
    """Give one's seat back before the group is full; what was paid comes back."""

    class Input:
        group_id = graphene.ID(required=True, description="The group.")
        idempotency_key = graphene.ID(required=True, description="The same key asks the same thing once.")

    errors = (SeatCannotBeLeft,)
    permission = signed_in
    group = graphene.Field(GroupType, description="The group without the viewer.")
    order = graphene.Field(OrderType, description="The order that is given up.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        order = actions.leave_group(
            group_id=input.group_id, buyer_id=viewer.id, idempotency_key=input.idempotency_key, now=now
        )
        return {"group": _group(input.group_id, viewer, now), "order": _order(order.id, now)}


class SetLateChoice(Mutation):
    """Say what to do if the money arrives too late for the group."""

    class Input:
        group_id = graphene.ID(required=True, description="The group.")
        choice = graphene.Field(LateChoiceEnum, required=True, description="What to do.")

    errors = (ChoiceTooLate,)
    permission = signed_in
    group = graphene.Field(GroupType, description="The group.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        choice = _value(input.choice) or ""
        actions.set_late_choice(group_id=input.group_id, buyer_id=viewer.id, choice=choice, now=now)
        return {"group": _group(input.group_id, viewer, now)}


class Mutations:
    """Root mutations of group buying."""

    open_group = OpenGroup.field()
    join_group = JoinGroup.field()
    leave_group = LeaveGroup.field()
    set_late_choice = SetLateChoice.field()
    wait_for_seat = WaitForSeat.field()
    stop_waiting = StopWaiting.field()
    ask_to_merge = AskToMerge.field()
    answer_merge = AnswerMerge.field()
