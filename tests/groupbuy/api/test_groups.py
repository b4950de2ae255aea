"""Groups through the API: as nobody, a stranger, a member, and within a fixed number of statements."""

from uuid import UUID

import pytest

from backend.accounts.models import Address
from backend.checkout.actions.place_order import placed_order
from backend.core.freshness import bump
from backend.core.ids import new_id
from groupbuy.models import Group, Seat
from tests.factories.catalogue import variant_ids
from tests.factories.groupbuy import hold, join, let_pass, make_group, make_offered_product
from tests.factories.orders import make_buyer
from tests.factories.payments import pay
from tests.factories.promotions import group_rule, make_running_campaign, this_moment
from tests.support.api import Api
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db

GROUP = """
query Group($id: ID!) { group(id: $id) {
  id state size seatsTaken seatsLeft price { minor } singlePrice { minor } deadlineAt serverNow version canJoin whyNot
  roomId lateChoice leader { id name face } product { slug title }
  seats { number state isLeader isMine heldUntil paidAt person { id name face isSelf } }
  mySeat { number state } myOrder { number state } refundTimeline { key label at isDone }
} }
"""
OPEN_GROUPS = """
query Open($productId: ID, $first: Int) { openGroups(productId: $productId, first: $first) {
  edges { node { id seatsLeft price { minor } product { title picture { src } } leader { name face }
  seats { number person { face } } } cursor } pageInfo { hasNextPage } } }
"""
PRODUCT = """
query Product($slug: String!) { product(slug: $slug) {
  id openGroupsCount groupOffer { size price { minor } ttlHours endsAt perUserLimit rules }
  variants { id price { minor } groupPrice { minor } } openGroups(first: 2) { id seatsLeft product { slug } }
} }
"""
PRODUCTS = """
{ products(first: 30) { edges { node { id openGroupsCount groupOffer { size price { minor } }
  variants { groupPrice { minor } } openGroups(first: 2) { id } } } } }
"""
JOIN = """
mutation Join($input: JoinGroupInput!) { joinGroup(input: $input) {
  seat { number state isMine heldUntil } order { id kind total { minor } discount { minor } } payment { payUrl }
  errors { code message field details } } }
"""
OPEN = """
mutation Open($input: OpenGroupInput!) { openGroup(input: $input) {
  group { id } order { id state total { minor } group { id } } payment { payUrl } errors { code } } }
"""
LEAVE = """
mutation Leave($input: LeaveGroupInput!) { leaveGroup(input: $input) {
  group { seatsTaken } order { state } errors { code } } }
"""
MINE = """
query Mine($state: GroupState) { viewer { groups(state: $state) { edges { node { id mySeat { state } myOrder { number }
  product { title } } } } } }
"""


def wanted(product, buyer, **fields):
    """What a buyer sends."""
    address_id = Address.objects.values_list("pk", flat=True).get(user=buyer)
    return {
        "variantId": str(variant_ids(product)[0]),
        "addressId": str(address_id),
        "idempotencyKey": str(new_id()),
        **fields,
    }


def test_nobody_sees_faces_and_no_names():
    group = make_group(leader=make_buyer("Leander", now=this_moment()))

    shown = Api()(GROUP, id=group.id)["group"]

    assert shown["leader"]["name"] == "L**"
    assert shown["leader"]["id"] != str(group.leader_id)
    assert shown["leader"]["face"]
    assert (shown["canJoin"], shown["roomId"], shown["mySeat"], shown["myOrder"]) == (True, None, None, None)
    assert (shown["price"]["minor"], shown["singlePrice"]["minor"]) == (4792, 5990)


def test_a_member_sees_names_the_room_and_the_own_order():
    group = make_group(leader=make_buyer("Leander", now=this_moment()))
    placed = join(group)

    shown = Api(placed.order.buyer)(GROUP, id=group.id)["group"]

    assert shown["leader"]["name"] == "Leander"
    assert shown["roomId"] == str(group.room_id)
    assert shown["myOrder"]["number"] == placed.order.number
    assert shown["mySeat"]["state"] == "PAID"
    assert [seat["isMine"] for seat in shown["seats"]] == [False, True]
    assert shown["canJoin"] is False
    assert shown["whyNot"]


def test_a_group_past_its_deadline_is_shown_as_expired():
    group = make_group()
    let_pass(group)

    shown = Api()(GROUP, id=group.id)["group"]

    assert (shown["state"], shown["canJoin"]) == ("EXPIRED", False)
    assert Group.objects.get().state == "FORMING"


def test_a_group_that_is_not_there_is_nothing():
    assert Api()(GROUP, id=new_id())["group"] is None


def test_nobody_cannot_take_a_seat():
    group = make_group()
    buyer = make_buyer("Ghost", now=this_moment())

    answer = Api().payload(JOIN, input=wanted(group.product, buyer, groupId=str(group.id)))

    assert [error["code"] for error in answer["errors"]] == ["SIGN_IN_REQUIRED"]
    assert Seat.objects.count() == 1


def test_joining_gives_a_held_seat_an_order_and_a_place_to_pay():
    group = make_group()
    buyer = make_buyer("Joy", now=this_moment())

    answer = Api(buyer).payload(JOIN, input=wanted(group.product, buyer, groupId=str(group.id), lateChoice="REFUND"))

    assert answer["errors"] == []
    assert (answer["seat"]["state"], answer["seat"]["isMine"]) == ("HELD", True)
    assert (answer["order"]["kind"], answer["order"]["discount"]["minor"]) == ("group", 1198)
    assert answer["payment"]["payUrl"]


def test_a_full_group_answers_with_the_choices():
    group = make_group(size=2)
    join(group)
    buyer = make_buyer("Tardy", now=this_moment())

    answer = Api(buyer).payload(JOIN, input=wanted(group.product, buyer, groupId=str(group.id)))

    (error,) = answer["errors"]
    assert error["code"] == "GROUP_FULL"
    assert [choice["kind"] for choice in error["details"]["choices"]] == ["OPEN_OWN", "AUTO_MATCH", "REFUND"]
    assert (answer["seat"], answer["order"]) == (None, None)


def test_opening_gives_an_order_and_the_group_once_it_is_paid():
    product = make_offered_product()
    buyer = make_buyer("Opal", now=this_moment())
    given = wanted(product, buyer, productId=str(product.id))
    answer = Api(buyer).payload(OPEN, input=given)
    assert (answer["errors"], answer["group"], answer["order"]["group"]) == ([], None, None)

    pay(placed_order(UUID(answer["order"]["id"])), now=this_moment())

    again = Api(buyer).payload(OPEN, input=given)
    assert again["order"]["id"] == answer["order"]["id"]
    assert again["group"]["id"] == again["order"]["group"]["id"] == str(Group.objects.get().id)


def test_leaving_gives_the_order_up():
    group = make_group()
    placed = join(group)

    answer = Api(placed.order.buyer).payload(LEAVE, input={"groupId": str(group.id), "idempotencyKey": str(new_id())})

    assert answer == {"group": {"seatsTaken": 1}, "order": {"state": "CANCELLED"}, "errors": []}


def test_a_stranger_has_no_seat_to_leave():
    group = make_group()
    buyer = make_buyer("Mallory", now=this_moment())

    answer = Api(buyer).payload(LEAVE, input={"groupId": str(group.id), "idempotencyKey": str(new_id())})

    assert [error["code"] for error in answer["errors"]] == ["SEAT_CANNOT_BE_LEFT"]
    assert Group.objects.get().seats_taken == 1


def test_the_product_page_shows_the_offer_and_groups_nearest_to_being_full():
    product = make_offered_product(size=4, perUserOpen=2)
    make_group(product)
    nearest = make_group(product)
    hold(nearest)

    shown = Api()(PRODUCT, slug=product.slug)["product"]

    assert shown["openGroupsCount"] == 2
    assert (shown["groupOffer"]["size"], shown["groupOffer"]["price"]["minor"]) == (4, 4792)
    assert shown["groupOffer"]["perUserLimit"] == 2
    assert shown["variants"][0]["groupPrice"]["minor"] == 4792
    assert shown["openGroups"][0]["id"] == str(nearest.id)


def test_the_lowest_of_two_offers_counts_everywhere():
    product = make_offered_product(discountBps=1000)
    make_running_campaign([group_rule([product], discountBps=3000, size=5)])

    shown = Api()(PRODUCT, slug=product.slug)["product"]

    assert (shown["groupOffer"]["size"], shown["groupOffer"]["price"]["minor"]) == (5, 4193)
    assert shown["variants"][0]["groupPrice"]["minor"] == 4193


def test_a_list_of_products_asks_as_many_statements_at_two_as_at_twenty():
    for _ in range(2):
        make_group(make_offered_product())
    two = queries_of(lambda: Api()(PRODUCTS))
    bump("catalogue")
    for _ in range(6):
        make_group(make_offered_product())

    eight = queries_of(lambda: Api()(PRODUCTS))

    assert len(Api()(PRODUCTS)["products"]["edges"]) == 8
    assert eight == two <= 4


def test_a_list_of_groups_asks_as_many_statements_at_two_as_at_twenty():
    product = make_offered_product()
    viewer = make_buyer("Viewer", now=this_moment())
    for _ in range(2):
        make_group(product)
    api = Api(viewer)
    two = queries_of(lambda: api(OPEN_GROUPS, first=20))
    for _ in range(6):
        join(make_group(make_offered_product()))

    eight = queries_of(lambda: api(OPEN_GROUPS, first=20))
    shown = api(OPEN_GROUPS, first=20)["openGroups"]["edges"]

    assert len(shown) == 8
    assert [edge["node"]["seatsLeft"] for edge in shown] == [1] * 6 + [2] * 2
    assert eight == two


def test_my_groups_are_mine_alone():
    group = make_group()
    placed = join(group)
    make_group()

    mine = Api(placed.order.buyer)(MINE)["viewer"]["groups"]["edges"]
    expired = Api(placed.order.buyer)(MINE, state="EXPIRED")["viewer"]["groups"]["edges"]

    assert [edge["node"]["id"] for edge in mine] == [str(group.id)]
    assert mine[0]["node"]["myOrder"]["number"] == placed.order.number
    assert expired == []


def test_the_room_of_a_group_shows_its_group():
    group = make_group()

    shown = Api(group.leader)(
        "query Room($id: ID!) { room(id: $id) { title group { id seatsLeft } } }", id=group.room_id
    )["room"]

    assert shown["group"] == {"id": str(group.id), "seatsLeft": 2}


def test_a_list_of_rooms_asks_as_many_statements_at_two_as_at_twenty():
    leader = make_buyer("Leader", now=this_moment())
    product = make_offered_product()
    api = Api(leader)
    text = "{ viewer { rooms { edges { node { id group { id } } } } } }"
    for _ in range(2):
        make_group(product, leader=leader)
    two = queries_of(lambda: api(text))
    for _ in range(4):
        make_group(product, leader=leader)

    assert queries_of(lambda: api(text)) == two
    assert all(edge["node"]["group"] for edge in api(text)["viewer"]["rooms"]["edges"])
