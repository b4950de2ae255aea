"""Who brought most friends. A name is shown only of those who allow it."""

from datetime import datetime
from typing import Any
from uuid import UUID

import graphene
from django.utils.translation import gettext as _

from backend.accounts.schema.types import PersonType
from backend.accounts.selectors import public_people
from backend.core.clock import business_day
from backend.core.graphql import ObjectType
from referrals.invites import selectors


class LeaderType(ObjectType):
    """One place on the board."""

    place = graphene.Int(required=True, description="The place, from 1.")
    name = graphene.String(required=True, description="The name, or a nameless word for those who keep theirs.")
    person = graphene.Field(PersonType, description="Who it is, if they allow it.")
    friends = graphene.Int(required=True, description="Friends whose first order is kept so far.")
    is_viewer = graphene.Boolean(required=True, description="Whether it is the viewer.")


class LeaderboardType(ObjectType):
    """Who brought most friends this month."""

    month = graphene.Date(required=True, description="The first day of the month.")
    entries = graphene.List(graphene.NonNull(LeaderType), required=True, description="The first twenty places.")
    own_place = graphene.Int(description="The viewer's place; none without a friend this month.")


def leaderboard(*, viewer_id: UUID, now: datetime) -> dict[str, Any]:
    """The board as one viewer may see it."""
    places, own = selectors.leaders(now=now, viewer_id=viewer_id)
    people = [person for _place, person, _friends in places]
    shown = selectors.who_show_their_name(people) | {viewer_id}
    known = public_people(person for person in people if person in shown)
    entries = [
        {
            "place": place,
            "name": known[person]["name"] if person in known else _("Member***"),
            "person": known.get(person),
            "friends": friends,
            "is_viewer": person == viewer_id,
        }
        for place, person, friends in places
    ]
    return {"month": business_day(now).replace(day=1), "entries": entries, "own_place": own}
