"""Two visits at once, one order told of many times, two edits at once; each with a control without its guard."""

import time

from django.db import connection

from referrals.channels import actions, rules
from referrals.channels.errors import ChannelChanged, CostBelowZero
from referrals.channels.models import Channel, ChannelCost, ChannelOrder, ChannelVisit
from tests.factories.catalogue import NOON
from tests.factories.channels import draft_of, make_channel, spend, visit
from tests.factories.payments import make_paid_order
from tests.factories.referrals import VISITOR
from tests.support.races import all_at_once


def test_two_visits_of_one_browser_at_once_count_once(fresh_database):
    channel = make_channel()

    outcome = all_at_once(8, lambda me: visit(channel))

    assert outcome.raised == []
    assert ChannelVisit.objects.count() == 1


def test_control_looking_first_without_the_constraint_counts_twice(fresh_database):
    channel = make_channel()
    with connection.cursor() as cursor:
        table = "growth_channels_channelvisit"
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT channel_visit_once_per_half_hour")

    def look_then_write(me):
        assert not ChannelVisit.objects.exists()
        time.sleep(0.1)
        ChannelVisit.objects.create(
            channel=channel, visitor=VISITOR, half_hour=rules.half_hour_of(NOON), at=NOON, last_at=NOON
        )

    outcome = all_at_once(2, look_then_write)

    assert outcome.raised == []
    assert ChannelVisit.objects.count() == 2


def test_an_order_that_many_workers_are_told_of_counts_once(fresh_database):
    order = make_paid_order().order

    outcome = all_at_once(8, lambda me: actions.credit_order(order_id=order.pk, now=NOON).pk)

    assert outcome.raised == []
    assert set(outcome.answers) == {order.pk}
    assert ChannelOrder.objects.count() == 1


def test_control_looking_first_makes_a_worker_fail(fresh_database):
    order = make_paid_order().order

    def look_then_write(me):
        assert not ChannelOrder.objects.exists()
        time.sleep(0.1)
        ChannelOrder.objects.create(order=order, paid_minor=order.total_minor, paid_at=NOON)

    outcome = all_at_once(2, look_then_write)

    assert len(outcome.raised) == 1


def test_of_two_edits_at_once_one_is_told_to_look_again(fresh_database):
    channel = make_channel()

    def edit(me):
        return actions.change_channel(
            channel_id=channel.pk, version=1, draft=draft_of(name=f"渠道 {me}"), by=channel.made_by_id, now=NOON
        )

    outcome = all_at_once(4, edit)

    assert [each.version for each in outcome.answers] == [2]
    assert {type(each) for each in outcome.raised} == {ChannelChanged}
    assert Channel.objects.get().name == outcome.answers[0].name


def test_control_an_edit_without_the_lock_is_lost(fresh_database):
    channel = make_channel()

    def edit(me):
        mine = Channel.objects.get(pk=channel.pk)
        assert mine.version == 1
        time.sleep(0.1)
        mine.name, mine.version = f"渠道 {me}", mine.version + 1
        mine.save(update_fields=["name", "version"])
        return mine.name

    outcome = all_at_once(2, edit)

    assert len(outcome.answers) == 2
    assert Channel.objects.get().version == 2


def test_corrections_at_once_take_back_no_more_than_there_is(fresh_database):
    channel = make_channel()
    spend(channel, 1_000)

    outcome = all_at_once(6, lambda me: spend(channel, -400))

    assert (len(outcome.answers), {type(each) for each in outcome.raised}) == (2, {CostBelowZero})
    assert sum(ChannelCost.objects.values_list("amount_minor", flat=True)) == 200


def test_control_looking_at_the_day_without_the_lock_goes_below_zero(fresh_database):
    channel = make_channel()
    spend(channel, 1_000)

    def look_then_write(me):
        left = sum(ChannelCost.objects.values_list("amount_minor", flat=True))
        assert left >= 800
        time.sleep(0.1)
        ChannelCost.objects.create(
            channel=channel, day=NOON.date(), amount_minor=-800, note="x", made_by_id=channel.made_by_id, at=NOON
        )

    outcome = all_at_once(2, look_then_write)

    assert outcome.raised == []
    assert sum(ChannelCost.objects.values_list("amount_minor", flat=True)) == -600
