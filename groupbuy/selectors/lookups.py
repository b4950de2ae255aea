"""Single reads that decide: offers, limits, what is due."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, QuerySet, Sum

from backend.accounts.models import Profile
from backend.catalogue.models import Variant
from backend.core.errors import NotFound
from backend.core.money import Money
from backend.orders.models import Order, OrderState
from backend.orders.rules import KEPT
from backend.promotions.models import Campaign, CampaignState, StopManner
from backend.promotions.ports import BuyerFacts, buyer_facts
from groupbuy import rules
from groupbuy.models import (
    BenefitState,
    Draw,
    Group,
    GroupOrder,
    GroupOrderState,
    GroupState,
    Intent,
    Joiners,
    LeaderBenefit,
    Offer,
    Seat,
    SeatState,
    WaitingPlace,
    WaitState,
)
from groupbuy.offer_sql import OFFERS

GONE = [SeatState.RELEASED, SeatState.REFUNDED]
OFFERED_INSTEAD = 3


def as_json(value: Any) -> str:
    """Write a value for a jsonb parameter."""
    return json.dumps(value)


def live_offers(now: datetime) -> QuerySet[Offer]:
    """The offers that can be opened now: their rule works, their campaign runs and its window is open."""
    return Offer.objects.filter(
        rule__is_current=True,
        rule__is_enabled=True,
        campaign__state=CampaignState.RUNNING,
        campaign__starts_at__lte=now,
        campaign__ends_at__gt=now,
    )


def offer_is_live(offer_id: UUID, now: datetime) -> bool:
    """Say whether a group can be opened under this very offer."""
    return live_offers(now).filter(pk=offer_id).exists()


def best_offer(product_id: UUID, now: datetime) -> Offer | None:
    """The offer of a product: the one with the lowest price for any of its variants, ties by age."""
    found = best_offers([product_id], now)
    if product_id not in found:
        return None
    return Offer.objects.select_related("rule", "campaign").get(pk=found[product_id]["id"])


def best_offers(product_ids: Sequence[UUID], now: datetime) -> dict[UUID, dict[str, Any]]:
    """The offer of each of many products, in one statement."""
    rows = read_rows(OFFERS, {"now": now, "products": list(product_ids)})
    return {row["product_id"]: row for row in rows}


def variant_prices(product_id: UUID) -> dict[UUID, Money]:
    """What each variant of a product costs by itself."""
    return variant_prices_of([product_id]).get(product_id, {})


def variant_prices_of(product_ids: Sequence[UUID]) -> dict[UUID, dict[UUID, Money]]:
    """What each variant of many products costs by itself, by product."""
    found: dict[UUID, dict[UUID, Money]] = {}
    rows = Variant.objects.filter(product_id__in=product_ids).values_list("product_id", "pk", "price_minor", "currency")
    for product_id, variant_id, minor, currency in rows:
        found.setdefault(product_id, {})[variant_id] = Money(minor, currency)
    return found


def price_table(offer: Offer, bases: Mapping[UUID, Money]) -> dict[str, int]:
    """What each variant costs in a group of this offer; variants that it leaves out are absent."""
    return _table(rules.Step(offer.size, offer.discount_bps, offer.prices), bases)


def ladder_table(ladder: Sequence[Mapping[str, Any]], bases: Mapping[UUID, Money]) -> list[dict[str, Any]]:
    """What each variant costs on each step of a ladder that an offer has kept."""
    return [{"size": step.size, "prices": _table(step, bases)} for step in rules.kept_steps(ladder)]


def _table(step: rules.Step, bases: Mapping[UUID, Money]) -> dict[str, int]:
    table: dict[str, int] = {}
    for variant_id, base in bases.items():
        fixed = rules.fixed_price(step.prices, variant_id)
        price = rules.group_price(base, discount_bps=step.discount_bps, fixed_minor=fixed)
        if price is not None:
            table[str(variant_id)] = price.minor
    return table


def newest_facts(buyer_id: UUID) -> BuyerFacts:
    """What an audience may ask about a buyer, read now."""
    return buyer_facts(buyer_id)


def wants_listing(user_id: UUID) -> bool:
    """Say whether a person lets strangers see the groups they lead."""
    return not Profile.objects.filter(pk=user_id, is_listed=False).exists()


def is_stopped(campaign: Campaign) -> bool:
    """Say whether a campaign was ended in the manner that cancels what has begun."""
    return campaign.state == CampaignState.ENDED and campaign.stop_manner == StopManner.CANCEL_AND_REFUND


def group_by_id(group_id: UUID) -> Group:
    """One group with its offer and campaign.

    Raises: NotFound.
    """
    found = (
        Group.objects.select_related("offer__rule", "offer__campaign", "campaign", "product")
        .filter(pk=group_id)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def standing_seat(*, group_id: UUID, buyer_id: UUID) -> Seat | None:
    """The seat that a buyer has in a group, if any."""
    return Seat.objects.filter(group_id=group_id, buyer_id=buyer_id).exclude(state__in=GONE).first()


def choices_instead_of(group: Group, *, buyer_id: UUID | None, now: datetime) -> list[dict[str, Any]]:
    """What can be done when this group cannot be joined: open one's own, join another, or keep the money."""
    others = Group.objects.filter(
        product_id=group.product_id,
        state=GroupState.FORMING,
        is_listed=True,
        seats_taken__lt=F("size"),
        deadline_at__gt=now,
    ).exclude(pk=group.pk)
    if buyer_id is not None:
        mine = Seat.objects.filter(buyer_id=buyer_id).exclude(state__in=GONE)
        others = others.exclude(pk__in=mine.values("group_id"))
    nearest = others.order_by(F("size") - F("seats_taken"), "deadline_at")[:OFFERED_INSTEAD]
    is_live = live_offers(now).filter(product_id=group.product_id).exists()
    return rules.choices_instead(
        offer_is_live=is_live, open_groups=[(each.pk, each.size - each.seats_taken) for each in nearest]
    )


def member_ids(group_id: UUID) -> list[UUID]:
    """Who has paid for a seat and still has it."""
    seats = Seat.objects.filter(group_id=group_id, state__in=[SeatState.PAID, SeatState.CONFIRMED])
    return list(seats.order_by("number").values_list("buyer_id", flat=True))


def buyers_of_seats(seat_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Who has each of some seats."""
    return dict(Seat.objects.filter(pk__in=seat_ids).values_list("pk", "buyer_id"))


def group_order(order_id: UUID) -> GroupOrder:
    """What an order wants of group buying.

    Raises: NotFound.
    """
    found = GroupOrder.objects.select_related("offer__product").filter(pk=order_id).first()
    if found is None:
        raise NotFound
    return found


def group_of_order(order_id: UUID) -> UUID | None:
    """The group that an order has led to, if any."""
    return GroupOrder.objects.filter(pk=order_id).values_list("group_id", flat=True).first()


def products_of_campaign(campaign_id: UUID) -> list[UUID]:
    """Every product that a campaign has ever offered to groups."""
    return list(Offer.objects.filter(campaign_id=campaign_id).values_list("product_id", flat=True).distinct())


def seated_ids(group_id: UUID) -> list[UUID]:
    """Who has a seat in a group, or has left it and waits for the money."""
    standing = Seat.objects.filter(group_id=group_id).exclude(state__in=GONE)
    return list(standing.values_list("buyer_id", flat=True))


def merge_candidates(*, group_id: UUID, leader_id: UUID, now: datetime) -> list[UUID]:
    """Listed groups of the same offer with which this leader's group would fit at one table, the fullest first."""
    group = Group.objects.select_related("offer").filter(pk=group_id, leader_id=leader_id).first()
    if group is None or not group.offer.allow_merge or group.state != GroupState.FORMING or group.deadline_at <= now:
        return []
    others = Group.objects.filter(
        offer_id=group.offer_id, state=GroupState.FORMING, is_listed=True, deadline_at__gt=now,
        seats_taken__lte=group.size - group.seats_taken,
    )  # fmt: skip
    found = others.exclude(leader_id=leader_id).order_by("-seats_taken", "deadline_at")[:OFFERED_INSTEAD]
    return list(found.values_list("pk", flat=True))


def has_line(group_id: UUID) -> bool:
    """Say whether anybody waits for a seat of a group."""
    return WaitingPlace.objects.filter(group_id=group_id).exclude(state=WaitState.OVER).exists()


def is_known_elsewhere(seat: Seat) -> bool:
    """Say whether somebody else of the same address or number sits in the group or, among newcomers, has bought."""
    same = Q(household=seat.household) if seat.household else Q(pk=None)
    same |= Q(phone=seat.phone) if seat.phone else Q(pk=None)
    others = Seat.objects.filter(same).exclude(buyer_id=seat.buyer_id)
    if others.filter(group_id=seat.group_id).exclude(state__in=GONE).exists():
        return True
    is_for_newcomers = seat.group.offer.joiners == Joiners.NEW
    return is_for_newcomers and others.filter(state=SeatState.CONFIRMED).exists()


def have_bought(people: Collection[UUID], *, except_order: UUID) -> bool:
    """Say whether any of these accounts has kept an order, or has paid for a seat among newcomers."""
    if not people:
        return False
    if Order.objects.filter(buyer_id__in=people, state__in=KEPT).exclude(pk=except_order).exists():
        return True
    wishes = GroupOrder.objects.filter(buyer_id__in=people, offer__joiners=Joiners.NEW, intent=Intent.JOIN)
    return wishes.filter(_still_waiting()).exclude(pk=except_order).exists()


def _still_waiting() -> Q:
    return Q(state=GroupOrderState.SEATED, order__state=OrderState.AWAITING_GROUP)


def sits_among_newcomers(signs: Collection[str], *, except_order: UUID) -> bool:
    """Say whether somebody known by one of these signs has paid for a seat among newcomers that is still open."""
    waiting = GroupOrder.objects.exclude(signs=[]).filter(signs__has_any_keys=list(signs))
    return bool(signs) and waiting.filter(_still_waiting()).exclude(pk=except_order).exists()


def bought_quantity(*, buyer_id: UUID, campaign_id: UUID) -> int:
    """How many pieces a buyer has bought or is about to buy in a campaign, what came to nothing left out."""
    standing = GroupOrder.objects.filter(buyer_id=buyer_id, campaign_id=campaign_id)
    live = standing.exclude(state__in=[GroupOrderState.DROPPED, GroupOrderState.RETURNED])
    return live.aggregate(total=Sum("quantity"))["total"] or 0


def benefits_to_settle(*, limit: int) -> list[UUID]:
    """Rewards of leaders that still wait, the oldest first."""
    waiting = LeaderBenefit.objects.filter(state=BenefitState.WAITING).order_by("promised_at")
    return list(waiting.values_list("group_id", flat=True)[:limit])


def leaders_who_owe(*, limit: int) -> list[tuple[UUID, UUID]]:
    """The groups and leaders of whose discount something is still to be taken back."""
    owed = LeaderBenefit.objects.filter(owed_minor__gt=0).order_by("settled_at")
    return list(owed.values_list("group_id", "leader_id")[:limit])


def owes_leader_discount(buyer_id: UUID) -> bool:
    """Say whether something of an earlier discount of this leader is still to be taken back."""
    return LeaderBenefit.objects.filter(leader_id=buyer_id, owed_minor__gt=0).exists()


def opened_count(*, buyer_id: UUID, campaign_id: UUID) -> int:
    """How many groups a buyer has opened or is about to open in a campaign, those that came to nothing left out."""
    standing = GroupOrder.objects.filter(buyer_id=buyer_id, campaign_id=campaign_id, intent=Intent.OPEN)
    return standing.exclude(state__in=[GroupOrderState.DROPPED, GroupOrderState.RETURNED]).count()


def joined_count(*, buyer_id: UUID, campaign_id: UUID) -> int:
    """How many groups a buyer has joined or is about to join in a campaign."""
    standing = GroupOrder.objects.filter(buyer_id=buyer_id, campaign_id=campaign_id, intent=Intent.JOIN)
    return standing.exclude(state__in=[GroupOrderState.DROPPED, GroupOrderState.RETURNED]).count()


def has_left(*, buyer_id: UUID, campaign_id: UUID) -> bool:
    """Say whether a buyer has given back a paid seat in this campaign before."""
    given_back = Seat.objects.filter(buyer_id=buyer_id, group__campaign_id=campaign_id, paid_at__isnull=False)
    return given_back.filter(released_at__isnull=False).exists()


def groups_to_expire(*, limit: int) -> list[UUID]:
    """Forming groups past their deadline, the longest past first; the database's clock decides."""
    return _ids(
        "SELECT id FROM groupbuy_group WHERE state = 'FORMING' AND deadline_at <= clock_timestamp()"
        " ORDER BY deadline_at LIMIT %s",
        limit,
    )


def groups_to_stop(*, limit: int) -> list[UUID]:
    """Forming groups of campaigns that were ended so that what has begun is cancelled."""
    stopped = Group.objects.filter(
        state=GroupState.FORMING,
        campaign__state=CampaignState.ENDED,
        campaign__stop_manner=StopManner.CANCEL_AND_REFUND,
    )
    return list(stopped.order_by("pk").values_list("pk", flat=True)[:limit])


def draws_due(*, now: datetime, limit: int) -> list[UUID]:
    """Sealed groups whose time to be drawn has come."""
    due = Draw.objects.filter(drawn_at=None, draw_at__lte=now, group__state=GroupState.COMMITTED)
    return list(due.order_by("draw_at").values_list("group_id", flat=True)[:limit])


def seats_to_release(*, limit: int) -> list[UUID]:
    """Held seats whose time to pay is over."""
    return _ids(
        "SELECT id FROM groupbuy_seat WHERE state = 'HELD' AND held_until <= clock_timestamp()"
        " ORDER BY held_until LIMIT %s",
        limit,
    )


def waiting_orders(*, limit: int) -> list[UUID]:
    """Paid orders that look for another group, the longest waiting first."""
    return _ids(
        "SELECT order_id FROM groupbuy_grouporder WHERE state = 'MATCHING' ORDER BY match_until LIMIT %s", limit
    )


def read_rows(statement: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Run a statement and give its rows by column name."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _ids(statement: str, limit: int) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [limit])
        return [row[0] for row in cursor.fetchall()]
