"""Fifty people take the last seat of a group at the same instant, through the API: exactly one gets it."""

import time
from typing import Any

from django.db import transaction

from backend.accounts.models import Address, User
from backend.core.ids import new_id, short_code
from backend.ledger.selectors import conservation
from backend.orders.models import Order
from groupbuy.models import Group, Seat, SeatState
from tests.factories.catalogue import variant_ids
from tests.factories.groupbuy import make_group, make_offered_product
from tests.factories.orders import make_buyer
from tests.factories.promotions import this_moment
from tests.support.api import Api
from tests.support.races import all_at_once

NUMBER = 1
NAME = "last seat, 50 at once through the API"
PEOPLE = 50
THINKING_SECONDS = 0.02

JOIN = """
mutation Join($input: JoinGroupInput!) {
  joinGroup(input: $input) { seat { number state isMine } order { id } errors { code message details } }
}
"""


def violations(*, guarded: bool) -> int:
    """Count winners beyond the first, losers without a way out, and seats and money that do not add up."""
    group = make_group(make_offered_product(size=2, stock=PEOPLE * 2))
    buyers = [make_buyer(f"Racer{number}", now=this_moment()) for number in range(PEOPLE)]
    outcome = through_the_api(group, buyers) if guarded else check_then_act(group, buyers)

    group.refresh_from_db()
    standing = Seat.objects.filter(group=group).exclude(state__in=[SeatState.RELEASED, SeatState.REFUNDED]).count()
    wins = sum(answer["seat"] is not None for answer in outcome.answers)
    stuck = [answer for answer in outcome.answers if answer["seat"] is None and not has_way_out(answer)]
    return (
        len(outcome.raised)
        + abs(wins - 1)
        + len(stuck)
        + abs(standing - group.size)
        + (abs(Order.objects.filter(kind="group").count() - 2) if guarded else 0)
        + int(conservation()["difference"] != 0)
    )


def through_the_api(group: Group, buyers: list[User]) -> Any:
    """Everybody asks the API, each with an address and a key of their own."""
    asking = [(Api(buyer), join_input(group, buyer)) for buyer in buyers]

    def ask(number: int) -> Any:
        api, wanted = asking[number]
        return api.payload(JOIN, input=wanted)

    return all_at_once(PEOPLE, ask)


def join_input(group: Group, buyer: User) -> dict[str, object]:
    """What one buyer sends."""
    return {
        "groupId": str(group.id),
        "variantId": str(variant_ids(group.product)[0]),
        "addressId": str(Address.objects.values_list("pk", flat=True).get(user=buyer)),
        "idempotencyKey": str(new_id()),
    }


def has_way_out(answer: dict[str, Any]) -> bool:
    """Whether a refusal is the typed one, with everything that can be done instead."""
    return [
        {choice["kind"] for choice in error["details"]["choices"]} >= {"OPEN_OWN", "AUTO_MATCH", "REFUND"}
        for error in answer["errors"]
        if error["code"] == "GROUP_FULL"
    ] == [True]


def check_then_act(group: Group, buyers: list[User]) -> Any:
    """What a shop does that counts seats first and takes one afterwards."""

    def take(number: int) -> Any:
        with transaction.atomic():
            read = Group.objects.get(pk=group.pk)
            if read.seats_taken >= read.size:
                return {"seat": None, "errors": []}
            time.sleep(THINKING_SECONDS)
            moment = this_moment()
            order = Order.objects.create(
                number=short_code(12), buyer=buyers[number], items_minor=1, total_minor=1,
                placed_at=moment, pay_deadline_at=moment,
            )  # fmt: skip
            Seat.objects.create(
                group=group, buyer=buyers[number], order=order, number=number + 2, held_until=moment, taken_at=moment
            )
            read.seats_taken += 1
            read.save(update_fields=["seats_taken"])
        return {"seat": {"number": number + 2}, "errors": []}

    return all_at_once(PEOPLE, take)
