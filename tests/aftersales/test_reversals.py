"""What hangs on returned pieces goes with them: points, invite rewards; each reaction happens once."""

from datetime import timedelta

from backend.aftersales import actions
from backend.aftersales.events import LinesRefunded
from backend.core.money import Points
from backend.core.outbox.events import decode, encode
from backend.core.outbox.models import OutboxEvent
from backend.orders.events import OrderRefunded
from backend.payments.actions import settle_refund
from backend.payments.models import Refund
from membership import handlers
from membership.actions import promise_points
from membership.models import PointLot
from tests.factories.aftersales import ASKED, ask, make_agent, make_order_of
from tests.factories.catalogue import NOON
from tests.factories.orders import make_buyer


def give_one_back(order, agent, deliver_outbox):
    case = ask(order)
    case = actions.approve_case(
        case_id=case.id, agent_id=agent.id, version=case.version, amount_minor=None, remedy=None, note="", now=ASKED
    )
    actions.send_back(case_id=case.id, buyer_id=order.buyer_id, carrier="SF", tracking="SF1", now=ASKED)
    case = actions.receive_back(case_id=case.id, agent_id=agent.id, now=ASKED)
    actions.inspect_case(
        case_id=case.id, agent_id=agent.id, version=case.version, fit={}, is_good=True, note="", now=ASKED
    )
    for refund in Refund.objects.filter(order=order):
        settle_refund(refund_id=refund.id, now=ASKED + timedelta(hours=1))
    deliver_outbox()


def points_left(user_id):
    return sum(PointLot.objects.filter(user_id=user_id).values_list("remaining", flat=True))


def told(kind):
    return [decode(kind, row.payload) for row in OutboxEvent.objects.filter(name=kind.__name__).order_by("position")]


def test_points_go_with_the_pieces_and_invite_rewards_with_the_last_of_them(db, deliver_outbox):
    order = make_order_of(2, price_minor=1500)
    assert order.shipping_minor > 0
    deliver_outbox()
    agent, inviter = make_agent(), make_buyer("Ina")
    promise_points(
        user_id=inviter.id, points=Points(100), cause="invite", source=("order", order.id), rule_version="1", facts={},
        now=NOON,
    )  # fmt: skip
    earned = points_left(order.buyer_id)

    give_one_back(order, agent, deliver_outbox)
    assert (points_left(order.buyer_id), points_left(inviter.id)) == (earned // 2, 100)

    give_one_back(order, agent, deliver_outbox)
    assert (points_left(order.buyer_id), points_left(inviter.id)) == (0, 0)


def test_a_reversal_that_is_told_twice_happens_once(db, deliver_outbox):
    order = make_order_of(2, price_minor=1500)
    deliver_outbox()
    give_one_back(order, make_agent(), deliver_outbox)
    left = points_left(order.buyer_id)

    for event in told(OrderRefunded):
        handlers.reduce_refunded_order(event)
    for event in told(LinesRefunded):
        handlers.return_points_of_refunded_pieces(event)
    assert actions.finish_refunded_cases(order_id=order.id, now=ASKED) == 0
    assert actions.close_cases_of_order(order_id=order.id, reason="order_refunded", now=ASKED) == 0

    assert points_left(order.buyer_id) == left


def test_refunded_lines_read_back_as_they_were_told(db):
    order = make_order_of(1)
    line = order.lines.get()
    event = LinesRefunded(
        order_id=order.id,
        buyer_id=order.buyer_id,
        case_id=order.id,
        lines=((line.id, 1, 599),),
        shipping_minor=0,
        at=NOON,
    )

    assert decode(LinesRefunded, encode(event)) == event
