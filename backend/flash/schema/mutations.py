"""What can be done in flash sales."""

from datetime import datetime
from typing import Any

import graphene

from backend.core.graphql import DateTime, Mutation, RequestFacts, Viewer, role, signed_in
from backend.flash import actions, errors


class TakeFlashToken(Mutation):
    """Get the right to try for one piece. Send it with placeOrder; it works once and for ten minutes."""

    class Input:
        sale_id = graphene.ID(required=True, description="The sale.")
        variant_id = graphene.ID(required=True, description="The variant.")

    errors = (
        errors.FlashNotOpen,
        errors.FlashPaused,
        errors.FlashOver,
        errors.FlashNotForYou,
        errors.FlashAlreadyBought,
        errors.FlashSoldOut,
    )
    permission = signed_in
    token = graphene.String(description="The signed token.")
    expires_at = graphene.Field(DateTime, description="Until when it can be used.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        token, signed = actions.take_token(
            sale_id=input.sale_id,
            variant_id=input.variant_id,
            buyer_id=viewer.id,
            address=request.address,
            now=now,
        )
        return {"token": signed, "expires_at": token.expires_at}


class JoinFlashLine(Mutation):
    """Stand in line for a piece that comes back."""

    class Input:
        sale_id = graphene.ID(required=True, description="The sale.")
        variant_id = graphene.ID(required=True, description="The variant.")

    errors = (errors.FlashOver, errors.FlashStillThere, errors.FlashAlreadyBought)
    permission = signed_in
    variant_id = graphene.ID(description="The variant that the viewer waits for now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        actions.join_waiting_list(sale_id=input.sale_id, variant_id=input.variant_id, user_id=viewer.id, now=now)
        return {"variant_id": str(input.variant_id)}


class LeaveFlashLine(Mutation):
    """Leave the line."""

    class Input:
        sale_id = graphene.ID(required=True, description="The sale.")
        variant_id = graphene.ID(required=True, description="The variant.")

    permission = signed_in
    variant_id = graphene.ID(description="The variant that the viewer waits for no longer.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        actions.leave_waiting_list(sale_id=input.sale_id, variant_id=input.variant_id, user_id=viewer.id)
        return {"variant_id": str(input.variant_id)}


class RemindOfFlash(Mutation):
    """Be told five minutes before a sale begins, or not after all."""

    class Input:
        sale_id = graphene.ID(required=True, description="The sale.")
        is_wanted = graphene.Boolean(required=True, description="Whether to be told.")

    errors = (errors.FlashOver,)
    permission = signed_in
    is_reminded = graphene.Boolean(description="Whether a reminder is set now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        if input.is_wanted:
            actions.ask_reminder(sale_id=input.sale_id, user_id=viewer.id, now=now)
        else:
            actions.drop_reminder(sale_id=input.sale_id, user_id=viewer.id)
        return {"is_reminded": bool(input.is_wanted)}


class AbortFlashSale(Mutation):
    """Stop a sale before its end. What is paid is kept, what is reserved may still be paid."""

    class Input:
        sale_id = graphene.ID(required=True, description="The sale.")

    errors = (errors.FlashOver,)
    permission = role("growth")
    sale_id = graphene.ID(description="The sale that is over now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        return {"sale_id": str(actions.abort_sale(sale_id=input.sale_id, now=now).pk)}


class Mutations:
    """Root mutations of flash sales."""

    take_flash_token = TakeFlashToken.field()
    join_flash_line = JoinFlashLine.field()
    leave_flash_line = LeaveFlashLine.field()
    remind_of_flash = RemindOfFlash.field()
    abort_flash_sale = AbortFlashSale.field()
