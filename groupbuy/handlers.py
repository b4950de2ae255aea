"""Reactions to what happens to groups, seats, orders and campaigns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from backend.catalogue.selectors import cache_keys_of
from backend.core.freshness import bump
from backend.core.realtime import publish
from backend.messaging.actions import notify, post_system_event, remove_member
from backend.orders.events import OrderRefunded
from backend.payments.events import AuthorisationCaptured, AuthorisationLost, AuthorisationVoided
from backend.promotions.events import CampaignEnded, CampaignPaused, CampaignResumed, CampaignSaved, CampaignStarted
from groupbuy import actions, notices, selectors
from groupbuy.events import (
    DrawCommitted,
    DrawMade,
    GroupCancelled,
    GroupConfirmed,
    GroupExpired,
    GroupFilled,
    GroupOpened,
    GroupsMerged,
    LatePaymentSettled,
    LeaderChanged,
    LeaderDiscountTakenBack,
    MergeAsked,
    SeatHeld,
    SeatOffered,
    SeatRefunded,
    SeatReleased,
    SeatRepriced,
    SeatTaken,
)
from groupbuy.models import Group, LateChoice, MoneyTaken
from groupbuy.wording import yuan
from membership.actions import note_deed

CampaignMove = CampaignStarted | CampaignPaused | CampaignResumed | CampaignEnded | CampaignSaved


def confirm_filled_group(event: GroupFilled) -> None:
    """A full group lets its orders go."""
    actions.confirm_group(group_id=event.group_id, order_ids=event.order_ids, now=event.at)


def note_table(event: GroupConfirmed) -> None:
    """A table that filled counts for everybody who sits at it."""
    for buyer_id in sorted(selectors.seated_ids(event.group_id)):
        note_deed(user_id=buyer_id, fact="TABLE", source_id=event.group_id, now=event.at)


def promise_leader_benefit(event: GroupFilled) -> None:
    """Who opened a full group may earn something."""
    actions.promise_leader_benefit(group_id=event.group_id, now=event.at)


def reduce_leader_benefit(event: OrderRefunded) -> None:
    """What a leader earned by a seat goes when its goods do."""
    if event.is_full:
        actions.reduce_leader_benefit(order_id=event.order_id, now=event.at)


def tell_waiting(event: SeatHeld | SeatReleased | GroupFilled | GroupExpired | GroupCancelled) -> None:
    """Who waits for a seat hears that one is free; who has one, or whose group is over, waits no more."""
    if selectors.has_line(event.group_id):
        actions.tell_waiting(group_id=event.group_id, now=event.at)


def seal_filled_group(event: GroupFilled) -> None:
    """A full lottery group is sealed before it is drawn."""
    if selectors.group_by_id(event.group_id).offer.winners is not None:
        actions.commit_draw(group_id=event.group_id, now=event.at)


def confirm_winners(event: DrawMade) -> None:
    """Who was drawn gets the parcel."""
    actions.confirm_winners(group_id=event.group_id, now=event.at)


def refund_losers(event: DrawMade) -> None:
    """Who was not drawn gets everything back."""
    actions.refund_losers(group_id=event.group_id, now=event.at)


def console_losers(event: DrawMade) -> None:
    """Who was not drawn gets the consolation."""
    actions.console_losers(group_id=event.group_id, now=event.at)


def refund_expired_group(event: GroupExpired) -> None:
    """The refunds of an expired group are under way."""
    actions.begin_refunds(group_id=event.group_id, now=event.at)


def return_difference(event: SeatRepriced) -> None:
    """What a seat paid beyond the reached price goes back."""
    actions.return_difference(seat_id=event.seat_id, now=event.at)


def note_refunded_order(event: OrderRefunded) -> None:
    """The money of a seat has arrived back."""
    if event.is_full:
        actions.note_refund(order_id=event.order_id, amount_minor=event.refunded_minor, now=event.at)


def confirm_taken_seat(event: AuthorisationCaptured) -> None:
    """The held money of a seat has been taken: its order goes out."""
    actions.confirm_taken_seat(order_id=event.order_id, now=event.at)


def note_released_money(event: AuthorisationVoided) -> None:
    """The money of a seat is held no longer; nothing was taken."""
    if event.settles_order:
        actions.note_refund(order_id=event.order_id, amount_minor=event.amount_minor, was_taken=False, now=event.at)


def give_up_lost_seat(event: AuthorisationLost) -> None:
    """A seat whose money can never be taken is given up."""
    actions.give_up_lost_seat(order_id=event.order_id, now=event.at)


def hint_group(event: Any) -> None:
    """Whoever looks at the group, or at its product, reads it again."""
    group = selectors.group_by_id(event.group_id)
    _hint(group)
    _refresh_products([group.product_id], at_ms=int(event.at.timestamp() * 1000))


def hint_of_part(event: OrderRefunded) -> None:
    """Who looks at a group sees that a part has come back, such as what was above the reached step."""
    group_id = None if event.is_full else selectors.group_of_order(event.order_id)
    if group_id is not None:
        _hint(selectors.group_by_id(group_id))


def _hint(group: Group) -> None:
    publish(
        f"group:{group.id}",
        {
            "id": str(group.id),
            "version": group.version,
            "state": group.state,
            "seats_taken": group.seats_taken,
            "size": group.size,
        },
    )


def refresh_offers(event: CampaignMove) -> None:
    """Pages of products under a campaign show its prices, or show them no longer."""
    products = selectors.products_of_campaign(event.campaign_id)
    _refresh_products(products, at_ms=int(event.at.timestamp() * 1000))


def tell_of_opening(event: GroupOpened) -> None:
    """The leader hears that the group is there."""
    group = selectors.group_by_id(event.group_id)
    _post(group, "group.opened", f"opened:{group.id}", event.at, size=event.size)
    _notify([event.leader_id], notices.OPENED, group, key="opened", at=event.at, left=event.size - 1)


def tell_of_seat(event: SeatTaken) -> None:
    """The other members hear who joined."""
    if event.is_leader:
        return
    group = selectors.group_by_id(event.group_id)
    left = event.size - event.seats_paid
    _post(group, "group.seat_taken", f"seat:{event.seat_id}", event.at, personId=str(event.buyer_id), seatsLeft=left)
    others = [member for member in selectors.member_ids(group.id) if member != event.buyer_id]
    for member in others:
        notify(
            user_id=member,
            kind=notices.SEAT_TAKEN,
            params={"product": group.product.title, "left": left, "group_id": str(group.id)},
            url=_url(group),
            dedupe_key=f"group:{group.id}:seat:{event.seat_id}",
            group_key=f"group:{group.id}:seats",
            actor_id=event.buyer_id,
            now=event.at,
        )


def tell_of_release(event: SeatReleased) -> None:
    """The room hears that a member left; a hold that ran out is nobody's business."""
    if not event.was_paid:
        return
    group = selectors.group_by_id(event.group_id)
    left = event.size - event.seats_taken
    if left:
        _post(group, "group.seat_released", f"left:{event.seat_id}", event.at, seatsLeft=left)
    if group.room_id is not None:
        remove_member(room_id=group.room_id, user_id=event.buyer_id, now=event.at)


def tell_of_filling(event: GroupFilled) -> None:
    """All members hear that the group is full; a lottery group is not sent yet, it is drawn."""
    group = selectors.group_by_id(event.group_id)
    _post(group, "group.filled", f"filled:{group.id}", event.at, size=event.size)
    kind = notices.FILLED if group.offer.winners is None else notices.TO_BE_DRAWN
    _notify(event.buyer_ids, kind, group, key="filled", at=event.at)


def tell_of_sealing(event: DrawCommitted) -> None:
    """The room hears that the entries are sealed."""
    group = selectors.group_by_id(event.group_id)
    _post(group, "group.sealed", f"sealed:{group.id}", event.at, drawAt=event.draw_at.isoformat())


def tell_of_draw(event: DrawMade) -> None:
    """Everybody hears how it was drawn, and where it can be checked."""
    group = selectors.group_by_id(event.group_id)
    _post(group, "group.drawn", f"drawn:{group.id}", event.at, winners=len(event.winner_ids))
    people = selectors.buyers_of_seats([*event.winner_ids, *event.loser_ids])
    _notify([people[each] for each in event.winner_ids], notices.WON, group, key="drawn", at=event.at)
    _notify([people[each] for each in event.loser_ids], notices.LOST, group, key="drawn", at=event.at)


def tell_of_offered_seat(event: SeatOffered) -> None:
    """The next of the line hears that a seat is free, and for how long it is their turn."""
    group = selectors.group_by_id(event.group_id)
    key = f"offered:{event.buyer_id}:{event.at:%Y%m%d%H%M%S}"
    _notify([event.buyer_id], notices.SEAT_FREE, group, key=key, at=event.at)


def tell_of_merge_asked(event: MergeAsked) -> None:
    """A leader hears that another group would like to sit down too."""
    into = selectors.group_by_id(event.into_id)
    _notify([event.leader_id], notices.MERGE_ASKED, into, key=f"merge:{event.merge_id}", at=event.at)


def tell_of_merge(event: GroupsMerged) -> None:
    """The room and those who moved hear that they sit at one table now."""
    group = selectors.group_by_id(event.group_id)
    _post(group, "group.merged", f"merged:{event.from_id}", event.at, seatsLeft=event.size - event.seats_taken)
    _notify(event.buyer_ids, notices.MERGED, group, key=f"merged:{event.from_id}", at=event.at)


def tell_of_expiry(event: GroupExpired) -> None:
    """All members hear that their money comes back."""
    group = selectors.group_by_id(event.group_id)
    _post(group, "group.expired", f"expired:{group.id}", event.at, seatsPaid=event.seats_paid, size=event.size)
    kind = notices.EXPIRED_HELD if _is_held_first(group) else notices.EXPIRED
    _notify(event.buyer_ids, kind, group, key="expired", at=event.at)


def tell_of_cancelling(event: GroupCancelled) -> None:
    """All members hear that the group was stopped."""
    group = selectors.group_by_id(event.group_id)
    _post(group, "group.cancelled", f"cancelled:{group.id}", event.at, reason=event.reason)
    kind = notices.CANCELLED_HELD if _is_held_first(group) else notices.CANCELLED
    _notify(event.buyer_ids, kind, group, key="cancelled", at=event.at)


def tell_of_refund(event: SeatRefunded) -> None:
    """The buyer hears that the money is back, or free."""
    group = selectors.group_by_id(event.group_id)
    _notify(
        [event.buyer_id],
        notices.REFUNDED if event.was_taken else notices.FREED,
        group,
        key=f"refunded:{event.order_id}",
        at=event.at,
        amount=yuan(event.amount_minor),
    )


def tell_of_difference(event: SeatRepriced) -> None:
    """The buyer hears which price was reached."""
    if not event.difference_minor:
        return
    group = selectors.group_by_id(event.group_id)
    _notify(
        [event.buyer_id],
        notices.REPRICED,
        group,
        key=f"repriced:{event.seat_id}",
        at=event.at,
        size=event.reached_size,
        amount=yuan(event.difference_minor),
    )


def tell_of_leader(event: LeaderChanged) -> None:
    """The new leader hears of it, and so does the room."""
    group = selectors.group_by_id(event.group_id)
    _post(group, "group.leader", f"leader:{event.version}", event.at, personId=str(event.leader_id))
    _notify([event.leader_id], notices.LEADER, group, key=f"leader:{event.version}", at=event.at)


def tell_of_discount_taken_back(event: LeaderDiscountTakenBack) -> None:
    """A leader hears that a part of the discount went back, and why."""
    group = selectors.group_by_id(event.group_id)
    key = f"discount:{event.left_minor}"
    _notify([event.leader_id], notices.DISCOUNT_BACK, group, key=key, at=event.at, amount=yuan(event.amount_minor))


def tell_of_lost_money(event: AuthorisationLost) -> None:
    """A buyer whose held money could not be taken hears that the seat is gone, and how to go on."""
    order = selectors.group_order(event.order_id)
    notify(
        user_id=event.buyer_id,
        kind=notices.NOT_TAKEN,
        params={"product": order.offer.product.title, "amount": yuan(event.amount_minor)},
        url=f"/p/{order.offer.product.slug}",
        dedupe_key=f"not-taken:{event.order_id}",
        now=event.at,
    )


def tell_of_late_payment(event: LatePaymentSettled) -> None:
    """A buyer whose money came too late hears what became of it."""
    order = selectors.group_order(event.order_id)
    is_refund = event.outcome == LateChoice.REFUND
    where = f"/orders/{event.order_id}" if event.group_id is None else f"/g/{event.group_id}"
    notify(
        user_id=event.buyer_id,
        kind=notices.LATE_REFUND if is_refund else notices.MOVED,
        params={"product": order.offer.product.title, "order_id": str(event.order_id)},
        url=where,
        dedupe_key=f"late:{event.order_id}",
        now=event.at,
    )


def _post(group: Group, kind: str, key: str, at: Any, **payload: object) -> None:
    if group.room_id is not None:
        content = {"groupId": str(group.id), **payload}
        post_system_event(room_id=group.room_id, type=kind, payload=content, dedupe_key=key, now=at)


def _notify(people: Iterable[UUID], kind: str, group: Group, *, key: str, at: Any, **params: object) -> None:
    for person in people:
        notify(
            user_id=person,
            kind=kind,
            params={"product": group.product.title, "group_id": str(group.id), **params},
            url=_url(group),
            dedupe_key=f"group:{group.id}:{key}",
            now=at,
        )


def _is_held_first(group: Group) -> bool:
    return group.offer.money_taken == MoneyTaken.WHEN_FULL


def _url(group: Group) -> str:
    return f"/g/{group.id}"


def _refresh_products(product_ids: Iterable[UUID], *, at_ms: int) -> None:
    ids = list(product_ids)
    if not ids:
        return
    bump(*cache_keys_of(ids))
    for product_id in ids:
        publish(f"product:{product_id}", {"id": str(product_id), "version": at_ms})
