"""Who hears what: notifications, the group's room, and hints for whoever looks at the page."""

import pytest

from backend.core.outbox.models import HandledEvent, OutboxEvent
from backend.messaging.models import Notification, RoomEvent, RoomMember
from backend.payments.actions import settle_refund
from backend.payments.models import Refund
from groupbuy import handlers
from groupbuy.actions import expire_due_groups, leave_group
from membership.models import Deed
from tests.factories.groupbuy import hold, join, let_pass, make_group
from tests.factories.promotions import this_moment

pytestmark = pytest.mark.django_db


def kinds_of(person_id):
    """The kinds of what a person was told, oldest first."""
    told = Notification.objects.filter(user_id=person_id, kind__startswith="groupbuy.")
    return list(told.order_by("pk").values_list("kind", flat=True))


def said_in(group):
    """The types of what the shop said in a group's room."""
    events = RoomEvent.objects.filter(room_id=group.room_id, type=RoomEvent.Type.SYSTEM).order_by("seq")
    return [event.payload["type"] for event in events]


def test_members_hear_of_a_seat_and_of_the_full_group(deliver_outbox):
    group = make_group(size=2)
    placed = join(group)

    deliver_outbox()

    assert kinds_of(group.leader_id) == ["groupbuy.opened", "groupbuy.seat_taken", "groupbuy.filled"]
    assert kinds_of(placed.order.buyer_id) == ["groupbuy.filled"]
    assert said_in(group) == ["group.opened", "group.seat_taken", "group.filled"]


def test_a_full_table_counts_once_for_everybody_at_it(deliver_outbox):
    group = make_group(size=2)
    placed = join(group)

    deliver_outbox()

    tables = Deed.objects.filter(fact="TABLE").order_by("user_id").values_list("user_id", "source_id")
    assert list(tables) == [(person, group.pk) for person in sorted([group.leader_id, placed.order.buyer_id])]


def test_members_hear_that_the_money_comes_back_and_that_it_is_back(deliver_outbox):
    group = make_group()
    let_pass(group)
    expire_due_groups(now=this_moment())
    deliver_outbox()
    settle_refund(refund_id=Refund.objects.get().id, now=this_moment())

    deliver_outbox()

    assert kinds_of(group.leader_id) == ["groupbuy.opened", "groupbuy.expired", "groupbuy.refunded"]


def test_who_left_is_out_of_the_room_and_the_heir_is_told(deliver_outbox):
    group = make_group(size=4)
    heir = join(group)
    left_by = group.leader_id

    leave_group(group_id=group.id, buyer_id=left_by, idempotency_key=group.id, now=this_moment())
    deliver_outbox()

    assert "groupbuy.leader" in kinds_of(heir.order.buyer_id)
    assert RoomMember.objects.get(room_id=group.room_id, user_id=left_by).left_seq is not None


def test_a_hold_is_nobodys_business(deliver_outbox):
    group = make_group()
    hold(group)

    deliver_outbox()

    assert kinds_of(group.leader_id) == ["groupbuy.opened"]


def test_telling_twice_tells_once(deliver_outbox):
    group = make_group(size=2)
    join(group)
    deliver_outbox()
    before = (Notification.objects.count(), RoomEvent.objects.count())

    HandledEvent.objects.all().delete()
    OutboxEvent.objects.filter(name__in=["GroupOpened", "SeatTaken", "GroupFilled"]).update(done_at=None)
    deliver_outbox()

    assert (Notification.objects.count(), RoomEvent.objects.count()) == before


def test_whoever_looks_at_a_group_is_hinted_with_its_numbers(deliver_outbox, monkeypatch):
    told = []
    monkeypatch.setattr(handlers, "publish", lambda topic, payload: told.append((topic, payload)))
    group = make_group(size=2)
    join(group)

    deliver_outbox()

    hints = [payload for topic, payload in told if topic == f"group:{group.id}"]
    assert hints
    assert hints[-1]["seats_taken"] == 2
    assert {topic for topic, _payload in told} == {f"group:{group.id}", f"product:{group.product_id}"}
