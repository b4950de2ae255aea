"""What can be told to picks."""

from datetime import datetime
from typing import Any

import graphene

from backend.core.graphql import Mutation, RequestFacts, Viewer, signed_in
from backend.recommendations.actions import note_seen


class NoteSeen(Mutation):
    """Say that a product was opened, for the viewer's own picks."""

    class Input:
        product_id = graphene.ID(required=True, description="The product.")

    permission = signed_in
    is_kept = graphene.Boolean(description="Whether it is kept; not where the viewer switched this off.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Note it."""
        return {"is_kept": note_seen(person_id=viewer.id, product_id=input.product_id, now=now)}


class Mutations:
    """The mutations of picks."""

    note_seen = NoteSeen.field()
