"""Points under any sequence of what can happen to them, beside an oracle in plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from backend.core.ids import new_id
from backend.core.money import Points
from backend.ledger.selectors import balance
from membership import actions, rules, selectors
from membership.errors import PointsTooFew
from membership.models import LotState, PointLot
from tests.factories.catalogue import NOON
from tests.factories.membership import make_person

AMOUNTS = st.integers(min_value=1, max_value=60)


@dataclass
class Lot:
    """What the oracle knows of a lot."""

    id: UUID
    earned: int
    left: int
    ends: datetime | None = None
    gone: bool = False
    reversed: int = 0
    out: int = 0
    owed_for: int = 0


@dataclass
class Spend:
    """What the oracle knows of a spend: from which lots, and how much is still out."""

    source: tuple[str, UUID]
    parts: list[list[object]]
    amount: int
    returned: int = 0


class PointsMachine(RuleBasedStateMachine):
    """Earn, vest, spend, bring back, refund, lapse, owe, repay: balance is the sum of lots less what is owed."""

    def __init__(self) -> None:
        super().__init__()
        self.person = make_person()
        self.now = NOON
        self.lots: list[Lot] = []
        self.spends: list[Spend] = []
        self.debt = 0

    def usable(self) -> int:
        alive = [lot.left for lot in self.lots if lot.ends and not lot.gone and lot.ends > self.now]
        return max(0, sum(alive) - self.debt)

    @rule(points=AMOUNTS)
    def earn(self, points: int) -> None:
        lot = actions.promise_points(
            user_id=self.person.id,
            points=Points(points),
            cause="returned",
            source=("test", new_id()),
            rule_version="test",
            facts={"points": points, "returned_at": self.now.isoformat()},
            vests_at=self.now,
            now=self.now,
        )
        assert lot is not None
        self.lots.append(Lot(lot.pk, points, points))

    @precondition(lambda self: any(lot.ends is None and not lot.gone for lot in self.lots))
    @rule()
    def vest(self) -> None:
        actions.vest_points(now=self.now)
        fresh = sorted((lot for lot in self.lots if lot.ends is None and not lot.gone), key=lambda lot: lot.id)
        for lot in fresh:
            lot.ends = rules.expires_at(vested_at=self.now, days=365, expiry="DAY_END")
            repays = min(lot.left, self.debt)
            lot.left -= repays
            self.debt -= repays

    @rule(points=AMOUNTS)
    def spend(self, points: int) -> None:
        source = ("order", new_id())
        able = points <= self.usable()
        try:
            actions.spend_points(
                user_id=self.person.id, points=Points(points), source=source, rule_version="test", now=self.now
            )
        except PointsTooFew:
            assert not able
            return
        assert able
        parts: list[list[object]] = []
        wanted = points
        for lot in sorted(self.alive(), key=lambda lot: (lot.ends, self.lots.index(lot))):
            part = min(wanted, lot.left)
            if part:
                lot.left -= part
                lot.out += part
                wanted -= part
                parts.append([lot, part])
        self.spends.append(Spend(source, parts, points))

    @precondition(lambda self: any(spend.returned < spend.amount for spend in self.spends))
    @rule(data=st.data())
    def bring_back(self, data: st.DataObject) -> None:
        spend = data.draw(st.sampled_from([each for each in self.spends if each.returned < each.amount]))
        actions.return_points(source=spend.source, now=self.now)
        back = spend.amount - spend.returned
        spend.returned = spend.amount
        repays = min(back, self.debt)
        owed, homeless = repays, 0
        for lot, part in reversed(spend.parts):
            assert isinstance(lot, Lot)
            assert isinstance(part, int)
            pays = min(part, owed)
            owed -= pays
            alive = not lot.gone and lot.ends is not None and lot.ends > self.now
            room = lot.earned - lot.reversed - lot.left if alive else 0
            stays = min(part - pays, room)
            lot.left += stays
            lot.out -= stays
            homeless += part - pays - stays
        self.debt -= repays
        if homeless:
            fresh = PointLot.objects.filter(user=self.person, source_type="point_return").latest("pk")
            ends = rules.end_of_life(rules.grace_life(self.now))
            self.lots.append(Lot(fresh.pk, homeless, homeless, ends=ends))

    @precondition(lambda self: any(not lot.gone for lot in self.lots))
    @rule(data=st.data(), keep=st.integers(min_value=0, max_value=60))
    def refund(self, data: st.DataObject, keep: int) -> None:
        lot = data.draw(st.sampled_from([each for each in self.lots if not each.gone]))
        actions.take_back_points(lot_id=lot.id, keep=Points(keep), now=self.now)
        surplus = max(0, lot.earned - lot.reversed - keep)
        taken = min(surplus, lot.left)
        owed = min(surplus - taken, max(0, lot.out - lot.owed_for))
        lot.left -= taken
        lot.reversed += taken + owed
        lot.owed_for += owed
        self.debt += owed
        lot.gone = bool(taken and not owed and lot.left == 0) or lot.gone

    @rule(days=st.sampled_from([1, 31, 200]))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)
        actions.expire_points(now=self.now)
        for lot in self.lots:
            if lot.ends and lot.ends <= self.now and not lot.gone:
                lot.left, lot.gone = 0, True

    def alive(self) -> list[Lot]:
        return [lot for lot in self.lots if lot.ends and not lot.gone and lot.ends > self.now and lot.left]

    @invariant()
    def the_oracle_agrees(self) -> None:
        assert selectors.points_available(self.person.id, now=self.now).amount == self.usable()
        assert selectors.points_owed(self.person.id).amount == self.debt
        stored = dict(PointLot.objects.filter(user=self.person).values_list("pk", "remaining"))
        assert stored == {lot.id: lot.left for lot in self.lots}

    @invariant()
    def the_balance_is_the_sum_of_the_lots(self) -> None:
        mine = PointLot.objects.filter(user=self.person, state=LotState.ACTIVE)
        assert balance(kind="points_active", owner_id=self.person.id) == sum(lot.remaining for lot in mine)
        assert selectors.lots_that_disagree() == []


@pytest.mark.django_db(transaction=False)
def test_points_agree_with_the_oracle_whatever_happens():
    run_state_machine_as_test(
        PointsMachine,
        settings=settings(
            max_examples=12, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck),
            derandomize=True, database=None,
        ),
    )  # fmt: skip
