"""The programme hears of orders by events, and its creators hear of it."""

from datetime import timedelta

import pytest

from backend.messaging.models import Notification
from backend.orders.models import Order
from referrals.influencers import actions
from referrals.influencers.models import Commission
from referrals.influencers.selectors.auditing import differences
from referrals.invites.actions import adopt_touches
from tests.factories.aftersales import make_agent
from tests.factories.catalogue import NOON, make_variant
from tests.factories.creators import live_creator
from tests.factories.orders import make_buyer, make_order
from tests.factories.payments import pay
from tests.factories.referrals import make_click, make_link

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(minutes=5)


def kinds_told(user_id) -> set[str]:
    return set(Notification.objects.filter(user_id=user_id).values_list("kind", flat=True))


def test_a_paid_order_with_a_code_is_credited_estimated_confirmed_and_told(deliver_outbox):
    variant = make_variant(price_minor=1_130_000)
    lily, bob = live_creator([variant]), make_buyer("Bob")
    actions.use_creator_code(code=lily.code.lower(), user_id=bob.pk, now=NOON)

    pay(make_order(buyer=bob, variants=[(variant, 1)], now=NOON), now=LATER)
    deliver_outbox()

    row = Commission.objects.get()
    assert (row.promoter_id, row.state, row.kept_minor) == (lily.pk, "CONFIRMED", 100_000)
    assert row.source == f"code:{lily.code}"
    assert {"creator_application_approved", "creator_collaboration_live", "creator_commission"} <= kinds_told(lily.pk)
    assert differences() == []


def test_a_code_that_was_named_more_than_a_day_ago_does_not_count(deliver_outbox):
    variant = make_variant()
    lily, bob = live_creator([variant]), make_buyer("Bob")
    actions.use_creator_code(code=lily.code, user_id=bob.pk, now=NOON - timedelta(days=1))

    pay(make_order(buyer=bob, variants=[(variant, 1)], now=NOON), now=LATER)
    deliver_outbox()

    assert not Commission.objects.exists()


def test_an_order_that_is_cancelled_before_it_is_sent_earns_nothing(deliver_outbox):
    variant = make_variant(price_minor=1_130_000)
    lily, bob = live_creator([variant]), make_buyer("Bob")
    actions.use_creator_code(code=lily.code, user_id=bob.pk, now=NOON)
    placed = make_order(buyer=bob, variants=[(variant, 1)], now=NOON)
    pay(placed, now=LATER)
    deliver_outbox()

    Order.objects.filter(pk=placed.order.pk).update(state="CANCELLED")
    actions.reduce_commissions(order_id=placed.order.pk, now=LATER)

    assert Commission.objects.get().state == "REVERSED"
    assert differences() == []


def test_statement_breach_and_cut_are_told(deliver_outbox):
    variant = make_variant()
    lily, gil = live_creator([variant]), make_agent("Gil", "growth")
    actions.record_violation(promoter_id=lily.pk, words="没有标注广告的内容。", by=gil.id, now=NOON)
    cut = actions.set_rate(promoter_id=lily.pk, product_id=variant.product_id, bps=100, by=gil.id, now=NOON)
    actions.announce_cuts(now=cut.valid.lower)

    deliver_outbox()

    assert {"creator_violation", "creator_rate_cut"} <= kinds_told(lily.pk)


def test_a_visit_through_a_creators_link_counts_where_no_code_was_named(deliver_outbox):
    variant = make_variant(price_minor=1_130_000)
    lily = live_creator([variant])
    visitor = "fedcba9876543210fedcba9876543210"
    make_click(make_link(lily.user), visitor=visitor, at=NOON - timedelta(hours=2))
    bob = make_buyer("Bob")
    deliver_outbox()
    adopt_touches(user_id=bob.pk, visitor=visitor, now=NOON - timedelta(hours=1))

    pay(make_order(buyer=bob, variants=[(variant, 1)], now=NOON), now=LATER)
    deliver_outbox()

    row = Commission.objects.get()
    assert row.source.startswith("touch:")
    assert row.touch_id is not None
