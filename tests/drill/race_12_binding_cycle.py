"""Two people bind to each other at the same instant, again and again: one binding stands, never a ring."""

import time

from backend.accounts.models import User
from referrals.invites import selectors
from referrals.invites.actions import bind_invitee
from referrals.invites.errors import CannotInvite
from referrals.invites.models import Binding, ShareLink
from tests.factories.membership import make_person
from tests.factories.promotions import this_moment
from tests.factories.referrals import make_link
from tests.support.races import all_at_once

NUMBER = 12
NAME = "binding in a ring, 3 x 2 at once and 1 x 4"
ROUNDS = 3
RING = 4
THINKING_SECONDS = 0.02


def violations(*, guarded: bool) -> int:
    """Count rings, bindings too many, and refusals of the wrong kind."""
    return sum(race_of(2, guarded=guarded) for _round in range(ROUNDS)) + race_of(RING, guarded=guarded)


def race_of(count: int, *, guarded: bool) -> int:
    """Let each bind to the next and the last to the first."""
    people = [make_person(f"Friend{number}") for number in range(count)]
    links = [make_link(person) for person in people]

    def bind(me: int) -> None:
        above = links[(me + 1) % count]
        if not guarded:
            look_then_write(people[me], above)
            return
        try:
            bind_invitee(invitee_id=people[me].id, link=above, clicked_at=this_moment(), now=this_moment())
        except CannotInvite:
            return

    outcome = all_at_once(count, bind)

    bound = Binding.objects.filter(invitee__in=people).count()
    rings = sum(person.id in selectors.ancestors(person.id) for person in people)
    return len(outcome.raised) + rings + int(bound == 0)


def look_then_write(invitee: User, link: ShareLink) -> None:
    """Look whether a ring would close, think, write."""
    if invitee.id in selectors.ancestors(link.owner_id):
        return
    time.sleep(THINKING_SECONDS)
    at = this_moment()
    Binding.objects.create(invitee=invitee, inviter_id=link.owner_id, link=link, clicked_at=at, bound_at=at)
