"""Commission through everything that can happen, beside an oracle in plain Python."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from math import floor

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from backend.ledger.selectors import balance
from backend.orders.actions import refund_lines
from backend.orders.models import OrderLine
from referrals.influencers import actions
from referrals.influencers.models import Commission, PayoutBatch, Statement
from referrals.influencers.selectors.auditing import differences
from tests.factories.aftersales import make_agent
from tests.factories.catalogue import NOON, make_variant
from tests.factories.creators import buy_through, deliver, live_creator
from tests.factories.orders import make_buyer
from tests.influencers.test_payout import answer_of

PRICES = (9_999, 100_000, 777_777)
LEAST = 10_000


@dataclass
class Line:
    """What the oracle knows of one line."""

    paid: int
    quantity: int
    back: int = 0
    given_up: int = 0
    delivered: bool = False
    vested: bool = False

    def kept(self) -> int:
        """A tenth of what is left without its tax, rounded down twice, in exact fractions."""
        base = floor(Fraction(self.paid - self.back) * 10_000 / 11_300)
        return floor(Fraction(base) / 10)


@dataclass
class Oracle:
    """Where the money of a creator should be."""

    lines: dict[str, Line] = field(default_factory=dict)
    vested: int = 0
    stated: int = 0
    in_flight: int = 0
    paid: int = 0

    def pending(self) -> int:
        return sum(line.kept() for line in self.lines.values() if not line.vested)


class CommissionMachine(RuleBasedStateMachine):
    """Orders, deliveries, refunds, vesting, statements and payouts in any order."""

    def __init__(self) -> None:
        super().__init__()
        # Each example begins with an empty book: what the one before did is rolled back.
        self.room = transaction.atomic()
        self.room.__enter__()
        self.variants = [make_variant(price_minor=price, stock=500) for price in PRICES]
        self.lily = live_creator(self.variants)
        self.people = [make_agent("Gil", "growth"), make_agent("Ann", "growth")]
        self.friend = make_buyer("Friend")
        self.oracle = Oracle()
        self.now = NOON
        self.batch: PayoutBatch | None = None

    @rule(which=st.integers(0, 2), quantity=st.integers(1, 3))
    def order(self, which: int, quantity: int) -> None:
        order = buy_through(self.lily, [(self.variants[which], quantity)], buyer=self.friend, now=NOON)
        line = OrderLine.objects.get(order=order)
        self.oracle.lines[str(line.pk)] = Line(paid=PRICES[which] * quantity, quantity=quantity)

    @precondition(lambda self: any(not line.delivered for line in self.oracle.lines.values()))
    @rule()
    def deliver(self) -> None:
        key = next(key for key, line in self.oracle.lines.items() if not line.delivered)
        deliver(OrderLine.objects.get(pk=key).order, now=NOON + timedelta(days=2))
        self.oracle.lines[key].delivered = True

    @precondition(lambda self: any(line.given_up < line.quantity for line in self.oracle.lines.values()))
    @rule(data=st.data(), whole=st.booleans())
    def refund(self, data: st.DataObject, whole: bool) -> None:
        open_lines = [key for key, line in self.oracle.lines.items() if line.given_up < line.quantity]
        key = data.draw(st.sampled_from(open_lines))
        line = self.oracle.lines[key]
        pieces = line.quantity - line.given_up if whole else 1
        amount = line.paid - line.back if pieces + line.given_up == line.quantity else line.paid // line.quantity
        before = line.kept()
        row = OrderLine.objects.get(pk=key)
        refund_lines(order_id=row.order_id, pieces=[(row.pk, pieces, amount)], now=self.now)
        actions.reduce_commissions(order_id=row.order_id, now=self.now)
        line.back, line.given_up = line.back + amount, line.given_up + pieces
        if line.vested:
            self.oracle.vested -= before - line.kept()

    @rule()
    def vest(self) -> None:
        actions.vest_commissions(now=NOON + timedelta(days=11, minutes=10))
        for line in self.oracle.lines.values():
            # What was given up whole before is taken back and never earned.
            if line.delivered and not line.vested and line.back < line.paid:
                line.vested = True
                self.oracle.vested += line.kept()

    @rule()
    def state(self) -> None:
        self.now += timedelta(days=1)
        until = NOON + timedelta(days=400)
        statement = actions.close_statement(promoter_id=self.lily.pk, until=until, now=self.now)
        if statement is not None:
            assert statement.total_minor == self.oracle.vested
        self.oracle.stated += self.oracle.vested
        self.oracle.vested = 0

    @precondition(lambda self: self.batch is None and self.oracle.stated >= LEAST)
    @rule()
    def freeze(self) -> None:
        gil, ann = self.people
        batch = actions.open_batch(by=gil.id, now=self.now)
        actions.freeze_batch(batch_id=batch.pk, by=gil.id, now=self.now)
        actions.approve_batch(batch_id=batch.pk, by=gil.id, now=self.now)
        actions.approve_batch(batch_id=batch.pk, by=ann.id, now=self.now)
        self.batch = actions.take_payout_file(batch_id=batch.pk, by=gil.id, now=self.now)[0]
        assert batch.gross_minor == self.oracle.stated
        self.oracle.in_flight, self.oracle.stated = self.oracle.stated, 0

    @precondition(lambda self: self.batch is not None)
    @rule(fails=st.booleans())
    def answer(self, fails: bool) -> None:
        batch, self.batch = self.batch, None
        assert batch is not None
        failed = [item.reference for item in batch.items.all()] if fails else []
        text = answer_of(batch, failed=failed)
        for _times in range(2):
            actions.import_results(batch_id=batch.pk, text=text, by=self.people[0].id, now=self.now)
        if fails:
            self.oracle.stated += self.oracle.in_flight
        else:
            self.oracle.paid += self.oracle.in_flight
        self.oracle.in_flight = 0

    @invariant()
    def money_is_where_the_oracle_says(self) -> None:
        oracle, owner = self.oracle, self.lily.pk
        assert balance(kind="commission_pending", owner_id=owner) == oracle.pending()
        assert balance(kind="commission_vested", owner_id=owner) == oracle.vested
        assert balance(kind="commission_payable", owner_id=owner) == oracle.stated
        assert balance(kind="payout_in_flight") == oracle.in_flight
        assert balance(kind="payout_paid") + balance(kind="tax_withheld") == oracle.paid
        assert differences() == []

    def teardown(self) -> None:
        assert Commission.objects.count() == len(self.oracle.lines)
        assert all(statement.entries_count for statement in Statement.objects.all())
        transaction.set_rollback(True)
        self.room.__exit__(None, None, None)


@pytest.mark.django_db(transaction=False)
def test_whatever_happens_the_money_is_where_the_oracle_says():
    run_state_machine_as_test(
        CommissionMachine,
        settings=settings(
            max_examples=6, stateful_step_count=18, deadline=None, suppress_health_check=list(HealthCheck),
            derandomize=True, database=None,
        ),
    )  # fmt: skip
