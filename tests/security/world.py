"""A small world in which everybody has something of their own, and the right input of every mutation in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from backend.accounts.actions import follow_person
from backend.accounts.models import Address, Role, User
from backend.cart.actions import add_favourite, add_to_cart
from backend.cart.rules import CartOwner
from backend.catalogue.models import Product
from backend.core.ids import new_id
from backend.fulfilment.actions import Packing, deliver_order, keep_refused_message, pack_parcel, ship_order
from backend.fulfilment.models import CarrierMessage, Shipment, Verdict
from backend.orders.models import Order, OrderLine
from community.forum.actions import follow_topic, like_post
from community.moderation.actions import claim_case
from tests.factories.accounts import make_person
from tests.factories.catalogue import make_picture, make_variant, variant_ids
from tests.factories.community import make_comment, make_post
from tests.factories.flash import buy, make_sale, the_item
from tests.factories.fulfilment import codes_of
from tests.factories.groupbuy import make_group, make_offered_product
from tests.factories.messaging import make_direct_room, say, tell
from tests.factories.moderation import decided, make_report
from tests.factories.orders import make_buyer, make_order
from tests.factories.payments import make_paid_order
from tests.factories.promotions import group_rule, make_campaign, make_running_campaign, this_moment
from tests.factories.referrals import make_link
from tests.security import (
    caring,
    channels,
    contests,
    creators,
    goods,
    groups,
    helping,
    members,
    passkeys,
    quality,
    reviews,
    sharing,
    warehouse,
)
from tests.security.after_sales import inputs_of, make_cases, wish_of
from tests.support.api import Api

ROLES = ("nobody", "stranger", "owner", "moderator", "senior_moderator", "growth", "support", "admin")
STAFF = (Role.MODERATOR, Role.SENIOR_MODERATOR, Role.GROWTH, Role.SUPPORT, Role.ADMIN)


@dataclass
class World:
    """Who lives here, how each of them asks, and what there is, by kind."""

    people: dict[str, User]
    apis: dict[str, Api]
    ids: dict[str, str]
    slugs: dict[str, str]
    numbers: dict[str, int]
    inputs: dict[str, dict[str, Any]]


def make_world() -> World:
    """A world; whatever is private in it is the owner's."""
    now = this_moment()
    people = {name: make_buyer(name.title(), now=now) for name in ("owner", "stranger", "bystander")}
    people |= {role.value: make_person(role.value.title(), roles=(role.value,)) for role in STAFF}
    world = World(
        people=people,
        apis={role: Api(people.get(role), locale="en") for role in ROLES},
        ids={}, slugs={}, numbers={}, inputs={},
    )  # fmt: skip
    for add in (_people, _shop, _cart, _orders, _talk, _moderation, _campaigns, _flash):
        add(world)
    _after_sales(world)
    _put(world, **sharing.make_rewards(world.people["owner"], world.people["growth"]))
    _put(world, **helping.make_tickets(world.people["owner"]))
    _put(
        world,
        **reviews.make_words(people["owner"], people["bystander"], Product.objects.get(slug=world.slugs["product"])),
    )
    _put(world, **members.make_points(world.people["owner"], world.people["support"]))
    _put(world, **creators.make_things(people["owner"], people["growth"]))
    _put(world, **contests.make_contests(people["owner"], people["bystander"]))
    _put(world, **channels.make_channels(people["growth"]))
    _put(world, **caring.make_care(people["owner"], people["growth"], people["support"]))
    _put(world, **passkeys.make_passkeys(people["owner"]))
    _put(world, **quality.make_quality(people["owner"], people, delivered=UUID(world.ids["delivered"])))
    world.inputs = _inputs(world)
    return world


def _put(world: World, **things: Any) -> None:
    for kind, thing in things.items():
        world.ids[kind] = str(thing if isinstance(thing, UUID) else thing.pk)


def _people(world: World) -> None:
    owner = world.people["owner"]
    _put(world, person=world.people["bystander"], owner=owner, address=Address.objects.get(user=owner))
    _put(world, picture=make_picture(owner_id=owner.id), notification=tell(owner), key=new_id())


def _shop(world: World) -> None:
    now = this_moment()
    product = make_offered_product(now=now)
    group = make_group(product, leader=world.people["owner"], now=now)
    open_group = make_group(product, leader=world.people["bystander"], now=now)
    _put(world, product=product, variant=variant_ids(product)[0], group=group, open_group=open_group)
    for name, made in groups.make_tables(world.people["owner"], world.people["bystander"]).items():
        _put(world, **{name: made})
    world.slugs["product"] = product.slug
    world.slugs["link"] = make_link(world.people["owner"], now=now).code


def _cart(world: World) -> None:
    now, owner = this_moment(), world.people["owner"]
    line = add_to_cart(
        owner=CartOwner(user_id=owner.id),
        variant_id=UUID(world.ids["variant"]),
        quantity=1,
        idempotency_key=new_id(),
        now=now,
    )
    add_favourite(user_id=owner.id, product_id=UUID(world.ids["product"]), now=now)
    _put(world, line=line)


def _orders(world: World) -> None:
    now, owner = this_moment(), world.people["owner"]
    paid, shipped, delivered = (make_paid_order(buyer=owner, now=now).order for _ in range(3))
    for order in (shipped, delivered):
        ship_order(order_id=order.id, codes=codes_of(order), actor_id=None, now=now)
    deliver_order(order_id=delivered.id, actor_id=None, now=now)
    _put(world, order=make_order(buyer=owner, now=now).order, paid=paid, shipped=shipped, delivered=delivered)
    packed = [_packed(make_paid_order(buyer=owner, now=now).order, now=now) for _ in range(2)]
    unnumbered = _packed(make_paid_order(buyer=owner, now=now).order, number="", now=now)
    _put(world, packed=packed[0], packed_too=packed[1], unnumbered=unnumbered)
    _put(world, moving=Shipment.objects.get(order=shipped), line=OrderLine.objects.filter(order=paid)[0])
    keep_refused_message(carrier="deer", verdict=Verdict.BAD_SIGNATURE, body=b"{}", now=now)
    _put(world, carrier_message=CarrierMessage.objects.get())


def _packed(order: Order, *, number: str | None = None, now: datetime) -> Shipment:
    """A parcel that has not left."""
    return pack_parcel(
        order_id=order.id, carrier="deer", pieces=None, packing=Packing(), idempotency_key=new_id(), now=now,
        codes=codes_of(order),
        tracking_number=f"DE{order.number}" if number is None else number, actor_id=order.buyer_id,
    )  # fmt: skip


def _after_sales(world: World) -> None:
    cases = make_cases(world.people["owner"], world.people["support"])
    _put(world, **{f"sale_{name}": case_id for name, case_id in cases.items()})
    _put(world, delivered_line=OrderLine.objects.filter(order_id=world.ids["delivered"])[0])


def _talk(world: World) -> None:
    now, owner, bystander = this_moment(), world.people["owner"], world.people["bystander"]
    room = make_direct_room(bystander, owner, now=now)
    world.numbers["seq"] = say(room, owner, now=now).seq
    post = make_post(owner, now=now)
    other = make_post(bystander, title="别人的多肉", now=now)
    _put(world, room=room, post=post, comment=make_comment(owner, post, now=now))
    _put(world, other_post=other, other_comment=make_comment(bystander, post, now=now))
    follow_person(follower_id=world.people["stranger"].id, followee_id=owner.id, now=now)
    follow_topic(user_id=world.people["stranger"].id, slug="plants")
    world.slugs["topic"] = "plants"


def _moderation(world: World) -> None:
    now, moderator = this_moment(), world.people["moderator"]
    case = make_report(make_post(world.people["owner"], now=now), by=world.people["bystander"], now=now).case
    held = claim_case(case_id=case.id, moderator_id=moderator.id, is_senior=False, now=now)
    world.numbers |= {"fence": held.fence, "version": held.version, "evidence": held.evidence_revision}
    free = make_report(make_post(world.people["owner"], now=now), by=world.people["stranger"], now=now).case
    past = make_report(make_post(world.people["bystander"], now=now), by=world.people["stranger"], now=now).case
    limited = make_post(world.people["owner"], title="只限看的多肉", now=now)
    for content in (limited, make_comment(world.people["owner"], limited, now=now)):
        report = make_report(content, by=world.people["stranger"], now=now)
        decided(report.case, by=moderator, action="LIMIT", now=now)
    like_post(user_id=world.people["stranger"].id, post_id=limited.id, now=now)
    _put(world, limited=limited)
    _put(world, case=held, free_case=free, past_case=past, decision=decided(past, by=moderator, now=now))


def _campaigns(world: World) -> None:
    product = make_offered_product()
    draft = make_campaign([group_rule([product])])
    running = make_running_campaign([group_rule([product])])
    _put(world, draft=draft, running=running)
    world.numbers |= {"draft_version": draft.version, "running_version": running.version}


def _flash(world: World) -> None:
    sale, coming = make_sale(), make_sale(starts_in=timedelta(hours=3), is_stocked=False)
    gone = make_sale(quota=1)
    buy(gone)
    _put(world, flash=sale, flash_variant=the_item(sale).variant_id, flash_coming=coming, flash_gone=gone)
    _put(world, flash_gone_variant=the_item(gone).variant_id, sold_out=make_variant(stock=0, now=this_moment()))


def campaign_input(world: World) -> dict[str, Any]:
    """A campaign as the console sends it."""
    now = this_moment()
    params = {"productIds": [world.ids["product"]], "size": 3, "ttlHours": 24, "discountBps": 2000}
    return {
        "names": {"zh-Hans": "冬至", "zh-Hant": "冬至", "en": "Solstice"},
        "startsAt": (now + timedelta(minutes=1)).isoformat(),
        "endsAt": (now + timedelta(days=4)).isoformat(),
        "audience": {"who": "all"},
        "budgetMoney": 500_000,
        "budgetPoints": 500,
        "rules": [{"kind": "group_price", "isEnabled": True, "params": params}],
    }


def arguments_of(world: World, root: str, name: str) -> dict[str, Any]:
    """What a root field is asked with: things of the owner. A field without an entry here takes no arguments."""
    if root == "Mutation":
        return {"input": world.inputs[name]}
    ids = world.ids
    given: dict[str, dict[str, Any]] = {
        **creators.arguments_of(ids),
        **goods.arguments_of(ids),
        **groups.arguments_of(ids),
        **sharing.arguments_of(ids),
        **contests.arguments_of(ids),
        **members.arguments_of(ids),
        **helping.arguments_of(ids),
        **caring.arguments_of(ids),
        **channels.arguments_of(ids),
        **quality.arguments_of(ids),
        **reviews.arguments_of(ids),
        "Query.afterSaleCase": {"id": ids["sale_fresh"]},
        "Query.afterSaleChoices": {"orderId": ids["delivered"]},
        "Query.afterSalePreview": {"wish": wish_of(ids)},
        "Query.campaign": {"id": ids["draft"]},
        "Query.campaignPreview": {"input": campaign_input(world)},
        "Query.carriersTo": {"province": "浙江省", "pieces": 1},
        "Query.deliveryEstimate": {"province": "浙江省", "pieces": 1},
        "Query.deskOrder": {"id": ids["paid"]},
        "Query.deskOrders": {"show": "TO_SEND", "words": None},
        "Query.cockpit": {"campaignId": ids["running"]},
        "Query.flashOfProduct": {"productId": ids["product"]},
        "Query.group": {"id": ids["group"]},
        "Query.moderationCase": {"id": ids["case"]},
        "Query.myFlash": {"saleIds": [ids["flash"]]},
        "Query.openGroups": {"productId": ids["product"]},
        "Query.order": {"id": ids["order"]},
        "Query.post": {"id": ids["post"]},
        "Query.posts": {"topic": "plants", "productId": None, "authorId": ids["owner"]},
        "Query.product": {"slug": world.slugs["product"]},
        "Query.products": {"filter": {"query": "多肉"}},
        "Query.profile": {"id": ids["owner"]},
        "Query.quote": {"input": {"lines": [{"variantId": ids["variant"], "quantity": 1}], "addressId": ids["address"],
                                  "groupProductId": None, "groupId": None}},
        "Query.reconciliation": {"id": ids["key"]},
        "Query.statementDifferences": {"reconciliationId": ids["key"]},
        "Query.room": {"id": ids["room"]},
        "Query.shareLink": {"code": world.slugs["link"]},
        "Query.stockMovements": {"variantId": ids["variant"]},
        "Query.stockRows": {"words": "", "which": "ALL"},
        "Query.topic": {"slug": world.slugs["topic"]},
        "Query.watchedVariants": {"productId": ids["product"]},
        "Subscription.campaignChanged": {"id": ids["running"]},
        "Subscription.groupChanged": {"id": ids["group"]},
        "Subscription.productChanged": {"id": ids["product"]},
        "Subscription.roomChanged": {"id": ids["room"]},
    }  # fmt: skip
    return given.get(f"{root}.{name}", {})


def _inputs(world: World) -> dict[str, dict[str, Any]]:
    ids, key = world.ids, {"idempotencyKey": world.ids["key"]}
    bought = {"variantId": ids["variant"], "quantity": 1, "addressId": ids["address"], **key}
    lease = {"caseId": ids["case"], "fence": world.numbers["fence"]}
    draft = {"id": ids["draft"], "version": world.numbers["draft_version"]}
    running = {"id": ids["running"], "version": world.numbers["running_version"]}
    person, topic = {"personId": ids["person"]}, {"slug": "plants"}
    words = {"statement": "标题里写了微信号，引导私下交易。", **key}
    return {
        **inputs_of(ids, key),
        **creators.inputs_of(ids),
        **goods.inputs_of(ids, key),
        **groups.inputs_of(ids),
        **sharing.inputs_of(ids),
        **contests.inputs_of(ids),
        **members.inputs_of(ids),
        **warehouse.inputs_of(ids, key),
        **helping.inputs_of(ids, key),
        **caring.inputs_of(ids, key),
        **channels.inputs_of(ids, key),
        **quality.inputs_of(ids, key),
        **reviews.inputs_of(ids),
        **passkeys.inputs_of(ids),
        "addFavourite": {"productId": ids["product"]},
        "addToCart": {"variantId": ids["variant"], "quantity": 1, **key},
        "abortFlashSale": {"saleId": ids["flash"]},
        "checkIn": {},
        "addComment": {"postId": ids["other_post"], "body": "好看！", "replyToId": None, **key},
        "blockPerson": person,
        "cancelOrder": {"orderId": ids["order"], **key},
        "changeCartLine": {"lineId": ids["line"], "quantity": 2, "isSelected": True, "version": 0},
        "choosePayment": {"orderId": ids["order"], "provider": "sandbox"},
        "chooseDelivery": {"orderId": ids["order"], "day": None, "window": None},
        "buyAgain": {"orderId": ids["order"]},
        "changeOrderAddress": {"orderId": ids["order"], "addressId": ids["address"]},
        "hideOrder": {"orderId": ids["order"]},
        "requestInvoice": {"orderId": ids["paid"], "way": "ELECTRONIC", "title": "王小满", "taxNumber": None},
        "claimCase": {"id": ids["free_case"]},
        "confirmPayment": {"paymentId": ids["key"]},
        "confirmReceipt": {"orderId": ids["delivered"]},
        "createPost": {"topic": "plants", "title": "多肉", "body": "养了一年，换了陶盆。",
                       "pictureIds": [ids["picture"]], "productId": ids["product"], **key},
        "createShareLink": {"kind": "GROUP", "targetId": ids["group"]},
        "decideCase": {**lease, "version": world.numbers["version"], "evidenceRevision": world.numbers["evidence"],
                       "action": "REMOVE", "policy": "P2", **words},
        "decideRisk": {"id": ids["key"], "isReleased": False, "note": "x"},
        "deleteAddress": {"id": ids["address"]},
        "deleteComment": {"id": ids["comment"]},
        "deletePost": {"id": ids["post"]},
        "deliverOrder": {"orderId": ids["shipped"]},
        "deliverParcel": {"shipmentId": ids["moving"]},
        "endCampaign": {"id": ids["running"], "stopManner": "LET_FINISH"},
        "extendCompletion": {"orderId": ids["delivered"]},
        "giveTrackingNumber": {"shipmentId": ids["unnumbered"], "trackingNumber": "DE0000000001"},
        "packParcel": {"orderId": ids["paid"], "carrier": "deer", "lines": [{"lineId": ids["line"], "quantity": 1}],
                       "codes": [OrderLine.objects.get(pk=ids["line"]).variant.sku],
                       "trackingNumber": "DE0000000002", "packaging": "FRAGILE", "thanks": "谢谢", "gift": "贴纸",
                       **key},
        "readAddress": {"orderId": ids["order"], "reason": "买家来电"},
        "reviewCarrierMessage": {"messageId": ids["carrier_message"]},
        "sendBatch": {"table": "260501ABCDEFGH,deer,DE0000000003"},
        "sendParcel": {"shipmentId": ids["packed"]},
        "unpackParcel": {"shipmentId": ids["packed_too"]},
        "escalateCase": {**lease, "note": "拿不准"},
        "followPerson": person,
        "followTopic": topic,
        "joinGroup": {"groupId": ids["open_group"], "lateChoice": "REFUND", "via": world.slugs["link"], **bought},
        "joinFlashLine": {"saleId": ids["flash_gone"], "variantId": ids["flash_gone_variant"]},
        "leaveFlashLine": {"saleId": ids["flash_gone"], "variantId": ids["flash_gone_variant"]},
        "leaveGroup": {"groupId": ids["group"], **key},
        "likeComment": {"commentId": ids["other_comment"]},
        "likePost": {"postId": ids["other_post"]},
        "markNotificationsRead": {"ids": [ids["notification"]], "all": False},
        "markRoomRead": {"roomId": ids["room"], "seq": world.numbers["seq"]},
        "mergeCart": {"version": 1},
        "moveToFavourites": {"lineId": ids["line"]},
        "openGroup": {"productId": ids["product"], "lateChoice": "REFUND", "via": world.slugs["link"], **bought},
        "pauseCampaign": running,
        "payOrder": {"orderId": ids["order"]},
        "placeOrder": {"lines": [{"variantId": ids["variant"], "quantity": 1}], "addressId": ids["address"],
                       "quoteHash": "0" * 64, "via": world.slugs["link"], **key},
        "recallMessage": {"roomId": ids["room"], "seq": world.numbers["seq"]},
        "releaseCase": lease,
        "remindOfFlash": {"saleId": ids["flash_coming"], "isWanted": True},
        "removeCartLines": {"lineIds": [ids["line"]]},
        "removeFavourite": {"productId": ids["product"]},
        "renewLease": lease,
        "resolveDifference": {"id": ids["key"], "resolution": "ACCEPT", "note": "x"},
        "retryRefund": {"id": ids["key"]},
        "reviewProviderEvent": {"id": ids["key"], "note": "x"},
        "reportContent": {"kind": "POST", "targetId": ids["other_post"], "category": "SPAM", "detail": "看标题", **key},
        "resumeCampaign": running,
        "reverseDecision": {"decisionId": ids["decision"], **words},
        "saveAddress": {"id": ids["address"], "name": "王小满", "phone": "13800138000", "province": "浙江省",
                        "city": "杭州市", "district": "西湖区", "line": "文三路 1 号", "isDefault": True},
        "saveCampaign": {**draft, **campaign_input(world)},
        "selectCartLines": {"isSelected": False},
        "sendMessage": {"roomId": ids["room"], "clientMessageId": ids["key"], "body": "你好", "sticker": None,
                        "productId": None},
        "setLowMark": {"variantId": ids["variant"], "lowMark": 3},
        "setOnHand": {"variantId": ids["variant"], "onHand": 500, "reason": "盘点"},
        "setLateChoice": {"groupId": ids["group"], "choice": "REFUND"},
        "shipOrder": {"orderId": ids["paid"], "codes": codes_of(Order.objects.get(pk=ids["paid"]))},
        "snoozeCase": {**lease, "until": (this_moment() + timedelta(hours=1)).isoformat()},
        "startCampaign": {**draft, **key},
        "startDirectRoom": person,
        "takeFlashToken": {"saleId": ids["flash"], "variantId": ids["flash_variant"]},
        "unblockPerson": person,
        "undoCartRemoval": {"version": 1},
        "unfollowPerson": person,
        "unfollowTopic": topic,
        "unlikeComment": {"commentId": ids["other_comment"]},
        "unlikePost": {"postId": ids["other_post"]},
        "unwatchStock": {"variantId": ids["sold_out"]},
        "updateProfile": {"name": "小满", "bio": "爱团购", "face": "1f43c", "pictureId": ids["picture"], "locale": "en",
                          "isListed": True},
        "watchStock": {"variantId": ids["sold_out"]},
    }  # fmt: skip
