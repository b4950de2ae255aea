"""Waiting: for a sale to begin, or for a piece that somebody does not pay for."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from backend.core.errors import NotFound
from backend.core.locks import advisory_lock
from backend.core.rows import insert_row_once
from backend.flash import rules, selectors
from backend.flash.actions.count_pieces import left_of
from backend.flash.actions.take_token import check_first_order
from backend.flash.errors import FlashOver, FlashStillThere
from backend.flash.models import FlashItem, FlashReminder, FlashSale, FlashWait
from backend.flash.notices import BEGINS, PIECE_BACK
from backend.messaging.actions import notify

REMINDED_AT_ONCE = 500

_NEXT = """
UPDATE flash_flashwait SET told_at = %(now)s WHERE id IN (
    SELECT id FROM flash_flashwait WHERE item_id = %(item_id)s AND told_at IS NULL
    ORDER BY joined_at, id LIMIT %(limit)s FOR UPDATE)
RETURNING id, user_id, joined_at
"""


@transaction.atomic
def join_waiting_list(*, sale_id: UUID, variant_id: UUID, user_id: UUID, now: datetime) -> FlashWait:
    """Stand in line for a piece that comes back. Asking again keeps the place.

    Raises: NotFound, FlashOver, FlashStillThere, FlashAlreadyBought.
    """
    item = FlashItem.objects.select_related("sale").filter(sale_id=sale_id, variant_id=variant_id).first()
    if item is None:
        raise NotFound
    if item.sale.closed_at is not None or now >= item.sale.ends_at:
        raise FlashOver
    check_first_order(item.sale, buyer_id=user_id)
    offered = selectors.offered_to_others(item_id=item.pk, user_id=user_id, now=now)
    if item.sale.stocked_at is None or left_of(item.pk) > offered:
        raise FlashStillThere
    insert_row_once(FlashWait(item=item, user_id=user_id, joined_at=now))
    return FlashWait.objects.get(item=item, user_id=user_id, told_at=None)


@transaction.atomic
def leave_waiting_list(*, sale_id: UUID, variant_id: UUID, user_id: UUID) -> bool:
    """Leave the line; False if this person did not stand in it."""
    waits = FlashWait.objects.filter(item__sale_id=sale_id, item__variant_id=variant_id, user_id=user_id, told_at=None)
    return bool(FlashWait.objects.filter(pk__in=waits).delete()[0])


@transaction.atomic
def serve_waiting(*, item_id: UUID, now: datetime) -> int:
    """Tell as many of the line as there are pieces, first come first. For three minutes these are theirs.

    Raises: NotFound.
    """
    item = FlashItem.objects.select_related("sale", "variant__product").filter(pk=item_id).first()
    if item is None:
        raise NotFound
    if item.sale.closed_at is not None or now >= item.sale.ends_at:
        return 0
    advisory_lock("flash.line", item_id)
    free = left_of(item.pk) - selectors.offered_to_others(item_id=item.pk, user_id=None, now=now)
    if free < 1:
        return 0
    for wait_id, user_id, _joined_at in sorted(_next(item.pk, free, now=now), key=lambda row: (row[2], row[0])):
        notify(
            user_id=user_id,
            kind=PIECE_BACK,
            params={"product": item.variant.product.title, "minutes": int(rules.OFFER_LIFE.total_seconds() // 60)},
            url=f"/flash?sale={item.sale_id}",
            dedupe_key=f"flash:{wait_id}",
            now=now,
        )
    return free


@transaction.atomic
def ask_reminder(*, sale_id: UUID, user_id: UUID, now: datetime) -> FlashReminder:
    """Ask to be told shortly before a sale begins; asking again changes nothing.

    Raises: NotFound, FlashOver.
    """
    sale = FlashSale.objects.filter(pk=sale_id).first()
    if sale is None:
        raise NotFound
    if sale.closed_at is not None or now >= sale.starts_at:
        raise FlashOver
    insert_row_once(FlashReminder(sale=sale, user_id=user_id, asked_at=now))
    return FlashReminder.objects.get(sale=sale, user_id=user_id)


@transaction.atomic
def drop_reminder(*, sale_id: UUID, user_id: UUID) -> bool:
    """Do not be told after all; False if nothing was asked, or it was told already."""
    return bool(FlashReminder.objects.filter(sale_id=sale_id, user_id=user_id, told_at=None).delete()[0])


@transaction.atomic
def tell_reminded(*, sale_id: UUID, now: datetime) -> int:
    """Tell those who asked that the sale begins in a few minutes, each once.

    Raises: NotFound.
    """
    sale = FlashSale.objects.select_related("campaign").filter(pk=sale_id).first()
    if sale is None:
        raise NotFound
    waiting = FlashReminder.objects.filter(sale=sale, told_at=None).order_by("asked_at", "pk")
    reminders = list(waiting.select_for_update(skip_locked=True)[:REMINDED_AT_ONCE])
    for reminder in reminders:
        reminder.told_at = now
        reminder.save(update_fields=["told_at"])
        notify(
            user_id=reminder.user_id,
            kind=BEGINS,
            params={"sale": sale.campaign.name},
            url=f"/flash?sale={sale.pk}",
            dedupe_key=f"flash:reminder:{reminder.pk}",
            now=now,
        )
    return len(reminders)


def remind_due(*, now: datetime) -> int:
    """Tell those who asked about sales that begin in a few minutes, and say how many."""
    due = selectors.sales_to_remind_of(now=now)
    return sum(tell_reminded(sale_id=sale_id, now=now) for sale_id in due)


def serve_all_waiting(*, now: datetime) -> int:
    """Serve every line in which somebody stands, and say how many were told."""
    return sum(serve_waiting(item_id=item_id, now=now) for item_id in selectors.items_waited_for(now=now))


def _next(item_id: UUID, limit: int, *, now: datetime) -> list[tuple[UUID, UUID, datetime]]:
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, {"item_id": item_id, "limit": limit, "now": now})
        return list(cursor.fetchall())
