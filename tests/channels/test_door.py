"""The short address of a channel: who is counted, who is led on uncounted."""

import io
from datetime import date, timedelta

import pytest
import redis
import zxingcpp
from django.conf import settings
from django.test import Client
from PIL import Image

from backend.core import clock
from backend.core.valkey import shared_redis
from referrals.channels import actions, rules, views
from referrals.channels.models import Channel, ChannelVisit
from tests.factories.accounts import make_grower, make_person
from tests.factories.catalogue import NOON, make_product
from tests.factories.channels import make_channel, visit
from tests.factories.referrals import VISITOR

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148"


@pytest.fixture(autouse=True)
def _noon():
    shared_redis().flushdb()
    with clock.frozen(NOON):
        yield


def browser(visitor=None):
    client = Client(headers={"User-Agent": PHONE})
    if visitor:
        client.cookies["tz_visitor"] = visitor
    return client


def test_a_visit_is_counted_and_led_on_with_a_token():
    product = make_product()
    channel = make_channel(target="PRODUCT", target_slug=product.slug)

    answer = browser().get(f"/k/{channel.code.lower()}")

    token = answer.cookies["tz_visitor"].value
    assert (answer.status_code, answer["Location"]) == (302, f"/p/{product.slug}?v={token}")
    assert ChannelVisit.objects.get().channel_id == channel.pk


def test_neither_the_token_nor_the_address_is_kept():
    channel = make_channel()

    browser(VISITOR).get(f"/k/{channel.code}", REMOTE_ADDR="203.0.113.9")

    kept = ChannelVisit.objects.values_list("visitor", flat=True).get()
    keys = b" ".join(shared_redis().keys("*")).decode()
    assert VISITOR not in kept
    assert len(kept) == 64
    assert "203.0.113.9" not in keys


def test_a_browser_counts_once_per_half_hour():
    channel, client = make_channel(), browser(VISITOR)

    for minutes in (0, 7, 29, 31):
        with clock.frozen(NOON + timedelta(minutes=minutes)):
            client.get(f"/k/{channel.code}")

    moments = list(ChannelVisit.objects.order_by("at").values_list("at", "last_at"))
    minute = timedelta(minutes=1)
    assert moments == [(NOON, NOON + 29 * minute), (NOON + 31 * minute, NOON + 31 * minute)]


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Mozilla/5.0 (compatible; Baiduspider/2.0)"},
        {"User-Agent": PHONE, "Sec-Purpose": "prefetch;prerender"},
        {"User-Agent": PHONE, "Purpose": "prefetch"},
        {"User-Agent": PHONE, "X-Moz": "prefetch"},
    ],
)
def test_crawlers_and_pages_fetched_ahead_are_led_on_uncounted(headers):
    channel = make_channel(target="GROUPS")

    answer = Client(headers=headers).get(f"/k/{channel.code}")

    assert (answer.status_code, answer["Location"]) == (302, "/groups")
    assert "tz_visitor" not in answer.cookies
    assert not ChannelVisit.objects.exists()


def test_a_question_for_the_head_alone_is_not_counted():
    channel = make_channel(target="COUPONS")

    answer = browser().head(f"/k/{channel.code}")

    assert (answer["Location"], ChannelVisit.objects.count()) == ("/coupons", 0)


def test_a_closed_an_ended_and_a_planned_channel_lead_on_and_count_nothing():
    closed, ended, planned = (
        make_channel(target="GROUPS"),
        make_channel(target="GROUPS", ends_on=NOON.date() - timedelta(days=1)),
        make_channel(target="GROUPS", starts_on=NOON.date() + timedelta(days=1)),
    )
    actions.close_channel(channel_id=closed.pk, version=1, by=closed.made_by_id, now=NOON)

    places = [browser().get(f"/k/{each.code}")["Location"] for each in (closed, ended, planned)]

    assert places == ["/groups"] * 3
    assert not ChannelVisit.objects.exists()


def test_the_first_and_the_last_day_count():
    today = clock.business_day(NOON)

    channel = make_channel(starts_on=today, ends_on=today)

    assert rules.state_of(channel, now=NOON) == "OPEN"
    assert visit(channel)


@pytest.mark.parametrize("code", ["NOBODY", "%2e%2e", "https:%2F%2Fevil.example", "x" * 300])
def test_an_unknown_code_leads_home_and_leaves_nothing_behind(code):
    answer = browser().get(f"/k/{code}")

    assert (answer.status_code, answer.headers.get("Location", "/")) in {(302, "/"), (404, "/")}
    assert "tz_visitor" not in answer.cookies
    assert not ChannelVisit.objects.exists()


def test_a_flood_from_one_address_is_led_on_uncounted(monkeypatch):
    channel = make_channel()
    monkeypatch.setattr(rules, "MOST_VISITS_OF_ADDRESS", 3)

    for _ in range(5):
        browser().get(f"/k/{channel.code}")
    elsewhere = browser().get(f"/k/{channel.code}", REMOTE_ADDR="198.51.100.7")

    assert ChannelVisit.objects.count() == 4
    assert elsewhere.status_code == 302


def test_without_redis_visits_are_counted_all_the_same(monkeypatch):
    def gone():
        raise redis.ConnectionError

    monkeypatch.setattr(views, "shared_redis", gone)

    browser().get(f"/k/{make_channel().code}")

    assert ChannelVisit.objects.count() == 1


def test_who_is_signed_in_owns_the_visit():
    channel, person, client = make_channel(), make_person(), browser(VISITOR)
    visit(channel)
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])

    client.get(f"/k/{channel.code}")

    assert ChannelVisit.objects.get().user_id == person.id


def test_signing_in_later_gives_the_visits_of_the_browser_to_the_person():
    channel, person, client = make_channel(), make_person(), browser(VISITOR)
    client.get(f"/k/{channel.code}")
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])

    client.post("/api/visitor")

    assert ChannelVisit.objects.get().user_id == person.id


def test_the_poster_can_be_printed_in_three_languages_and_its_code_leads_to_the_channel():
    channel = make_channel(headline="周末市集 现场拼团")

    drawn = [
        browser().get(f"/channels/{channel.code}.png?lang={each}").content for each in ("zh-Hans", "zh-Hant", "en")
    ]

    pictures = [Image.open(io.BytesIO(each)) for each in drawn]
    assert {picture.size for picture in pictures} == {(1240, 1748)}
    assert [code.text for code in zxingcpp.read_barcodes(pictures[0])] == [f"http://testserver/k/{channel.code}"]
    assert len(set(drawn)) == 3


def test_the_code_alone_is_a_picture_that_grows():
    channel = make_channel()

    answer = browser().get(f"/channels/{channel.code}.svg")

    assert answer["Content-Type"] == "image/svg+xml"
    assert b"<svg" in answer.content


def test_there_is_no_poster_of_an_unknown_channel():
    assert browser().get("/channels/NOBODY.png").status_code == 404
    assert browser().get("/channels/NOBODY.svg").status_code == 404
    assert not Channel.objects.exists()


def test_the_file_is_for_the_growth_team_and_no_spreadsheet_runs_its_cells():
    grower, stranger = make_grower(), make_person()
    make_channel(by=grower, name="=1+1", code="XHS01")
    nobody, theirs, ours = browser(), browser(), browser()
    theirs.force_login(stranger, backend=settings.AUTHENTICATION_BACKENDS[0])
    ours.force_login(grower, backend=settings.AUTHENTICATION_BACKENDS[0])
    address = f"/channels/report.csv?since={date(2026, 1, 1)}&until={date(2026, 3, 1)}&lang=en"

    answers = [client.get(address) for client in (nobody, theirs, ours)]

    assert [answer.status_code for answer in answers] == [401, 403, 200]
    lines = answers[2].content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Channel,Code,Kind")
    assert lines[1].startswith("'=1+1,XHS01,Social media")
    assert [line.split(",")[0] for line in lines[2:]] == ["All channels", "Without a channel", "All together"]


@pytest.mark.parametrize("asked", ["", "?since=x&until=y", "?since=2026-03-02&until=2026-03-01"])
def test_a_file_of_no_period_is_refused(asked):
    client = browser()
    client.force_login(make_grower(), backend=settings.AUTHENTICATION_BACKENDS[0])

    assert client.get(f"/channels/report.csv{asked}").status_code == 400
