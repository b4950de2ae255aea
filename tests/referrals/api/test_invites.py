"""The invite centre and share links through the API."""

import pytest

from backend.core import clock
from referrals.invites import actions
from tests.factories.catalogue import NOON, make_product
from tests.factories.membership import make_confirmed_order, make_person
from tests.factories.referrals import make_click, make_invite_campaign, make_link
from tests.support.api import Api
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db

CREATE = """
mutation ($input: CreateShareLinkInput!) {
  createShareLink(input: $input) { shareLink { code url path owner { name } posterUrl qrUrl } errors { code message } }
}
"""
CENTRE = """
{ viewer { invites { clicks pendingPoints vestedPoints offer { inviterPoints inviteePoints rules }
    invited { edges { node { person { name } state stateLabel } } }
    rewards { edges { node { title points state why { label detail } } } } } } }
"""


@pytest.fixture(autouse=True)
def _noon():
    with clock.frozen(NOON):
        yield


def brought_by(ali, name="Bob"):
    bob = make_person(name)
    actions.bind_invitee(invitee_id=bob.id, link=make_link(ali), clicked_at=NOON, now=NOON)
    order = make_confirmed_order(buyer_id=bob.id)
    actions.reward_invite(order_id=order.id, now=NOON)
    return bob


def test_a_person_shares_a_product():
    product = make_product(slug="tulip")

    payload = Api(make_person("Ali")).payload(CREATE, input={"kind": "PRODUCT", "targetId": str(product.id)})

    assert payload["errors"] == []
    assert payload["shareLink"]["path"] == "/p/tulip"
    assert payload["shareLink"]["url"].endswith(f"/s/{payload['shareLink']['code']}")


def test_nobody_must_sign_in_first():
    payload = Api().payload(CREATE, input={"kind": "PRODUCT", "targetId": str(make_product().id)})

    assert payload["errors"][0]["code"] == "SIGN_IN_REQUIRED"
    assert payload["shareLink"] is None


def test_what_is_gone_is_refused_in_the_readers_language():
    ali = make_person("Ali")

    payload = Api(ali, locale="zh-Hant").payload(CREATE, input={"kind": "GROUP", "targetId": str(ali.id)})

    assert payload["errors"][0]["code"] == "NOTHING_TO_SHARE"
    assert payload["errors"][0]["message"] == "這個內容已經不能分享了，返回換一個吧。"


def test_the_invite_centre_tells_clicks_friends_points_and_why():
    make_invite_campaign(inviter=50, invitee=20)
    ali = make_person("Ali")
    make_click(make_link(ali))
    brought_by(ali)

    centre = Api(ali)(CENTRE)["viewer"]["invites"]

    assert (centre["clicks"], centre["pendingPoints"], centre["vestedPoints"]) == (1, 50, 0)
    assert centre["offer"]["inviterPoints"] == 50
    assert centre["invited"]["edges"][0]["node"]["stateLabel"] == "首单已下，积分待生效"
    reward = centre["rewards"]["edges"][0]["node"]
    assert (reward["points"], reward["state"]) == (50, "PENDING")
    assert [step["label"] for step in reward["why"]] == ["链接被打开", "首单", "按这条规则", "待到账"]


def test_others_see_nothing_of_it():
    make_invite_campaign(inviter=50, invitee=20)
    brought_by(make_person("Ali"))

    centre = Api(make_person("Mallory"))(CENTRE)["viewer"]["invites"]

    assert (centre["clicks"], centre["pendingPoints"], centre["invited"]["edges"]) == (0, 0, [])


def test_a_long_list_of_friends_costs_no_more_statements():
    make_invite_campaign(inviter=50, invitee=20)
    ali = make_person("Ali")
    for number in range(2):
        brought_by(ali, f"Friend{number}")
    few = queries_of(lambda: Api(ali)(CENTRE))
    for number in range(10):
        brought_by(ali, f"More{number}")

    assert queries_of(lambda: Api(ali)(CENTRE)) == few
