"""The carrier's scan comes twice while the desk accepts the parcel: one refund, whoever is first."""

from contextlib import suppress
from threading import Barrier

from backend.aftersales import actions, errors
from backend.aftersales.actions import advance_money, settle_case
from backend.aftersales.models import AfterSaleCase
from backend.core.errors import DomainError
from backend.orders.models import OrderLine
from backend.payments.models import Refund
from tests.aftersales.test_advances import DAY, on_its_way
from tests.aftersales.test_care import valued_order
from tests.factories.aftersales import ASKED, ask, make_agent
from tests.support.races import all_at_once

CASES, EACH = 4, 4
WHEN = ASKED + 2 * DAY


def scan_against_desk():
    """For each case two scans, an inspection and a settlement at once; answers the pieces and refunds per case."""
    agent = make_agent()
    cases = [on_its_way(ask(valued_order()), agent, number=f"DE55500{number:05d}") for number in range(CASES)]

    def act(number):
        case, part = cases[number // EACH], number % EACH
        with suppress(errors.LookFirst, errors.AdvanceSettled):
            if part < 2:
                actions.pay_advance(case_id=case.id, scanned_at=WHEN, now=WHEN)
            elif part == 2:
                held = actions.receive_back(case_id=case.id, agent_id=agent.id, now=WHEN)
                actions.inspect_case(
                    case_id=case.id, agent_id=agent.id, version=held.version, fit={}, is_good=True, note="", now=WHEN
                )
            else:
                actions.settle_advance(
                    case_id=case.id, agent_id=agent.id, outcome="KEPT", note="A small thing, keep it.", now=WHEN
                )

    outcome = all_at_once(CASES * EACH, act)
    pieces = OrderLine.objects.filter(order_id__in=[case.order_id for case in cases])
    return outcome, sorted(pieces.values_list("refunded_quantity", flat=True)), Refund.objects.count()


def test_scans_and_desk_at_once_send_the_money_once(fresh_database):
    outcome, pieces, refunds = scan_against_desk()

    assert all(isinstance(each, DomainError) for each in outcome.raised)
    assert (pieces, refunds) == ([1] * CASES, CASES)


def test_control_without_the_row_of_the_case_pieces_are_counted_twice(fresh_database, monkeypatch):
    def peek(model, pk):
        return model.objects.get(pk=pk)

    agent, order = make_agent(), valued_order()
    case = on_its_way(ask(order), agent)
    monkeypatch.setattr(advance_money, "lock_one", peek)
    send, everybody = settle_case.give_money, Barrier(2)

    def slowly(held, *, now):
        everybody.wait(timeout=20)
        return send(held, now=now)

    monkeypatch.setattr(advance_money, "give_money", slowly)

    all_at_once(2, lambda _number: actions.pay_advance(case_id=case.id, scanned_at=WHEN, now=WHEN))

    assert OrderLine.objects.get(order=order).refunded_quantity == 2
    assert AfterSaleCase.objects.get(pk=case.pk).is_advanced
