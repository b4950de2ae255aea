"""Channels through the API, as nobody, somebody and the growth team."""

import pytest

from backend.core import clock
from backend.core.ids import new_id
from referrals.channels.models import Channel, ChannelCost
from tests.factories.accounts import make_grower, make_person
from tests.factories.catalogue import NOON
from tests.factories.channels import make_channel, spend, visit
from tests.support.api import Api
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db
CREATE = """
mutation ($input: CreateChannelInput!) {
  createChannel(input: $input) { channel { id code link path state version } errors { code field message } }
}
"""
CHANGE = """
mutation ($input: ChangeChannelInput!) {
  changeChannel(input: $input) { channel { name version } errors { code message details } }
}
"""
CLOSE = """
mutation ($input: CloseChannelInput!) { closeChannel(input: $input) { channel { state } errors { code } } }
"""
SPEND = """
mutation ($input: RecordChannelCostInput!) {
  recordChannelCost(input: $input) { cost { day amount { minor } note madeBy { name } } errors { code message field } }
}
"""
LIST = """
query ($since: Date!, $until: Date!) {
  channels(since: $since, until: $until, first: 50) {
    edges { node { id name kind state madeBy { name }
      numbers { visits visitors signUps orders paid { minor } refunded { minor } cost { minor }
        costPerVisit { minor } costPerSignUp { minor } costPerOrder { minor } returnOnCost } } } }
  channelReport(since: $since, until: $until) {
    total { visits orders } byChannels { visits } without { orders } days { day numbers { visits paid { minor } } } }
}
"""
COSTS = """
query ($id: ID!) { channelCosts(channelId: $id) { edges { node { day amount { minor } note madeBy { name } } } } }
"""
FEBRUARY = {"since": "2026-02-01", "until": "2026-02-28"}


@pytest.fixture(autouse=True)
def _noon():
    with clock.frozen(NOON):
        yield


def days():
    today = clock.business_day(NOON)
    return {"since": str(today), "until": str(today)}


def test_the_growth_team_makes_changes_and_closes_a_channel():
    grace = Api(make_grower())
    words = {"name": "小红书 种草", "kind": "SOCIAL", "target": "GROUPS"}

    made = grace.payload(CREATE, input={"channel": words, "code": "xhs01"})["channel"]
    changed = grace.payload(CHANGE, input={"id": made["id"], "version": 1, "channel": words | {"name": "小红书"}})
    stale = grace.payload(CHANGE, input={"id": made["id"], "version": 1, "channel": words})
    closed = grace.payload(CLOSE, input={"id": made["id"], "version": 2})

    assert (made["code"], made["link"], made["path"], made["state"]) == ("XHS01", "/k/XHS01", "/groups", "OPEN")
    assert changed["channel"] == {"name": "小红书", "version": 2}
    assert [(each["code"], each["details"]) for each in stale["errors"]] == [("CHANNEL_CHANGED", {"currentVersion": 2})]
    assert closed["channel"]["state"] == "CLOSED"


def test_refusals_name_their_field_and_write_nothing():
    grace = Api(make_grower())
    words = {"name": "小红书", "kind": "SOCIAL", "target": "PRODUCT", "targetSlug": "https://evil.example"}

    refused = grace.payload(CREATE, input={"channel": words})

    assert [(each["code"], each["field"]) for each in refused["errors"]] == [("CHANNEL_LEADS_NOWHERE", "target")]
    assert not Channel.objects.exists()


def test_costs_are_recorded_with_who_and_corrected():
    channel = make_channel()
    grace = Api(make_grower("Greta"))
    entry = {"id": channel.pk, "day": days()["since"], "note": "信息流充值"}

    first = grace.payload(SPEND, input=entry | {"amountMinor": 50_000, "idempotencyKey": new_id()})
    beyond = grace.payload(SPEND, input=entry | {"amountMinor": -50_001, "idempotencyKey": new_id()})

    assert first["errors"] == []
    assert first["cost"]["madeBy"]["name"] == "Greta"
    assert [(each["code"], "¥500.00" in each["message"]) for each in beyond["errors"]] == [("COST_BELOW_ZERO", True)]
    listed = grace.payload(COSTS, id=channel.pk)["edges"]
    assert [each["node"]["amount"]["minor"] for each in listed] == [50_000]
    assert ChannelCost.objects.count() == 1


def test_the_list_shows_figures_and_dashes():
    busy = make_channel(name="抖音")
    make_channel(name="百度")
    visit(busy)
    spend(busy, 300)

    answer = Api(make_grower("Greta"))(LIST, **days())

    rows = {edge["node"]["name"]: edge["node"]["numbers"] for edge in answer["channels"]["edges"]}
    assert (rows["抖音"]["visits"], rows["抖音"]["costPerVisit"]["minor"]) == (1, 300)
    assert rows["抖音"]["costPerOrder"] is rows["百度"]["costPerVisit"] is rows["百度"]["returnOnCost"] is None
    assert answer["channelReport"]["total"] == {"visits": 1, "orders": 0}
    assert answer["channelReport"]["byChannels"] == {"visits": 1}


def test_twenty_channels_take_as_many_statements_as_two():
    grace = Api(make_grower("Greta"))
    for number in range(2):
        spend(make_channel(name=str(number)), 100)
    grace(LIST, **days())
    few = queries_of(lambda: grace(LIST, **days()))
    for number in range(18):
        spend(make_channel(name=str(number)), 100)

    many = queries_of(lambda: grace(LIST, **days()))

    assert many == few


@pytest.mark.parametrize(
    "period", [{"since": "2026-02-02", "until": "2026-02-01"}, {"since": "2024-01-01", "until": "2026-01-01"}]
)
def test_what_is_no_period_is_refused(period):
    assert Api(make_grower()).codes(LIST, **period) == ["INVALID_INPUT"]


def test_nobody_else_sees_or_makes_channels():
    channel = make_channel()

    assert Api().codes(LIST, **FEBRUARY) == ["SIGN_IN_REQUIRED"]
    assert Api(make_person()).codes(LIST, **FEBRUARY) == ["NOT_ALLOWED"]
    refused = Api(make_person("Mallory")).payload(CLOSE, input={"id": channel.pk, "version": 1})
    assert [each["code"] for each in refused["errors"]] == ["NOT_ALLOWED"]
    channel.refresh_from_db()
    assert channel.closed_at is None
