"""Collaborations: taken, escrowed, shown, approved, over."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from backend.ledger.selectors import balance
from referrals.influencers import actions
from referrals.influencers.errors import (
    BriefClosed,
    CollaborationMovedOn,
    ContentNotEligible,
    ExclusiveElsewhere,
    TooManyCollaborations,
)
from referrals.influencers.models import Collaboration, CommissionEntry, Content, Rate
from referrals.influencers.selectors.auditing import differences
from tests.factories.catalogue import NOON, make_variant
from tests.factories.creators import LIVE_SINCE, accept, go_live, make_brief, make_creator, make_tagged_post

pytestmark = pytest.mark.django_db

TARGETED = {"kind": "TARGETED", "fee_minor": 50_000, "sends_sample": True}


def submit(lily, collaboration, post, *, now=LIVE_SINCE):
    return actions.submit_content(collaboration_id=collaboration.pk, post_id=post.pk, user_id=lily.pk, now=now)


def test_a_fee_waits_in_escrow_and_is_earned_with_the_approval():
    lily, brief = make_creator(), make_brief(make_variant().product, **TARGETED)

    collaboration = accept(lily, brief)
    in_escrow = balance(kind="creator_escrow")
    actions.send_sample(
        collaboration_id=collaboration.pk, parcel="顺丰 SF123456", by=brief.created_by_id, now=LIVE_SINCE
    )
    submit(lily, collaboration, make_tagged_post(lily.pk, brief.product_id))
    actions.decide_content(
        collaboration_id=collaboration.pk, approves=True, note="", by=brief.created_by_id, now=LIVE_SINCE
    )

    assert in_escrow == 50_000
    assert balance(kind="creator_escrow") == 0
    assert balance(kind="commission_vested", owner_id=lily.pk) == 50_000
    assert CommissionEntry.objects.get().kind == "FEE"
    assert Collaboration.objects.get().state == "LIVE"
    assert differences() == []


def test_a_fee_goes_back_when_time_runs_out():
    lily, brief = make_creator(), make_brief(make_variant().product, **TARGETED)
    collaboration = accept(lily, brief)

    early = actions.keep_time(collaboration_id=collaboration.pk, now=LIVE_SINCE + timedelta(days=13))
    late = actions.keep_time(collaboration_id=collaboration.pk, now=LIVE_SINCE + timedelta(days=14))

    assert (early, late) == (False, True)
    assert Collaboration.objects.get().state == "EXPIRED"
    assert balance(kind="creator_escrow") == balance(kind="commission_source") == 0
    assert differences() == []


@pytest.mark.parametrize("words", ["养了一个月，很好。", "广告 不带井号", "#广告位"])
def test_a_post_without_the_tag_is_not_taken(words):
    lily, brief = make_creator(), make_brief(make_variant().product)
    collaboration = accept(lily, brief)

    with pytest.raises(ContentNotEligible):
        submit(lily, collaboration, make_tagged_post(lily.pk, brief.product_id, words=words))

    assert not Content.objects.exists()
    assert Collaboration.objects.get().state == "ACCEPTED"


def test_a_post_of_somebody_else_or_about_another_product_is_not_taken():
    lily, mia = make_creator("Lily"), make_creator("Mia")
    brief, other = make_brief(make_variant().product), make_variant().product
    collaboration = accept(lily, brief)

    for post in (make_tagged_post(mia.pk, brief.product_id), make_tagged_post(lily.pk, other.pk)):
        with pytest.raises(ContentNotEligible):
            submit(lily, collaboration, post)

    assert not Content.objects.exists()


def test_content_that_must_change_can_be_sent_again_and_a_decided_one_cannot_be_decided_again():
    lily, brief = make_creator(), make_brief(make_variant().product)
    collaboration = accept(lily, brief)
    submit(lily, collaboration, make_tagged_post(lily.pk, brief.product_id))
    decide = {"collaboration_id": collaboration.pk, "by": brief.created_by_id, "now": LIVE_SINCE}

    actions.decide_content(approves=False, note="请把标注放在开头。", **decide)
    with pytest.raises(CollaborationMovedOn):
        actions.decide_content(approves=True, note="", **decide)
    submit(lily, collaboration, make_tagged_post(lily.pk, brief.product_id))
    actions.decide_content(approves=True, note="", **decide)

    assert sorted(Content.objects.values_list("state", flat=True)) == ["APPROVED", "REVISION"]
    assert Collaboration.objects.get().state == "LIVE"


def test_an_exclusive_collaboration_keeps_others_of_its_shelf_away():
    one, other = make_variant(), make_variant()
    type(other.product).objects.filter(pk=other.product_id).update(category=one.product.category)
    other.product.refresh_from_db()
    lily = make_creator()
    accept(lily, make_brief(one.product, is_exclusive=True))

    with pytest.raises(ExclusiveElsewhere):
        accept(lily, make_brief(other.product))

    assert Collaboration.objects.count() == 1


def test_a_beginner_has_three_at_most():
    lily = make_creator()
    for _number in range(3):
        accept(lily, make_brief(make_variant().product))

    with pytest.raises(TooManyCollaborations):
        accept(lily, make_brief(make_variant().product))

    assert Collaboration.objects.count() == 3


def test_a_closed_brief_is_not_taken():
    lily, brief = make_creator(), make_brief(make_variant().product)
    actions.close_brief(brief_id=brief.pk, by=brief.created_by_id, now=NOON)

    with pytest.raises(BriefClosed):
        accept(lily, brief)

    assert not Collaboration.objects.exists()


def test_it_is_over_when_the_brief_is_over():
    lily, brief = make_creator(), make_brief(make_variant().product)
    live = go_live(lily, brief)

    actions.keep_time(collaboration_id=live.pk, now=brief.ends_at)

    assert Collaboration.objects.get().state == "CLOSED"


def test_the_database_refuses_two_rates_at_one_time_and_more_than_everything():
    lily, variant = make_creator(), make_variant()
    actions.set_rate(promoter_id=lily.pk, product_id=variant.product_id, bps=800, by=None, now=NOON)
    wrong = {"promoter": lily, "product": variant.product, "set_at": NOON}

    for changes in (
        {"version": 2, "bps": 900, "valid": DateTimeTZRange(NOON + timedelta(days=1), None)},
        {"version": 3, "bps": 10_001, "valid": DateTimeTZRange(None, NOON)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Rate.objects.create(**wrong, **changes)

    assert Rate.objects.count() == 1
