"""Choices over the API: one's own, never a stranger's."""

from tests.factories.accounts import make_person
from tests.support.api import Api

READ = """{ viewer { notificationChoices { quietFrom hasOffers topics { topic why app sms } } } }"""
CHOOSE = """mutation ($input: ChooseNotificationsInput!) { chooseNotifications(input: $input) {
  choices { hasOffers } errors { code message } } }"""
OFFERS = """mutation ($input: ChooseOffersInput!) { chooseOffers(input: $input) {
  choices { hasOffers } errors { code } } }"""
QUIET = """mutation ($input: KeepQuietInput!) { keepQuiet(input: $input) {
  choices { quietFrom quietUntil } errors { code field } } }"""


def topics(api):
    return {each["topic"]: each for each in api(READ)["viewer"]["notificationChoices"]["topics"]}


def test_somebody_switches_a_topic_off_and_nobody_else_hears_less(db):
    bob, carol = Api(make_person("Bob")), Api(make_person("Carol"))

    answer = bob.payload(CHOOSE, input={"topic": "COMMUNITY", "channel": "APP", "isOn": False})

    assert answer["errors"] == []
    assert topics(bob)["COMMUNITY"]["app"] is False
    assert topics(carol)["COMMUNITY"]["app"] is True


def test_what_is_always_told_says_why_in_the_readers_language(db):
    bob = Api(make_person("Bob"), locale="zh-Hant")

    answer = bob.payload(CHOOSE, input={"topic": "ORDERS", "channel": "APP", "isOn": False})

    assert [each["code"] for each in answer["errors"]] == ["ALWAYS_TOLD"]
    assert topics(bob)["ORDERS"]["why"] == "你付了錢，進展一定會告訴你。"
    assert topics(bob)["ORDERS"]["sms"] is None


def test_one_switch_and_quiet_hours(db):
    bob = Api(make_person("Bob"))

    assert bob.payload(OFFERS, input={"isOn": False})["choices"] == {"hasOffers": False}
    assert topics(bob)["OFFERS"]["sms"] is False
    kept = bob.payload(QUIET, input={"quietFrom": "22:30", "quietUntil": "08:00"})
    assert kept["choices"] == {"quietFrom": "22:30", "quietUntil": "08:00"}
    assert bob.payload(QUIET, input={"quietFrom": "25:00", "quietUntil": "08:00"})["errors"] == [
        {"code": "INVALID_INPUT", "field": "quietFrom"}
    ]


def test_nobody_is_asked_to_sign_in(db):
    for text, given in ((OFFERS, {"isOn": False}), (QUIET, {})):
        assert [each["code"] for each in Api().payload(text, input=given)["errors"]] == ["SIGN_IN_REQUIRED"]
