"""Coupon templates: their terms are frozen once they have started, and nonsense is refused."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from backend.core.errors import InvalidInput
from backend.core.ids import new_id
from backend.promotions.actions import claim_coupon, end_coupon_template, save_coupon_template
from backend.promotions.actions.keep_template import TemplateDraft
from backend.promotions.errors import CouponChanged, CouponTermsFixed
from backend.promotions.models import Coupon, CouponState, CouponTemplate
from tests.factories.orders import make_buyer
from tests.factories.promotions import make_template, this_moment

pytestmark = pytest.mark.django_db


def draft_of(template, **changes):
    columns = {name: getattr(template, name) for name in TemplateDraft.__dataclass_fields__}
    columns["combines_with"] = tuple(columns["combines_with"])
    return TemplateDraft(**{**columns, **changes})


def save(template, **changes):
    return save_coupon_template(
        draft=draft_of(template, **changes), actor_id=template.created_by_id, now=this_moment(),
        template_id=template.pk, version=template.version,
    )  # fmt: skip


def test_a_started_coupon_keeps_its_terms_and_can_be_widened():
    template = make_template(issue_limit=3)
    with pytest.raises(CouponTermsFixed):
        save(template, benefit={"type": "amount", "offMinor": 5})
    with pytest.raises(IntegrityError), transaction.atomic():
        CouponTemplate.objects.filter(pk=template.pk).update(threshold_minor=1)
    save(template, issue_limit=5)
    assert Coupon.objects.filter(template=template).count() == 5
    with pytest.raises(CouponChanged):
        save(template, issue_limit=6)


@pytest.mark.parametrize(
    "wrong",
    [
        {"benefit": {"type": "percent", "offBps": 10_001}},
        {"benefit": {"type": "amount", "offMinor": 0}},
        {"benefit": {"type": "amount", "offMinor": 600}, "threshold_minor": 500},
        {"budget_minor": 0},
        {"issue_limit": 0},
        {"valid_days": 0},
        {"use_until": None, "valid_days": None},
        {"claim_until": this_moment() - timedelta(days=9)},
        {"stack_class": "shipping"},
        {"scope": {"productIds": ["x"]}},
        {"per_person": 0},
        {"limit_bps": 10_001},
    ],
)
def test_terms_that_make_no_sense_are_refused_and_nothing_is_written(wrong):
    template = make_template(started=False)
    with pytest.raises(InvalidInput):
        save(template, **wrong)
    assert CouponTemplate.objects.values_list("version", flat=True).get() == template.version


def test_ending_a_coupon_withdraws_the_pool_and_if_asked_those_in_hands():
    template, person = make_template(issue_limit=3), make_buyer(now=this_moment())
    coupon = claim_coupon(template_id=template.pk, user_id=person.pk, idempotency_key=new_id(), now=this_moment())
    end_coupon_template(template_id=template.pk, revoke=False, actor_id=template.created_by_id, now=this_moment())
    assert Coupon.objects.get(pk=coupon.pk).state == CouponState.ISSUED
    end_coupon_template(template_id=template.pk, revoke=True, actor_id=template.created_by_id, now=this_moment())
    assert set(Coupon.objects.values_list("state", flat=True)) == {CouponState.REVOKED}
