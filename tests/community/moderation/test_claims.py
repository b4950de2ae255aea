"""Claiming a case, keeping it, giving it back, handing it up, putting it off."""

from datetime import timedelta

import pytest

from backend.core.errors import InvalidInput, NotFound
from backend.core.ids import new_id
from community.moderation import actions, rules
from community.moderation.errors import CaseTaken, LeaseLost, NothingToClaim
from community.moderation.models import AuditEntry, Case, CaseState, ReportCategory
from tests.factories.catalogue import NOON
from tests.factories.moderation import make_case, make_moderator, make_senior

pytestmark = pytest.mark.django_db
LATE = NOON + rules.LEASE + timedelta(seconds=1)


def claimed(case, moderator, now=NOON, *, is_senior=False):
    return actions.claim_case(case_id=case.id, moderator_id=moderator.id, is_senior=is_senior, now=now)


def test_the_most_pressing_case_is_claimed_first_then_the_oldest():
    mo = make_moderator()
    older, newer = make_case(), make_case()
    pressing = make_case(category=ReportCategory.ABUSE)

    order = [actions.claim_next(moderator_id=mo.id, is_senior=False, now=NOON).id for _ in range(3)]

    assert order == [pressing.id, older.id, newer.id]
    with pytest.raises(NothingToClaim):
        actions.claim_next(moderator_id=mo.id, is_senior=False, now=NOON)


def test_a_claim_keeps_others_away_until_it_ends_by_itself():
    case, mo, max_ = make_case(), make_moderator(), make_moderator("Max")
    first = claimed(case, mo)

    with pytest.raises(CaseTaken):
        claimed(case, max_)

    second = claimed(case, max_, now=LATE)
    assert second.fence == first.fence + 1


def test_a_lease_is_renewed_only_while_it_runs():
    case, mo = make_case(), make_moderator()
    held = claimed(case, mo)

    renewed = actions.renew_lease(
        case_id=case.id, moderator_id=mo.id, fence=held.fence, now=NOON + timedelta(minutes=4)
    )

    assert renewed.lease_until == NOON + timedelta(minutes=9)
    with pytest.raises(LeaseLost):
        actions.renew_lease(case_id=case.id, moderator_id=mo.id, fence=held.fence, now=NOON + timedelta(minutes=10))


def test_a_case_that_is_given_back_is_free():
    case, mo, max_ = make_case(), make_moderator(), make_moderator("Max")
    held = claimed(case, mo)

    actions.release_case(case_id=case.id, moderator_id=mo.id, fence=held.fence, now=NOON)

    assert claimed(case, max_).lease_by_id == max_.id
    with pytest.raises(NotFound):
        actions.release_case(case_id=new_id(), moderator_id=mo.id, fence=1, now=NOON)


def test_what_was_handed_up_is_for_seniors():
    case, mo, sen = make_case(), make_moderator(), make_senior()
    held = claimed(case, mo)

    actions.escalate_case(case_id=case.id, moderator_id=mo.id, fence=held.fence, note="拿不准", now=NOON)

    with pytest.raises(CaseTaken):
        claimed(case, mo)
    with pytest.raises(NothingToClaim):
        actions.claim_next(moderator_id=mo.id, is_senior=False, now=NOON)
    assert actions.claim_next(moderator_id=sen.id, is_senior=True, now=NOON).id == case.id
    assert AuditEntry.objects.get().details == {"note": "拿不准"}


def test_what_was_put_off_comes_back_by_the_clock():
    case, mo, until = make_case(), make_moderator(), NOON + timedelta(hours=2)
    held = claimed(case, mo)

    actions.snooze_case(case_id=case.id, moderator_id=mo.id, fence=held.fence, until=until, now=NOON)

    with pytest.raises(NothingToClaim):
        actions.claim_next(moderator_id=mo.id, is_senior=False, now=NOON)
    assert actions.claim_next(moderator_id=mo.id, is_senior=False, now=until).id == case.id


@pytest.mark.parametrize("delay", [timedelta(0), timedelta(days=7, seconds=1)])
def test_a_case_is_put_off_a_week_at_most(delay):
    case, mo = make_case(), make_moderator()
    held = claimed(case, mo)

    with pytest.raises(InvalidInput):
        actions.snooze_case(case_id=case.id, moderator_id=mo.id, fence=held.fence, until=NOON + delay, now=NOON)

    assert Case.objects.get().state == CaseState.OPEN


def test_the_lease_is_lost_with_the_first_move():
    case, mo = make_case(), make_moderator()
    held = claimed(case, mo)
    move = {"case_id": case.id, "moderator_id": mo.id, "fence": held.fence, "now": NOON}
    actions.escalate_case(**move, note="")

    with pytest.raises(LeaseLost):
        actions.escalate_case(**move, note="")
    with pytest.raises(LeaseLost):
        actions.snooze_case(**move, until=NOON + timedelta(hours=1))

    assert Case.objects.get().version == 1
