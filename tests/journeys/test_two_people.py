"""The main job, through the real API: share, buy together, be rewarded, talk."""

import pytest

from backend.core.ids import new_id
from backend.ledger.selectors import conservation
from backend.payments.models import Payment, Refund
from groupbuy.actions import expire_due_groups
from groupbuy.models import Group
from membership.selectors import lots_that_disagree
from referrals.invites.models import Click
from tests.factories.groupbuy import let_pass
from tests.factories.journeys import shop_with_campaigns
from tests.factories.membership import make_person
from tests.factories.orders import make_address, make_buyer
from tests.factories.payments import make_notice, message_of, send_webhook
from tests.factories.promotions import this_moment
from tests.support.api import Api

pytestmark = pytest.mark.django_db

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148"
PRODUCT = """query ($slug: String!) { product(slug: $slug) {
  id price { minor } variants { id groupPrice { minor } } groupOffer { size price { minor } } openGroupsCount } }"""
OPEN = """mutation ($input: OpenGroupInput!) { openGroup(input: $input) {
  order { id state } payment { id payUrl } group { id } errors { code message } } }"""
JOIN = """mutation ($input: JoinGroupInput!) { joinGroup(input: $input) {
  seat { number state } order { id } payment { id } errors { code message details } } }"""
ORDER = "query ($id: ID!) { order(id: $id) { state group { id state } rewards { points state why { label } } } }"
GROUP = """query ($id: ID!) { group(id: $id) {
  state seatsLeft roomId canJoin seats { state isLeader person { name } } mySeat { state } } }"""
SHARE = """mutation ($input: CreateShareLinkInput!) { createShareLink(input: $input) {
  shareLink { code path posterUrl } errors { code } } }"""
MINE = """{ viewer { notifications { edges { node { kind title } } }
  points { pending } membership { pendingAmount { minor } why { detail } }
  invites { pendingPoints rewards { edges { node { points why { label } } } } } } }"""
SAY = """mutation ($input: SendMessageInput!) { sendMessage(input: $input) { event { seq body } errors { code } } }"""
ROOM = (
    "query ($id: ID!) { room(id: $id) { lastSeq members { name } events(afterSeq: 0) { type body actor { name } } } }"
)


def wish(variant_id, address_id, **more):
    return {
        "variantId": variant_id,
        "quantity": 1,
        "addressId": str(address_id),
        "idempotencyKey": str(new_id()),
        **more,
    }


def provider_says_paid(payment_id):
    """The provider's own signed message, at the shop's door."""
    payment = Payment.objects.get(pk=payment_id)
    answer = send_webhook(message_of(make_notice(payment)), at=this_moment())
    assert answer.status_code == 200


def test_two_people_share_buy_together_are_rewarded_and_talk(client, deliver_outbox):
    product = shop_with_campaigns(size=2, price_minor=3990, inviter_points=50, invitee_points=20)
    ali = make_buyer("阿梨", now=this_moment())
    ali_api = Api(ali)

    # 阿梨 sees both prices and opens a group by paying.
    page = Api()(PRODUCT, slug=product.slug)["product"]
    assert page["groupOffer"] == {"size": 2, "price": {"minor": 3990}}
    variant_id = page["variants"][0]["id"]
    opened = ali_api.payload(OPEN, input=wish(variant_id, make_address(ali).id, productId=page["id"]))
    assert opened["errors"] == []
    assert opened["group"] is None
    assert Api()(PRODUCT, slug=product.slug)["product"]["openGroupsCount"] == 0
    provider_says_paid(opened["payment"]["id"])
    deliver_outbox()
    order = ali_api(ORDER, id=opened["order"]["id"])["order"]
    assert (order["state"], order["group"]["state"]) == ("AWAITING_GROUP", "FORMING")
    group_id = order["group"]["id"]

    # She shares it; 小满 opens the link on another device, signs up, joins and pays.
    link = ali_api.payload(SHARE, input={"kind": "GROUP", "targetId": group_id})["shareLink"]
    visit = client.get(f"/s/{link['code']}", headers={"user-agent": PHONE})
    assert visit["Location"].startswith(f"/g/{group_id}?via={link['code']}")
    assert client.get(link["posterUrl"]).headers["Content-Type"] == "image/png"
    visitor = visit.cookies["tz_visitor"].value
    man = make_person("小满", visitor=visitor, now=this_moment())
    deliver_outbox()
    man_api = Api(man, visitor=visitor)
    his_home = make_address(man, phone="+8613800000002", line="天目山路 28 号").id
    joined = man_api.payload(JOIN, input=wish(variant_id, his_home, groupId=group_id, via=link["code"]))
    assert joined["errors"] == []
    assert man_api(GROUP, id=group_id)["group"]["mySeat"]["state"] == "HELD"
    provider_says_paid(joined["payment"]["id"])
    deliver_outbox()

    # The group is full, both have their order, both are told.
    group = man_api(GROUP, id=group_id)["group"]
    assert group["state"] in ("FILLED", "CONFIRMED")
    assert group["seatsLeft"] == 0
    for api, order_id in ((ali_api, opened["order"]["id"]), (man_api, joined["order"]["id"])):
        bought = api(ORDER, id=order_id)["order"]
        assert bought["state"] == "PAID"
        assert any(reward["points"] == 39 and reward["why"] for reward in bought["rewards"])
        kinds = {edge["node"]["kind"] for edge in api(MINE)["viewer"]["notifications"]["edges"]}
        assert any("filled" in kind for kind in kinds)

    # Points and tier progress are pending, each with its reasons; the inviter sees what the invitation is worth.
    mine = ali_api(MINE)["viewer"]
    assert mine["points"]["pending"] == 39 + 50 + 2
    assert mine["membership"]["pendingAmount"]["minor"] == 3990
    assert mine["invites"]["pendingPoints"] == 50
    assert len(mine["invites"]["rewards"]["edges"][0]["node"]["why"]) >= 3
    assert man_api(MINE)["viewer"]["points"]["pending"] == 39 + 20
    assert Click.objects.filter(is_bot=False).count() == 1

    # They talk in the room of the group, and nobody else reads it.
    said = man_api.payload(SAY, input={"roomId": group["roomId"], "clientMessageId": str(new_id()), "body": "坐下了！"})
    assert said["errors"] == []
    room = ali_api(ROOM, id=group["roomId"])["room"]
    assert {member["name"] for member in room["members"]} == {"阿梨", "小满"}
    assert room["events"][-1]["body"] == "坐下了！"
    assert Api(make_buyer("路人", now=this_moment())).ask(ROOM, id=group["roomId"])["data"]["room"] is None

    assert conservation()["difference"] == 0
    assert lots_that_disagree() == []


def test_an_unfilled_group_gives_the_money_back_by_itself(deliver_outbox):
    product = shop_with_campaigns(size=3, price_minor=3990, inviter_points=50, invitee_points=20)
    ali = make_buyer("阿梨", now=this_moment())
    api = Api(ali)
    variant_id = Api()(PRODUCT, slug=product.slug)["product"]["variants"][0]["id"]
    opened = api.payload(OPEN, input=wish(variant_id, make_address(ali).id, productId=str(product.id)))
    provider_says_paid(opened["payment"]["id"])
    deliver_outbox()
    group = Group.objects.get()

    let_pass(group)
    assert api(GROUP, id=str(group.id))["group"]["canJoin"] is False
    expire_due_groups(now=this_moment())
    deliver_outbox()
    refund = Refund.objects.get()
    notice = make_notice(
        refund.payment, kind="refund.succeeded", refund_key=str(refund.id), amount_minor=refund.amount_minor
    )
    assert send_webhook(message_of(notice), at=this_moment()).status_code == 200
    deliver_outbox()

    assert api(ORDER, id=opened["order"]["id"])["order"]["state"] == "REFUNDED"
    assert api(GROUP, id=str(group.id))["group"]["state"] == "FAILED"
    assert api(MINE)["viewer"]["points"]["pending"] == 0
    book = conservation()
    assert (book["refunded"], book["difference"]) == (refund.amount_minor, 0)
