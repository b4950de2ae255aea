"""Bindings and rewards, played at random beside a plain oracle that keeps the rules in a few lines."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from backend.ledger.selectors import balance
from backend.promotions.models import Campaign
from referrals.invites import actions, selectors
from referrals.invites.errors import CannotInvite, RewardStateRefuses
from referrals.invites.models import Binding, InviteReward
from tests.factories.catalogue import NOON
from tests.factories.membership import make_confirmed_order, make_person
from tests.factories.referrals import make_invite_campaign, make_link

PEOPLE = 6
INVITER, INVITEE, SECOND = 50, 20, 10
CAP, BUDGET = 2, 400
places = st.integers(0, PEOPLE - 1)


class Invitations(RuleBasedStateMachine):
    """People bind, buy, are held, decided about and refunded; books and oracle must agree after each step."""

    def __init__(self):
        super().__init__()
        self.world = transaction.atomic()
        self.world.__enter__()
        self.above: dict[int, int] = {}
        self.second: dict[int, int | None] = {}
        self.phones: dict[int, int] = {}
        self.bought: set[int] = set()
        self.rewards: dict[tuple[int, str], tuple[int, int, str]] = {}
        self.orders: dict[int, object] = {}
        self.clock = 0

    def teardown(self):
        transaction.set_rollback(True)
        self.world.__exit__(None, None, None)

    @initialize()
    def open_shop(self):
        make_invite_campaign(
            inviter=INVITER, invitee=INVITEE, budget_points=BUDGET, perInviterCap=CAP, secondLevelPoints=SECOND
        )
        self.people = [make_person(f"P{place}") for place in range(PEOPLE)]
        self.links = [make_link(person) for person in self.people]
        self.clerk = make_person("Clerk")

    def higher(self, place):
        found = []
        while place in self.above:
            place = self.above[place]
            found.append(place)
        return found

    @rule(invitee=places, inviter=places)
    def bind(self, invitee, inviter):
        self.clock += 7
        at = NOON - timedelta(days=20) + timedelta(hours=self.clock)
        is_refused = invitee == inviter or (invitee not in self.above and invitee in self.higher(inviter))
        try:
            actions.bind_invitee(invitee_id=self.people[invitee].id, link=self.links[inviter], clicked_at=at, now=at)
        except CannotInvite:
            assert is_refused
            return
        assert not is_refused or invitee in self.above
        if invitee not in self.above:
            self.above[invitee] = inviter
            self.second[invitee] = self.above.get(inviter)

    @rule(place=places, number=st.integers(1, 2))
    def give_phone(self, place, number):
        if place in self.phones or place in self.bought:
            return
        self.phones[place] = number
        person = self.people[place]
        type(person).objects.filter(pk=person.pk).update(phone=None)
        order = make_confirmed_order(buyer_id=person.id, now=NOON - timedelta(days=30))
        type(order).objects.filter(pk=order.pk).update(
            address={"phone": f"+861390013900{number}"}, confirmed_at=None, state="CLOSED"
        )

    @rule(place=places)
    def buy(self, place):
        order = make_confirmed_order(buyer_id=self.people[place].id, now=NOON)
        made = actions.reward_invite(order_id=order.id, now=NOON)
        expected = self.expect(place)
        self.bought.add(place)
        assert {(each.side, each.level): each.state for each in made} == expected
        if made:
            self.orders[place] = order

    def expect(self, place):
        if place in self.bought or place not in self.above:
            return {}
        inviter = self.above[place]
        alive = {key[0] for key, (_who, _points, state) in self.rewards.items() if state in ("PENDING", "HELD")}
        if sum(self.above[friend] == inviter for friend in alive) >= CAP:
            return {}
        shares = [(inviter, INVITER, "INVITER", 1), (place, INVITEE, "INVITEE", 1)]
        if self.second[place] is not None:
            shares.append((self.second[place], SECOND, "INVITER", 2))
        committed = sum(points for _who, points, state in self.rewards.values() if state in ("PENDING", "HELD"))
        if committed + sum(share[1] for share in shares) > BUDGET:
            return {}
        is_same = place in self.phones and self.phones.get(inviter) == self.phones[place]
        state = "HELD" if is_same else "PENDING"
        for who, points, side, level in shares:
            self.rewards[(place, f"{side}{level}")] = (who, points, state)
        return {(side, level): state for _who, _points, side, level in shares}

    @precondition(lambda self: self.rewards)
    @rule(pick=st.integers(0, 100), is_released=st.booleans())
    def decide(self, pick, is_released):
        key = sorted(self.rewards)[pick % len(self.rewards)]
        who, points, state = self.rewards[key]
        row = self.row(key)
        may = ("HELD",) if is_released else ("HELD", "PENDING")
        if is_released and state == "REJECTED" and row.lot_id is None and self.committed() + points <= BUDGET:
            may = ("HELD", "REJECTED")
        elif is_released and state == "REJECTED" and row.lot_id is None:
            return
        try:
            actions.decide_reward(reward_id=row.pk, is_released=is_released, note="seen", by=self.clerk.id, now=NOON)
        except RewardStateRefuses:
            assert state not in may
            return
        assert state in may
        self.rewards[key] = (who, points, "PENDING" if is_released else "REJECTED")

    @precondition(lambda self: self.orders)
    @rule(pick=st.integers(0, 100))
    def refund(self, pick):
        place = sorted(self.orders)[pick % len(self.orders)]
        actions.reverse_rewards(order_id=self.orders.pop(place).id, refunded_minor=3990, now=NOON)
        for key in [key for key in self.rewards if key[0] == place]:
            who, points, _state = self.rewards[key]
            self.rewards[key] = (who, points, "REVERSED")

    def row(self, key):
        place, name = key
        return InviteReward.objects.get(binding_id=self.people[place].id, side=name[:-1], level=int(name[-1]))

    def committed(self):
        return sum(points for _who, points, state in self.rewards.values() if state in ("PENDING", "HELD"))

    @invariant()
    def books_agree(self):
        if not hasattr(self, "people"):
            return
        campaign = Campaign.objects.get()
        by_state = {"PENDING": 0, "HELD": 0}
        for _who, points, state in self.rewards.values():
            if state in by_state:
                by_state[state] += points
        assert (campaign.spent_points, campaign.reserved_points) == (by_state["PENDING"], by_state["HELD"])
        for place, person in enumerate(self.people):
            mine = sum(p for who, p, state in self.rewards.values() if who == place and state == "PENDING")
            assert balance(kind="points_pending", owner_id=person.id) == mine
        assert selectors.rewards_that_disagree() == []
        assert Binding.objects.count() == len(self.above)
        assert all(person.id not in selectors.ancestors(person.id) for person in self.people)


@pytest.mark.django_db
def test_bindings_and_rewards_stand_where_the_oracle_says_whatever_happens():
    whole = settings(max_examples=10, stateful_step_count=16, deadline=None, suppress_health_check=list(HealthCheck))

    run_state_machine_as_test(Invitations, settings=whole)
