# ruff: noqa: S608 - only names written in code become SQL; what a shopper sends is a parameter.
"""Groups as they are shown: whole pages in one statement, seats and faces included."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.core.errors import NotFound
from backend.core.paging import Keyset, Page
from groupbuy import rules
from groupbuy.models import GroupState
from groupbuy.offer_sql import OFFERS
from groupbuy.selectors.lookups import ladder_table, read_rows, variant_prices_of

PICTURE = (
    "json_build_object('sha256', picture.sha256, 'widths', picture.widths, 'width', picture.width,"
    " 'height', picture.height, 'blur', picture.blur)"
)
PERSON = f"""json_build_object('id', profile.user_id, 'name', profile.display_name, 'face', profile.face,
    'avatar', (SELECT {PICTURE} FROM core_picture picture WHERE picture.id = profile.avatar_id))"""

SEATS = f"""COALESCE((SELECT json_agg(json_build_object(
    'number', seat.number, 'state', seat.state, 'buyer_id', seat.buyer_id, 'order_id', seat.order_id,
    'held_until', seat.held_until, 'paid_at', seat.paid_at, 'difference_minor', seat.difference_minor,
    'person', {PERSON}) ORDER BY seat.number)
    FROM groupbuy_seat seat JOIN accounts_profile profile ON profile.user_id = seat.buyer_id
    WHERE seat.group_id = shown.id AND seat.state <> 'RELEASED'), '[]')"""

MY_REFUND = """(SELECT json_build_object('requested_at', refund.requested_at, 'settled_at', refund.settled_at)
    FROM payments_refund refund JOIN groupbuy_seat seat ON seat.order_id = refund.order_id
    WHERE seat.group_id = shown.id AND seat.buyer_id = %(viewer)s ORDER BY refund.requested_at DESC LIMIT 1)"""

MY_HOLD = """(SELECT json_build_object('state', held.state, 'decided_at', held.decided_at,
        'settled_at', held.settled_at)
    FROM payments_authorisation held JOIN payments_payment paid ON paid.id = held.payment_id AND paid.settles_order
    JOIN groupbuy_seat seat ON seat.order_id = paid.order_id
    WHERE seat.group_id = shown.id AND seat.buyer_id = %(viewer)s ORDER BY held.authorised_at DESC LIMIT 1)"""

MY_WISH = """(SELECT json_build_object('order_id', wish.order_id, 'late_choice', wish.late_choice,
        'leader_discount_minor', wish.leader_discount_minor)
    FROM groupbuy_grouporder wish WHERE wish.group_id = shown.id AND wish.buyer_id = %(viewer)s
    ORDER BY wish.placed_at DESC LIMIT 1)"""

DRAW = """(SELECT json_build_object('seed_hash', draw.seed_hash, 'draw_at', draw.draw_at, 'drawn_at', draw.drawn_at)
    FROM groupbuy_draw draw WHERE draw.group_id = shown.id)"""

MY_WAIT = """(SELECT json_build_object('state', wait.state, 'told_until', wait.told_until, 'place', (
        SELECT count(*) FROM groupbuy_waitingplace sooner WHERE sooner.group_id = wait.group_id
        AND sooner.state <> 'OVER' AND (sooner.asked_at, sooner.id) <= (wait.asked_at, wait.id)))
    FROM groupbuy_waitingplace wait
    WHERE wait.group_id = shown.id AND wait.buyer_id = %(viewer)s AND wait.state <> 'OVER')"""

MERGES = """CASE WHEN shown.leader_id = %(viewer)s AND shown.state = 'FORMING' THEN COALESCE((
    SELECT json_agg(json_build_object('id', merge.id, 'people', asking.seats_taken, 'asked_at', merge.asked_at)
        ORDER BY merge.asked_at)
    FROM groupbuy_mergeoffer merge JOIN groupbuy_group asking ON asking.id = merge.group_id
    WHERE merge.into_id = shown.id AND merge.state = 'ASKED' AND asking.state = 'FORMING'
        AND asking.deadline_at > %(now)s AND asking.seats_taken + shown.seats_taken <= shown.size), '[]')
    ELSE '[]' END"""

ROW = f"""
SELECT shown.id, shown.state, shown.product_id, shown.campaign_id, shown.offer_id, shown.leader_id, shown.size,
    shown.seats_taken, shown.seats_paid, shown.deadline_at, shown.opened_at, shown.filled_at, shown.closed_at,
    shown.version, shown.room_id, shown.may_lack, shown.reached_size, shown.ladder::json AS ladder,
    shown.size - shown.seats_taken AS seats_left,
    campaign.state AS campaign_state, campaign.stop_manner, offer.joiners, offer.may_leave, offer.winners,
    offer.consolation_points, offer.leader_points, shown.platform_seats, shown.platform_minor, {DRAW} AS draw,
    {MY_WAIT} AS my_wait, {MERGES} AS merges, offer.allow_merge, shown.merged_into_id,
    (SELECT min(price.value::bigint) FROM jsonb_each_text(shown.prices) price) AS price_minor,
    (SELECT variant.price_minor FROM catalogue_variant variant
        WHERE variant.product_id = shown.product_id AND shown.prices ? variant.id::text
        ORDER BY (shown.prices ->> variant.id::text)::bigint, variant.position LIMIT 1) AS single_minor,
    (SELECT {PERSON} FROM accounts_profile profile WHERE profile.user_id = shown.leader_id) AS leader,
    {SEATS} AS seats, {MY_REFUND} AS my_refund, {MY_HOLD} AS my_hold, offer.money_taken, {MY_WISH} AS my_wish
"""
FROM = """
FROM groupbuy_group shown JOIN promotions_campaign campaign ON campaign.id = shown.campaign_id
JOIN groupbuy_offer offer ON offer.id = shown.offer_id
"""
JOINABLE = """shown.state = 'FORMING' AND shown.is_listed AND shown.seats_taken < shown.size
    AND shown.deadline_at > %(now)s AND campaign.stop_manner <> 'CANCEL_AND_REFUND'"""
MINE = """EXISTS (SELECT 1 FROM groupbuy_seat mine WHERE mine.group_id = shown.id AND mine.buyer_id = %(viewer)s
    AND mine.state <> 'RELEASED')"""
COLUMNS = {
    "seats_left": "(shown.size - shown.seats_taken)",
    "deadline_at": "shown.deadline_at",
    "opened_at": "shown.opened_at",
    "id": "shown.id",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupWish:
    """Who asks, at what time."""

    viewer_id: UUID | None
    now: datetime


def group_row(*, group_id: UUID, wish: GroupWish) -> dict[str, Any]:
    """One group as the viewer may see it.

    Raises: NotFound.
    """
    rows = _rows(f"{ROW} {FROM} WHERE shown.id = %(id)s", {"id": group_id}, wish)
    if not rows:
        raise NotFound
    return rows[0]


def open_groups(
    *, wish: GroupWish, first: int | None = None, after: str | None = None, product_id: UUID | None = None
) -> Page:
    """Listed groups that can be joined, those nearest to being full first."""
    keyset = Keyset("seats_left", "deadline_at", "id", first=first, after=after, columns=COLUMNS)
    condition = JOINABLE + (" AND shown.product_id = %(product)s" if product_id else "")
    return _page(keyset, condition, {"product": product_id}, wish)


def my_groups(*, wish: GroupWish, first: int | None = None, after: str | None = None, state: str | None = None) -> Page:
    """The groups in which the viewer has or had a seat, newest first; past its deadline a group is over."""
    keyset = Keyset("-opened_at", "-id", first=first, after=after, columns=COLUMNS)
    return _page(keyset, f"{MINE} AND {_state_condition(state)}", {"state": state}, wish)


def groups_of_products(product_ids: Sequence[UUID], *, most: int, wish: GroupWish) -> dict[UUID, list[dict[str, Any]]]:
    """The open groups of many products, for each those nearest to being full."""
    statement = f"""
        SELECT found.* FROM unnest(%(products)s::uuid[]) AS product(id) CROSS JOIN LATERAL (
            {ROW} {FROM} WHERE shown.product_id = product.id AND {JOINABLE}
            ORDER BY shown.size - shown.seats_taken, shown.deadline_at, shown.id LIMIT %(most)s) found
    """
    found: dict[UUID, list[dict[str, Any]]] = {product_id: [] for product_id in product_ids}
    for row in _rows(statement, {"products": list(product_ids), "most": most}, wish):
        found[row["product_id"]].append(row)
    return found


def open_group_counts(product_ids: Sequence[UUID], *, now: datetime) -> dict[UUID, int]:
    """How many groups of each product can be joined."""
    statement = f"""SELECT shown.product_id, count(*) AS number {FROM}
        WHERE shown.product_id = ANY(%(products)s) AND {JOINABLE} GROUP BY shown.product_id"""
    rows = read_rows(statement, {"products": list(product_ids), "now": now})
    return {row["product_id"]: row["number"] for row in rows}


def groups_of_orders(order_ids: Sequence[UUID], *, wish: GroupWish) -> dict[UUID, dict[str, Any]]:
    """The group of each order that has one."""
    statement = f"""{ROW}, wish_order.order_id AS of_order
        {FROM} JOIN groupbuy_grouporder wish_order ON wish_order.group_id = shown.id
        WHERE wish_order.order_id = ANY(%(orders)s)"""
    return {row["of_order"]: row for row in _rows(statement, {"orders": list(order_ids)}, wish)}


def groups_by_id(group_ids: Sequence[UUID], *, wish: GroupWish) -> list[dict[str, Any]]:
    """Groups as the viewer may see them, in the given order."""
    found = groups_of_rooms(group_ids, wish=wish)
    return [found[group_id] for group_id in group_ids if group_id in found]


def groups_of_rooms(group_ids: Sequence[UUID], *, wish: GroupWish) -> dict[UUID, dict[str, Any]]:
    """Groups by id, for the rooms that belong to them."""
    rows = _rows(f"{ROW} {FROM} WHERE shown.id = ANY(%(ids)s)", {"ids": list(group_ids)}, wish)
    return {row["id"]: row for row in rows}


def offers_of_products(product_ids: Sequence[UUID], *, now: datetime) -> dict[UUID, dict[str, Any]]:
    """The group offer of each product that has one, with what each step of its ladder costs at least."""
    rows = read_rows(OFFERS, {"now": now, "products": list(product_ids)})
    with_ladder = [row["product_id"] for row in rows if row["ladder"]]
    bases = variant_prices_of(with_ladder) if with_ladder else {}
    for row in rows:
        row["ladder"] = rules.shown_ladder(ladder_table(row["ladder"], bases.get(row["product_id"], {})), seats_paid=0)
    return {row["product_id"]: row for row in rows}


def groups_filling(*, campaign_id: UUID | None, most: int, now: datetime) -> list[dict[str, Any]]:
    """Forming groups for the people who watch a campaign, those that end soonest first."""
    statement = """
        SELECT shown.id, shown.size, shown.seats_taken, shown.deadline_at, shown.state, product.title::json AS title
        FROM groupbuy_group shown JOIN catalogue_product product ON product.id = shown.product_id
        WHERE shown.state = 'FORMING' AND shown.deadline_at > %(now)s
          AND (%(campaign)s::uuid IS NULL OR shown.campaign_id = %(campaign)s)
        ORDER BY shown.deadline_at, shown.id LIMIT %(most)s
    """
    return read_rows(statement, {"campaign": campaign_id, "most": most, "now": now})


def _page(keyset: Keyset, condition: str, parameters: Mapping[str, Any], wish: GroupWish) -> Page:
    place, place_parameters = keyset.where()
    named = {f"place_{position}": value for position, value in enumerate(place_parameters)}
    for position in range(len(place_parameters)):
        place = place.replace("%s", f"%(place_{position})s", 1)
    statement = f"{ROW} {FROM} WHERE {condition} AND {place} ORDER BY {keyset.order_by()} LIMIT {keyset.limit:d}"
    return keyset.page(_rows(statement, {**parameters, **named}, wish))


def _rows(statement: str, parameters: Mapping[str, Any], wish: GroupWish) -> list[dict[str, Any]]:
    found = read_rows(statement, {**parameters, "viewer": wish.viewer_id, "now": wish.now})
    product_ids = [row["product_id"] for row in found]
    order_ids = [order_id for row in found if (order_id := _my_order(row))]
    for row in found:
        is_enough = rules.is_enough(seats_paid=row["seats_paid"], size=row["size"], may_lack=row["may_lack"])
        row["shown_state"] = rules.shown_state(
            row["state"], deadline_at=row["deadline_at"], now=wish.now, is_enough=is_enough
        )
        row["ladder"] = rules.shown_ladder(
            row["ladder"], seats_paid=row["seats_paid"], reached_size=row["reached_size"]
        )
        row["paid_minor"] = row["price_minor"]
        reached = [step["price_minor"] for step in row["ladder"] if step["is_reached"]]
        if row["reached_size"] is not None and reached:
            row["price_minor"] = reached[-1]
        row["siblings"] = product_ids
        row["my_order_id"] = _my_order(row)
        row["my_orders"] = order_ids
        for seat in row["seats"]:
            seat["group"] = row
        row["my_seat"] = _my_seat(row["seats"], wish.viewer_id)
    return found


def _my_order(row: Mapping[str, Any]) -> UUID | None:
    return UUID(row["my_wish"]["order_id"]) if row["my_wish"] else None


def _my_seat(seats: Iterable[Mapping[str, Any]], viewer_id: UUID | None) -> Mapping[str, Any] | None:
    mine = [seat for seat in seats if viewer_id is not None and seat["buyer_id"] == str(viewer_id)]
    return mine[-1] if mine else None


def _state_condition(state: str | None) -> str:
    """The SQL of a state as it is shown: forming ends with the deadline, and what is past it has expired."""
    if state is None:
        return "TRUE"
    if state == GroupState.FORMING:
        return "shown.state = %(state)s AND shown.deadline_at > %(now)s"
    if state in (GroupState.EXPIRED, GroupState.FILLED):
        succeeds = "<" if state == GroupState.EXPIRED else ">="
        return f"""(shown.state = %(state)s OR (shown.state = 'FORMING' AND shown.deadline_at <= %(now)s
            AND shown.seats_paid {succeeds} shown.size - shown.may_lack))"""
    return "shown.state = %(state)s"
