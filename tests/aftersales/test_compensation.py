"""What an agent gives of their own accord: at once within limits, above them with a second person."""

import pytest
from django.db import IntegrityError, transaction

from backend.aftersales import actions, errors
from backend.aftersales.models import Compensation
from backend.core.errors import InvalidInput
from backend.core.ids import new_id
from backend.ledger.models import Account
from tests.factories.aftersales import ASKED, make_agent, make_order_of


def credit_of(user_id):
    return Account.objects.filter(kind="store_credit", owner_id=user_id).values_list("balance", flat=True).first() or 0


def offer(order, agent, amount, *, roles=("support",), key=None):
    return actions.offer_compensation(
        order_id=order.id, case_id=None, agent_id=agent.id, roles=frozenset(roles), amount_minor=amount,
        reason="The parcel was three days late.", idempotency_key=key or new_id(), now=ASKED,
    )  # fmt: skip


def test_a_small_compensation_is_paid_at_once_and_once(db):
    order, agent, key = make_order_of(1), make_agent(), new_id()

    first, second = offer(order, agent, 1000, key=key), offer(order, agent, 1000, key=key)

    assert (first.id, first.state) == (second.id, "PAID")
    assert credit_of(order.buyer_id) == 1000


def test_above_the_limit_a_second_person_agrees(db, settings):
    settings.COMPENSATION_AGENT_MINOR = 2000
    order, agent, other = make_order_of(1), make_agent(), make_agent("Sam")
    compensation = offer(order, agent, 2001)
    decision = {"compensation_id": compensation.id, "roles": frozenset(["support"]), "agrees": True, "now": ASKED}
    assert (compensation.state, credit_of(order.buyer_id)) == ("PROPOSED", 0)

    with pytest.raises(errors.NeedsAnother):
        actions.decide_compensation(decider_id=agent.id, **decision)
    actions.decide_compensation(decider_id=other.id, **decision)

    assert credit_of(order.buyer_id) == 2001
    with pytest.raises(errors.CompensationDecided):
        actions.decide_compensation(decider_id=other.id, **decision)
    with pytest.raises(IntegrityError), transaction.atomic():
        Compensation.objects.filter(pk=compensation.id).update(decided_by_id=agent.id)


def test_compensations_never_come_to_more_than_the_order(db):
    order, agent = make_order_of(1, price_minor=5990), make_agent()
    offer(order, agent, 4000)

    with pytest.raises(errors.CompensationTooHigh):
        offer(order, agent, 1991)
    with pytest.raises(InvalidInput):
        offer(order, agent, 0)
    with pytest.raises(errors.OwnCase):
        offer(make_order_of(1, buyer=agent), agent, 100)
    assert credit_of(order.buyer_id) == 4000
