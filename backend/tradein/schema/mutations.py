"""What can be done with trade-ins, by shoppers and at the desk."""

from datetime import datetime
from typing import Any

import graphene

from backend.core.errors import InvalidInput
from backend.core.graphql import JSON, BigInt, Mutation, RequestFacts, Viewer, bump, role, signed_in
from backend.tradein import actions, errors
from backend.tradein.schema.types import TradeInBudgetType, TradeInListType, TradeInType
from backend.tradein.selectors import budget_row, current_list, visible_trade_in

INSPECTORS = role("support")
KEEPERS = role("growth")
MINE = "The viewer's trade-in."
ONE = "The trade-in."
AS_IT_STANDS = "The trade-in as it stands now."
MOVED = (errors.TradeInMovedOn, errors.TradeInTimeOver)


def mapping(value: Any, field: str) -> Any:
    """A JSON object.

    Raises: InvalidInput.
    """
    if not isinstance(value, dict):
        raise InvalidInput(field)
    return value


def shown(trade_in: Any) -> dict[str, Any]:
    """The payload: the row as it stands now."""
    return {"trade_in": visible_trade_in(trade_in_id=trade_in.pk, viewer_id=trade_in.person_id, sees_all=True)}


class AskTradeIn(Mutation):
    """Say what a thing is and how it is, and get an offer."""

    class Input:
        kind_id = graphene.ID(required=True, description="The kind of thing.")
        answers = graphene.InputField(JSON, required=True, description="The answer to each question, by their names.")
        words = graphene.String(description="What else there is to say, 300 letters at most.")
        picture_ids = graphene.List(graphene.NonNull(graphene.ID), description="The viewer's own, six at most.")
        idempotency_key = graphene.ID(required=True, description="Made by the client; a repeat answers the first time.")

    errors = (errors.KindNotTaken, errors.AnswersMissing, errors.ThingNotTaken, errors.TooManyTradeIns)
    permission = signed_in
    trade_in = graphene.Field(TradeInType, description="The trade-in with its offer.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Ask."""
        trade_in = actions.ask_trade_in(
            kind_id=input.kind_id,
            answers=mapping(input.answers, "answers"),
            words=input.words or "",
            picture_ids=input.picture_ids or (),
            person_id=viewer.id,
            idempotency_key=input.idempotency_key,
            now=now,
        )
        return shown(trade_in)


class TakeTradeInOffer(Mutation):
    """Take an offer; the thing is to come within ten days."""

    class Input:
        trade_in_id = graphene.ID(required=True, description=MINE)
        is_by_hand = graphene.Boolean(required=True, description="Whether it is handed over at the counter.")
        address_id = graphene.ID(required=True, description="Where it goes back to without an agreement.")

    errors = (*MOVED, errors.BudgetUsedUp)
    permission = signed_in
    trade_in = graphene.Field(TradeInType, description=AS_IT_STANDS)

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Take it."""
        trade_in = actions.take_offer(
            trade_in_id=input.trade_in_id,
            person_id=viewer.id,
            is_by_hand=input.is_by_hand,
            address_id=input.address_id,
            now=now,
        )
        return shown(trade_in)


class SendTradeIn(Mutation):
    """Say with whom and under which number the thing comes."""

    class Input:
        trade_in_id = graphene.ID(required=True, description=MINE)
        carrier = graphene.String(required=True, description="Who brings it.")
        tracking = graphene.String(required=True, description="The number of the parcel.")

    errors = MOVED
    permission = signed_in
    trade_in = graphene.Field(TradeInType, description=AS_IT_STANDS)

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Say it."""
        trade_in = actions.send_trade_in(
            trade_in_id=input.trade_in_id,
            person_id=viewer.id,
            carrier=input.carrier,
            tracking=input.tracking,
            now=now,
        )
        return shown(trade_in)


class AnswerTradeInPrice(Mutation):
    """Accept a lower price, or have the thing sent back."""

    class Input:
        trade_in_id = graphene.ID(required=True, description=MINE)
        accepts = graphene.Boolean(required=True, description="Whether the price is accepted.")

    errors = MOVED
    permission = signed_in
    trade_in = graphene.Field(TradeInType, description=AS_IT_STANDS)

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Answer."""
        trade_in = actions.answer_price(
            trade_in_id=input.trade_in_id, person_id=viewer.id, accepts=input.accepts, now=now
        )
        return shown(trade_in)


class WithdrawTradeIn(Mutation):
    """Leave an offer, or a thing that was not sent yet."""

    class Input:
        trade_in_id = graphene.ID(required=True, description=MINE)

    errors = MOVED
    permission = signed_in
    trade_in = graphene.Field(TradeInType, description=AS_IT_STANDS)

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Leave it."""
        return shown(actions.withdraw_trade_in(trade_in_id=input.trade_in_id, person_id=viewer.id, now=now))


class ReceiveTradeIn(Mutation):
    """Record that a thing has come."""

    class Input:
        trade_in_id = graphene.ID(required=True, description=ONE)

    errors = (*MOVED, errors.OwnTradeIn)
    permission = INSPECTORS
    trade_in = graphene.Field(TradeInType, description=AS_IT_STANDS)

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Record it."""
        return shown(actions.receive_trade_in(trade_in_id=input.trade_in_id, agent_id=viewer.id, now=now))


class InspectTradeIn(Mutation):
    """Say what a thing is worth after a look."""

    class Input:
        trade_in_id = graphene.ID(required=True, description=ONE)
        version = graphene.Int(required=True, description="The version that was looked at.")
        amount_minor = BigInt(required=True, description="What it is worth; nothing sends it back.")
        note = graphene.String(description="Reasons; needed below the offer.")
        picture_ids = graphene.List(
            graphene.NonNull(graphene.ID), description="The viewer's own, one at least below the offer."
        )

    errors = (*MOVED, errors.OwnTradeIn, errors.AboveOffer, errors.ReasonsNeeded)
    permission = INSPECTORS
    trade_in = graphene.Field(TradeInType, description=AS_IT_STANDS)

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Say it."""
        trade_in = actions.inspect_trade_in(
            trade_in_id=input.trade_in_id,
            agent_id=viewer.id,
            version=input.version,
            amount_minor=input.amount_minor,
            note=input.note or "",
            picture_ids=input.picture_ids or (),
            now=now,
        )
        return shown(trade_in)


class ReturnTradeIn(Mutation):
    """Send a thing back to its owner, at the shop's cost."""

    class Input:
        trade_in_id = graphene.ID(required=True, description=ONE)
        carrier = graphene.String(required=True, description="Who brings it.")
        tracking = graphene.String(required=True, description="The number of the parcel.")

    errors = (*MOVED, errors.OwnTradeIn)
    permission = INSPECTORS
    trade_in = graphene.Field(TradeInType, description=AS_IT_STANDS)

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Send it."""
        trade_in = actions.return_trade_in(
            trade_in_id=input.trade_in_id,
            agent_id=viewer.id,
            carrier=input.carrier,
            tracking=input.tracking,
            now=now,
        )
        return shown(trade_in)


class SaveTradeInList(Mutation):
    """Write a price list, or a new version of one; offers that were made keep theirs."""

    class Input:
        kind_id = graphene.ID(description="The kind; leave it out for a new one.")
        seen_number = graphene.Int(description="The version that was changed.")
        category_id = graphene.ID(required=True, description="The shelf of what it would replace.")
        title = graphene.InputField(JSON, required=True, description="What it is, in each language.")
        base_minor = BigInt(required=True, description="The price in the best condition.")
        step_minor = BigInt(required=True, description="What one step takes off.")
        questions = graphene.InputField(
            JSON,
            required=True,
            description="[{key, ask, answers: [{key, label, steps}]}], each text in every language",
        )

    errors = (errors.ListIncomplete, errors.ListChanged)
    permission = KEEPERS
    list = graphene.Field(TradeInListType, description="The new version.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Write it."""
        text = actions.ListText(
            title=mapping(input.title, "title"),
            base_minor=input.base_minor,
            step_minor=input.step_minor,
            questions=input.questions,
        )
        saved = actions.save_list(
            kind_id=input.kind_id,
            category_id=input.category_id,
            seen_number=input.seen_number,
            text=text,
            editor_id=viewer.id,
            now=now,
        )
        bump("trade_in")
        return {"list": current_list(saved.kind_id)}


class OpenTradeInList(Mutation):
    """Take a kind of thing, or take it no more."""

    class Input:
        kind_id = graphene.ID(required=True, description="The kind.")
        is_open = graphene.Boolean(required=True, description="Whether it is taken.")

    permission = KEEPERS
    list = graphene.Field(TradeInListType, description="The price list.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Take it or not."""
        kind = actions.open_list(kind_id=input.kind_id, is_open=input.is_open, now=now)
        bump("trade_in")
        return {"list": current_list(kind.pk)}


class SetTradeInBudget(Mutation):
    """Say what this month may give; months after it begin with the same."""

    class Input:
        limit_minor = BigInt(required=True, description="In all.")

    errors = (errors.BudgetBelowPromised,)
    permission = KEEPERS
    budget = graphene.Field(TradeInBudgetType, description="The budget.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Say it."""
        actions.set_budget(limit_minor=input.limit_minor, now=now)
        return {"budget": budget_row(now=now)}


class Mutations:
    """The mutations of trade-ins."""

    ask_trade_in = AskTradeIn.field()
    take_trade_in_offer = TakeTradeInOffer.field()
    send_trade_in = SendTradeIn.field()
    answer_trade_in_price = AnswerTradeInPrice.field()
    withdraw_trade_in = WithdrawTradeIn.field()
    receive_trade_in = ReceiveTradeIn.field()
    inspect_trade_in = InspectTradeIn.field()
    return_trade_in = ReturnTradeIn.field()
    save_trade_in_list = SaveTradeInList.field()
    open_trade_in_list = OpenTradeInList.field()
    set_trade_in_budget = SetTradeInBudget.field()
