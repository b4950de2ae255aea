"""What a member does: check in."""

from datetime import datetime
from typing import Any

import graphene

from backend.core.graphql import Mutation, RequestFacts, Viewer, signed_in
from membership import actions
from membership.errors import CheckedInAlready, DayCannotBeMadeUp, MakeUpsUsed


class CheckIn(Mutation):
    """Be here today and earn the day's points, once a day; or make up for a missed day."""

    class Input:
        day = graphene.Date(description="The missed day to make up for; today without it.")

    errors = (CheckedInAlready, DayCannotBeMadeUp, MakeUpsUsed)
    permission = signed_in
    points = graphene.Int(description="What the day earned.")
    streak = graphene.Int(description="Days in a row that end with it.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        visit = actions.check_in(user_id=viewer.id, day=input.day, now=now)
        return {"points": visit.points, "streak": visit.streak}


class Mutations:
    """The mutations of this app."""

    check_in = CheckIn.field()
