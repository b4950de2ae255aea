"""Two people who invite each other at the same moment."""

import time
from functools import partial

from referrals.invites import actions, selectors
from referrals.invites.errors import CannotInvite
from referrals.invites.models import Binding
from tests.factories.catalogue import NOON
from tests.factories.membership import make_person
from tests.factories.referrals import make_link
from tests.support.races import all_at_once


def _bind_to_the_other(people, links, me):
    return actions.bind_invitee(invitee_id=people[me].id, link=links[1 - me], clicked_at=NOON, now=NOON)


def test_two_people_cannot_invite_each_other(fresh_database):
    for _round in range(5):
        people = [make_person("Ali"), make_person("Bob")]
        links = [make_link(person) for person in people]

        outcome = all_at_once(2, partial(_bind_to_the_other, people, links))

        assert len(outcome.answers) == 1
        assert [type(each) for each in outcome.raised] == [CannotInvite]


def test_four_people_cannot_close_a_ring(fresh_database):
    for _round in range(8):
        ali, bob, carol, dan = people = [make_person(name) for name in ("Ali", "Bob", "Carol", "Dan")]
        links = {person: make_link(person) for person in people}
        for invitee, inviter in ((ali, bob), (carol, dan)):
            actions.bind_invitee(invitee_id=invitee.id, link=links[inviter], clicked_at=NOON, now=NOON)
        closing = [(bob, links[carol]), (dan, links[ali])]

        outcome = all_at_once(2, partial(_bind_one_of, closing))

        assert len(outcome.answers) == 1
        assert [type(each) for each in outcome.raised] == [CannotInvite]


def _bind_one_of(pairs, me):
    invitee, link = pairs[me]
    return actions.bind_invitee(invitee_id=invitee.id, link=link, clicked_at=NOON, now=NOON)


def test_control_looking_first_without_the_lock_makes_a_ring(fresh_database):
    people = [make_person("Ali"), make_person("Bob")]
    links = [make_link(person) for person in people]

    def look_then_write(me):
        assert people[me].id not in selectors.ancestors(people[1 - me].id)
        time.sleep(0.1)
        Binding.objects.create(
            invitee=people[me], inviter=people[1 - me], link=links[1 - me], clicked_at=NOON, bound_at=NOON
        )

    outcome = all_at_once(2, look_then_write)

    assert outcome.raised == []
    assert Binding.objects.count() == 2
