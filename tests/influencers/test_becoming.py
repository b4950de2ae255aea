"""Becoming a creator, and what happens when somebody should not be one."""

from datetime import timedelta

import pytest
from django.db import connection

from referrals.influencers import actions
from referrals.influencers.errors import (
    AlreadyCreator,
    AppealTooLate,
    ApplicationIncomplete,
    ApplicationMovedOn,
    IdentityTaken,
    NotACreator,
    NotAnAdult,
    ReapplyLater,
)
from referrals.influencers.models import Application, Promoter, PromoterIdentity, Violation
from referrals.influencers.privacy import CreatorPrivacy
from tests.factories.aftersales import make_agent
from tests.factories.catalogue import NOON, make_variant
from tests.factories.creators import (
    accept,
    id_number,
    live_creator,
    make_brief,
    make_creator,
    particulars,
    write_application,
)
from tests.factories.orders import make_buyer

pytestmark = pytest.mark.django_db


def sent(name="Lily"):
    user = make_buyer(name)
    application = write_application(user, now=NOON)
    return actions.submit_application(application_id=application.id, user_id=user.id, now=NOON)


def test_an_approved_application_makes_a_creator_with_a_code():
    lily = make_creator()

    assert (lily.state, len(lily.code), lily.tier) == ("ACTIVE", 6, "SEED")
    with pytest.raises(AlreadyCreator):
        write_application(lily.user)


def test_nobody_under_eighteen_applies_whatever_they_declare():
    user = make_buyer("Kid")

    with pytest.raises(NotAnAdult):
        write_application(user, now=NOON, particulars=particulars(id_number=id_number(born="20100101")))

    assert not PromoterIdentity.objects.exists()


def test_an_identity_belongs_to_one_account_and_cannot_be_read_in_the_table():
    number = id_number()
    write_application(make_buyer("Lily"), particulars=particulars(id_number=number))

    with pytest.raises(IdentityTaken):
        write_application(make_buyer("Twin"), particulars=particulars(id_number=number))

    with connection.cursor() as cursor:
        cursor.execute("SELECT influencers_promoteridentity::text FROM influencers_promoteridentity")
        rows = [row[0] for row in cursor.fetchall()]
    assert len(rows) == 1
    assert number not in rows[0]
    assert b"6225880212345678".hex() not in rows[0]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"introduction": "短"}, "introduction"),
        ({"channels": []}, "channels"),
        ({"is_adult_declared": False}, "is_adult_declared"),
        ({"accepts_terms": False}, "accepts_terms"),
        ({"particulars": None}, "id_number"),
    ],
)
def test_an_application_that_lacks_something_is_not_sent(changes, field):
    user = make_buyer("Lily")
    application = write_application(user, now=NOON, **changes)

    with pytest.raises(ApplicationIncomplete) as refused:
        actions.submit_application(application_id=application.id, user_id=user.id, now=NOON)

    assert refused.value.field == field
    assert Application.objects.get().state == "DRAFT"


def test_who_is_declined_reads_why_and_may_try_again_later():
    application, gil = sent(), make_agent("Gil", "growth")
    actions.take_application(application_id=application.id, by=gil.id, now=NOON)
    with pytest.raises(ApplicationIncomplete):
        actions.decide_application(application_id=application.id, to="REJECTED", answer="", by=gil.id, now=NOON)

    actions.decide_application(
        application_id=application.id, to="REJECTED", answer="内容和我们的商品关系不大。", by=gil.id, now=NOON
    )
    with pytest.raises(ReapplyLater):
        write_application(application.user, now=NOON + timedelta(days=29))
    again = write_application(application.user, now=NOON + timedelta(days=30), particulars=None)

    assert again.pk != application.pk
    assert not Promoter.objects.exists()


def test_an_application_is_decided_once():
    application, gil = sent(), make_agent("Gil", "growth")
    actions.take_application(application_id=application.id, by=gil.id, now=NOON)
    actions.decide_application(
        application_id=application.id, to="NEED_INFO", answer="请补充三篇代表作的链接。", by=gil.id, now=NOON
    )

    with pytest.raises(ApplicationMovedOn):
        actions.decide_application(application_id=application.id, to="APPROVED", answer="", by=gil.id, now=NOON)

    assert not Promoter.objects.exists()


def test_a_breach_can_be_appealed_for_thirty_days():
    lily, gil = make_creator(), make_agent("Gil", "growth")
    breach = actions.record_violation(promoter_id=lily.pk, words="没有标注广告的内容。", by=gil.id, now=NOON)
    late = actions.record_violation(promoter_id=lily.pk, words="没有标注广告的内容。", by=gil.id, now=NOON)
    appeal = {"user_id": lily.pk, "words": "当天已经补上标注并且截图。"}

    actions.appeal_violation(violation_id=breach.pk, now=NOON + timedelta(days=30), **appeal)
    with pytest.raises(AppealTooLate):
        actions.appeal_violation(violation_id=late.pk, now=NOON + timedelta(days=30, seconds=1), **appeal)

    assert set(Violation.objects.values_list("state", flat=True)) == {"APPEALED", "RECORDED"}


def test_who_is_paused_takes_nothing_and_who_is_gone_leaves_everything():
    variant, other = make_variant(), make_variant()
    lily, gil = live_creator([variant]), make_agent("Gil", "growth")
    actions.move_promoter(promoter_id=lily.pk, to="PAUSED", reason="资料正在核对，暂停合作。", by=gil.id, now=NOON)

    with pytest.raises(NotACreator):
        accept(lily, make_brief(other.product))
    actions.move_promoter(promoter_id=lily.pk, to="TERMINATED", reason="双方同意结束合作关系。", by=gil.id, now=NOON)

    assert Promoter.objects.get().state == "TERMINATED"


def test_a_person_can_take_everything_along_and_be_forgotten():
    lily = make_creator()
    subject = CreatorPrivacy()

    exported = subject.export(user_id=lily.pk)
    subject.erase(user_id=lily.pk, now=NOON)

    assert exported["identity"]["legal_name"] == "林小满"
    assert subject.export(user_id=lily.pk)["identity"]["legal_name"] == ""
    assert PromoterIdentity.objects.get().id_digest is None


def test_the_level_follows_from_kept_sales():
    lily = make_creator()

    fresh = actions.refresh_tier(promoter_id=lily.pk, now=NOON)

    assert (fresh.tier, fresh.tier_facts["sales_minor"]) == ("SEED", 0)
