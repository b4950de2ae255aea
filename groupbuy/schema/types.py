"""The types of group buying, and what they add to products, variants, orders, rooms and the viewer."""

from __future__ import annotations

from typing import Any

import graphene

from backend.accounts.schema.types import PersonType, ViewerType
from backend.catalogue.schema.loaders import preload_products, product_of
from backend.catalogue.schema.types import ProductType, VariantType
from backend.core.graphql import DateTime, MoneyType, ObjectType, connection_field, extend, object_field
from backend.core.languages import translate
from backend.insights.schema.types import CockpitType
from backend.messaging.schema.types import RoomType
from backend.orders.schema.loaders import load_for_orders
from backend.orders.schema.types import OrderType, TimelineStepType
from backend.orders.selectors import orders_by_id
from backend.payments.models import AuthorisationState
from groupbuy import selectors
from groupbuy.models import GroupState, LateChoice, MoneyTaken, SeatState
from groupbuy.schema.faces import leader_of, person_of
from groupbuy.schema.parts import LadderStepType, LotteryType, MergeOfferType, WaitType, lottery_of, moment
from groupbuy.schema.words import offer_rules, refund_timeline, why_not

GroupStateEnum = graphene.Enum(
    "GroupState", [(state.value, state.value) for state in GroupState], description="Where a group stands."
)
SeatStateEnum = graphene.Enum(
    "SeatState", [(state.value, state.value) for state in SeatState], description="Where a seat stands."
)
LateChoiceEnum = graphene.Enum(
    "LateChoice",
    [(choice.value, choice.value) for choice in LateChoice],
    description="What to do when the money arrives too late for the group.",
)


def wish_of(info: Any) -> selectors.GroupWish:
    """Who asks, at what time."""
    return selectors.GroupWish(viewer_id=info.context.viewer.user_id, now=info.context.now)


class GroupOfferType(ObjectType):
    """What a product costs together, and how that works."""

    id = graphene.ID(required=True, description="The offer's id.")
    campaign_id = graphene.ID(required=True, description="The campaign it belongs to.")
    size = graphene.Int(required=True, description="How many people make a group.")
    price_size = object_field(
        graphene.Int,
        lambda row, info: row["ladder"][0]["size"] if row["ladder"] else row["size"],
        required=True,
        description="From how many people on the price holds; with a ladder fewer than fill the group.",
    )
    price = object_field(
        MoneyType, lambda row, info: row["least"], required=True, description="The lowest group price of the product."
    )
    ladder = object_field(
        graphene.List(graphene.NonNull(LadderStepType)),
        lambda row, info: row["ladder"],
        required=True,
        size=5,
        description="What it costs the more people come; empty if the price is fixed.",
    )
    lottery = object_field(LotteryType, lottery_of, description="That the group is drawn, with its chances.")
    leader_points = graphene.Int(
        required=True, description="What the one who opens a group earns once its people have kept their goods."
    )
    order_limit = graphene.Int(description="How many pieces one order may have.")
    ttl_hours = graphene.Int(required=True, description="How long a group may stay open.")
    holds_money_first = object_field(
        graphene.Boolean,
        lambda row, info: row["money_taken"] == MoneyTaken.WHEN_FULL,
        required=True,
        description="Whether money is only held until the group is full, where the way to pay allows it.",
    )
    ends_at = graphene.Field(DateTime, required=True, description="Until when groups can be opened.")
    per_user_limit = object_field(
        graphene.Int, lambda row, info: row["open_limit"], description="How many groups one person may open."
    )
    rules = object_field(
        graphene.List(graphene.NonNull(graphene.String)),
        lambda row, info: offer_rules(row),
        required=True,
        size=4,
        description="The rules in plain sentences.",
    )


class SeatType(ObjectType):
    """One place in a group."""

    number = graphene.Int(required=True, description="Its number in the group; never given twice.")
    state = graphene.Field(SeatStateEnum, required=True, description="Where it stands.")
    person = object_field(
        PersonType,
        person_of,
        personal=True,
        description="Who has it. Strangers see a face and the first letter of the name.",
    )
    is_leader = object_field(
        graphene.Boolean,
        lambda seat, info: seat["buyer_id"] == str(seat["group"]["leader_id"]),
        required=True,
        description="Whether this person leads the group.",
    )
    is_mine = object_field(
        graphene.Boolean,
        lambda seat, info: seat["buyer_id"] == str(info.context.viewer.user_id),
        required=True,
        personal=True,
        description="Whether it is the viewer's.",
    )
    held_until = object_field(
        DateTime, lambda seat, info: moment(seat["held_until"]), description="Until when it waits for its payment."
    )
    paid_at = object_field(DateTime, lambda seat, info: moment(seat["paid_at"]), description="When it was paid.")


def _my_order(row: dict[str, Any], info: Any) -> Any:
    if row["my_order_id"] is None:
        return None
    known = info.context.loaders.setdefault("groupbuy.orders", {})
    if row["my_order_id"] not in known:
        known.update(orders_by_id(row["my_orders"], now=info.context.now))
    return known.get(row["my_order_id"])


def _product(row: dict[str, Any], info: Any) -> Any:
    preload_products(info, row["siblings"])
    return product_of(info, row["product_id"])


class GroupType(ObjectType):
    """People who buy one product together."""

    id = graphene.ID(required=True, description="The group's id.")
    state = object_field(
        GroupStateEnum, lambda row, info: row["shown_state"], required=True, description="Where it stands now."
    )
    product = object_field(ProductType, _product, required=True, description="What is bought.")
    size = graphene.Int(required=True, description="How many people make it full.")
    seats_taken = graphene.Int(required=True, description="Seats that are held or paid.")
    seats_left = graphene.Int(required=True, description="Seats that are free.")
    price = object_field(
        MoneyType, lambda row, info: row["price_minor"] or 0, required=True, description="The price in this group."
    )
    single_price = object_field(
        MoneyType,
        lambda row, info: row["single_minor"] or row["price_minor"] or 0,
        required=True,
        description="The price of buying alone.",
    )
    paid_price = object_field(
        MoneyType,
        lambda row, info: row["paid_minor"] or 0,
        required=True,
        description="What is paid beforehand; with a ladder the difference comes back when it closes.",
    )
    ladder = object_field(
        graphene.List(graphene.NonNull(LadderStepType)),
        lambda row, info: row["ladder"],
        required=True,
        size=5,
        description="What it costs the more people come; empty if the price is fixed.",
    )
    lottery = object_field(LotteryType, lottery_of, description="That the group is drawn, with its chances.")
    holds_money_first = object_field(
        graphene.Boolean,
        lambda row, info: row["money_taken"] == MoneyTaken.WHEN_FULL,
        required=True,
        description="Whether money is only held until the group is full, where the way to pay allows it.",
    )
    my_money_is_held = object_field(
        graphene.Boolean,
        lambda row, info: bool(row["my_hold"]) and row["my_hold"]["state"] != AuthorisationState.CAPTURED,
        required=True,
        personal=True,
        description="Whether the viewer's money is, or was, only held and not taken.",
    )
    platform_seats = graphene.Int(required=True, description="Seats that the shop has paid for itself at the deadline.")
    leader_points = graphene.Int(
        required=True, description="What the one who opens it earns once its people have kept their goods."
    )
    my_leader_discount = object_field(
        MoneyType,
        lambda row, info: (row["my_wish"] or {}).get("leader_discount_minor") or None,
        personal=True,
        description="What the viewer, who opened it, paid less; a part goes back if too many give their goods back.",
    )
    my_wait = object_field(
        WaitType,
        lambda row, info: row["my_wait"],
        personal=True,
        description="The viewer's place in the line; empty without one.",
    )
    merge_offers = object_field(
        graphene.List(graphene.NonNull(MergeOfferType)),
        lambda row, info: row["merges"],
        required=True,
        personal=True,
        size=2,
        description="Groups that ask the viewer, who leads this one, to sit at one table.",
    )
    allows_merge = object_field(
        graphene.Boolean,
        lambda row, info: row["allow_merge"],
        required=True,
        description="Whether its leader may put it together with another group.",
    )
    merged_into_id = graphene.ID(description="The group in which its people sit now, if it was put together.")
    my_difference = object_field(
        MoneyType,
        lambda row, info: row["my_seat"]["difference_minor"] or None if row["my_seat"] else None,
        personal=True,
        description="What comes back to the viewer because a lower price was reached.",
    )
    seats_missing = object_field(
        graphene.Int,
        lambda row, info: max(0, row["size"] - row["may_lack"] - row["seats_paid"]),
        required=True,
        description="How many more must pay for the group to succeed at its deadline.",
    )
    deadline_at = graphene.Field(DateTime, required=True, description="When it must be full.")
    server_now = object_field(
        DateTime, lambda row, info: info.context.now, required=True, description="The time of the server."
    )
    leader = object_field(
        PersonType, leader_of, required=True, personal=True, description="Who opened it, or leads it now."
    )
    seats = object_field(
        graphene.List(graphene.NonNull(SeatType)),
        lambda row, info: [seat for seat in row["seats"] if seat["state"] not in ("REFUNDED",)] or row["seats"],
        required=True,
        size=5,
        description="Its seats in the order in which they were taken.",
    )
    my_seat = object_field(SeatType, personal=True, description="The viewer's seat.")
    my_order = object_field(OrderType, _my_order, personal=True, description="The viewer's order for this group.")
    can_join = object_field(
        graphene.Boolean,
        lambda row, info: why_not(row) is None,
        required=True,
        personal=True,
        description="Whether the viewer can take a seat now.",
    )
    why_not = object_field(
        graphene.String, lambda row, info: why_not(row), personal=True, description="Why not, and what to do instead."
    )
    room_id = object_field(
        graphene.ID,
        lambda row, info: row["room_id"] if row["my_seat"] and row["my_seat"]["paid_at"] else None,
        personal=True,
        description="The group's room, for members.",
    )
    version = graphene.Int(required=True, description="Grows with each change.")
    filled_at = graphene.Field(DateTime, description="When it became full.")
    refund_timeline = object_field(
        graphene.List(graphene.NonNull(TimelineStepType)),
        lambda row, info: refund_timeline(row),
        required=True,
        personal=True,
        size=3,
        description="How the viewer's money comes back; empty while it does not.",
    )
    late_choice = object_field(
        LateChoiceEnum,
        lambda row, info: row["my_wish"]["late_choice"] if row["my_wish"] else None,
        personal=True,
        description="What the viewer wants if the money arrives too late.",
    )


class GroupHintType(ObjectType):
    """A group has changed: read it again if the version is newer."""

    id = graphene.ID(required=True, description="The group's id.")
    version = graphene.Int(required=True, description="Grows with each change.")
    state = graphene.Field(GroupStateEnum, required=True, description="Where it stands.")
    seats_taken = graphene.Int(required=True, description="Seats that are held or paid.")
    size = graphene.Int(required=True, description="How many people make it full.")


def _offer(row: Any, info: Any) -> Any:
    now = info.context.now
    found = row["batch"].load("groupbuy.offers", lambda ids: selectors.offers_of_products(ids, now=now))
    return found.get(row["id"])


def _open_groups(row: Any, info: Any, first: int) -> Any:
    wish = wish_of(info)
    name = f"groupbuy.open:{first}"
    found = row["batch"].load(name, lambda ids: selectors.groups_of_products(ids, most=first, wish=wish))
    siblings = list(row["batch"].product_ids)
    known = info.context.loaders.setdefault("catalogue.products", {})
    known.setdefault(row["id"], row)
    groups = found.get(row["id"], [])
    for group in groups:
        group["siblings"] = siblings
    return groups


def _open_count(row: Any, info: Any) -> int:
    now = info.context.now
    found = row["batch"].load("groupbuy.counts", lambda ids: selectors.open_group_counts(ids, now=now))
    return int(found.get(row["id"], 0))


def _order_group(row: Any, info: Any) -> Any:
    wish = wish_of(info)
    return load_for_orders(row, info, "groupbuy.group", lambda ids: selectors.groups_of_orders(ids, wish=wish))


def _room_group(row: Any, info: Any) -> Any:
    if row.get("subject_type") != "group":
        return None
    known = info.context.loaders.setdefault("groupbuy.rooms", {})
    subject = row["subject_id"]
    if subject not in known:
        siblings = row.get("sibling_subjects") or [subject]
        known.update(dict.fromkeys(siblings) | selectors.groups_of_rooms(siblings, wish=wish_of(info)))
    return known.get(subject)


extend(
    ProductType,
    group_offer=object_field(GroupOfferType, _offer, description="What it costs together, where that is offered."),
    open_groups=object_field(
        graphene.List(graphene.NonNull(GroupType)),
        _open_groups,
        required=True,
        size=3,
        description="Groups that can be joined, those nearest to being full first.",
        first=graphene.Argument(graphene.Int, default_value=3, description="How many, 1 to 100."),
    ),
    open_groups_count=object_field(
        graphene.Int, _open_count, required=True, description="How many groups can be joined."
    ),
)
extend(
    VariantType,
    group_price=object_field(
        MoneyType,
        lambda row, info: row.get("group_price") if isinstance(row, dict) else None,
        description="The price in a group, where one is offered.",
    ),
)
extend(OrderType, group=object_field(GroupType, _order_group, personal=True, description="The group it belongs to."))
extend(RoomType, group=object_field(GroupType, _room_group, personal=True, description="The group that talks here."))
extend(
    ViewerType,
    groups=connection_field(
        GroupType,
        lambda root, info, first, after=None, state=None: selectors.my_groups(
            wish=wish_of(info), first=first, after=after, state=state.value if state else None
        ),
        state=graphene.Argument(GroupStateEnum, description="Only groups in this state."),
        personal=True,
        description="The groups in which the viewer has or had a seat, newest first.",
    ),
)


class GroupFillType(ObjectType):
    """A group that is filling, for those who watch a campaign."""

    group_id = object_field(graphene.ID, lambda row, info: row["id"], required=True, description="The group's id.")
    product_title = object_field(
        graphene.String,
        lambda row, info: translate(row["title"], info.context.viewer.locale),
        required=True,
        description="What is bought.",
    )
    size = graphene.Int(required=True, description="How many people make it full.")
    seats_taken = graphene.Int(required=True, description="Seats that are held or paid.")
    deadline_at = graphene.Field(DateTime, required=True, description="When it must be full.")
    state = graphene.Field(GroupStateEnum, required=True, description="Where it stands.")


extend(
    CockpitType,
    groups=object_field(
        graphene.List(graphene.NonNull(GroupFillType)),
        lambda row, info: selectors.groups_filling(campaign_id=row["campaign_id"], most=20, now=info.context.now),
        required=True,
        size=20,
        description="Groups that are filling, those that end soonest first.",
    ),
)
