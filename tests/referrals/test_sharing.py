"""Points for sharing come from people who come, not from pressing a button; and a token travels in the address."""

from datetime import timedelta

import pytest
from django.test import Client, RequestFactory

from backend.core import clock
from backend.core.outbox import deliver_pending
from membership.models import PointLot
from referrals.invites import actions, selectors
from referrals.invites.models import ShareVisit, Touch
from referrals.invites.views import carry_visitor
from tests.factories.catalogue import NOON
from tests.factories.membership import make_person
from tests.factories.referrals import VISITOR, make_click, make_link
from tests.support.races import all_at_once


def visit(link, number, at=NOON):
    return actions.reward_share(link_id=link.id, visitor=f"{number:032x}", now=at)


@pytest.mark.django_db
def test_a_new_visitor_earns_points_once_however_often_they_come():
    ali = make_person("Ali")
    link = make_link(ali)
    for hours in range(3):
        make_click(link, at=NOON + timedelta(hours=hours))

    deliver_pending()

    lot = PointLot.objects.get(user=ali, cause="share")
    assert (lot.earned, ShareVisit.objects.count()) == (2, 1)


@pytest.mark.django_db
def test_a_crawler_and_the_owner_earn_nothing():
    ali = make_person("Ali")
    link = make_link(ali)
    make_click(link, is_bot=True)
    actions.record_click(link=link, visitor=VISITOR, agent="", is_bot=False, user_id=ali.id, now=NOON)

    deliver_pending()

    assert not ShareVisit.objects.exists()


@pytest.mark.django_db
def test_after_five_new_visitors_a_day_earns_no_more_and_the_next_day_does():
    link = make_link(make_person("Ali"))

    earned = [visit(link, number).points for number in range(7)]
    tomorrow = visit(link, 8, at=NOON + timedelta(days=1))

    assert earned == [2, 2, 2, 2, 2, 0, 0]
    assert tomorrow.points == 2
    assert PointLot.objects.filter(cause="share").count() == 6


@pytest.mark.django_db
def test_a_browser_without_a_token_takes_over_the_one_in_the_address():
    browser = Client()

    answer = browser.post(f"/api/visitor?v={VISITOR}")

    assert answer.status_code == 204
    assert browser.cookies["tz_visitor"].value == VISITOR


@pytest.mark.django_db
def test_a_browser_keeps_the_token_it_has_and_nonsense_leaves_none():
    own = "f" * 32
    browser, other = Client(), Client()
    browser.cookies["tz_visitor"] = own

    browser.post(f"/api/visitor?v={VISITOR}")
    other.post("/api/visitor?v=../../etc")

    assert browser.cookies["tz_visitor"].value == own
    assert "tz_visitor" not in other.cookies


@pytest.mark.django_db
def test_who_is_signed_in_owns_the_visits_of_the_token():
    link, bob = make_link(make_person("Ali")), make_person("Bob")
    make_click(link)
    request = RequestFactory().post(f"/api/visitor?v={VISITOR}")
    request.user = bob

    with clock.frozen(NOON):
        carry_visitor(request)

    assert Touch.objects.get().user_id == bob.id
    assert selectors.touches_of(bob.id, since=NOON - timedelta(days=1))


def test_thirty_visitors_at_once_do_not_pass_the_days_cap(fresh_database):
    link = make_link(make_person("Ali"))

    outcome = all_at_once(30, lambda me: visit(link, me))

    assert outcome.raised == []
    assert sum(each.points for each in outcome.answers) == 10
