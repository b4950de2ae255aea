"""Whether somebody is new to the shop: by account, and by what tells that two accounts are one person's."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from backend.core.locks import advisory_lock
from groupbuy import selectors
from groupbuy.models import GroupOrder
from groupbuy.ports import sources_of_links


class Newness(StrEnum):
    """What is known of somebody who wants to sit with newcomers."""

    NEW = "new"
    BOUGHT = "bought"
    LINKED = "linked"


@transaction.atomic
def newness_of(*, buyer_id: UUID, order_id: UUID, now: datetime) -> Newness:
    """Say whether the buyer of an order is new, whether the account has bought, or one that is linked to it has.

    A paid seat in another group of newcomers counts as bought: of two groups at once the second paid is too late.
    """
    return _judge(buyer_id, order_id, now=now)[0]


@transaction.atomic
def settle_newness(*, group_order: GroupOrder, now: datetime) -> Newness:
    """Say the same when the money is in, and keep the signs until the group is decided.

    Payments of one person wait for one another here, so neither misses the other. What is held after this are only
    accounts of the ledger, so nobody waits in a circle.
    """
    buyer_id, order_id = group_order.buyer_id, group_order.order_id
    signs = _judge(buyer_id, order_id, now=now)[1]
    for name in sorted({str(buyer_id), *signs}):
        advisory_lock("groupbuy.newcomer", name)
    newness, signs = _judge(buyer_id, order_id, now=now)
    GroupOrder.objects.filter(pk=order_id).update(signs=list(signs))
    group_order.signs = list(signs)
    return newness


def _judge(buyer_id: UUID, order_id: UUID, *, now: datetime) -> tuple[Newness, tuple[str, ...]]:
    found = [links(user_id=buyer_id, now=now) for links in sources_of_links()]
    signs = tuple(sorted({sign for links in found for sign in links.signs}))
    if selectors.have_bought([buyer_id], except_order=order_id):
        return Newness.BOUGHT, signs
    accounts = {account for links in found for account in links.accounts} - {buyer_id}
    is_linked = selectors.have_bought(accounts, except_order=order_id) or selectors.sits_among_newcomers(
        signs, except_order=order_id
    )
    return (Newness.LINKED if is_linked else Newness.NEW), signs
