"""The row that everybody holds who moves usable points: taken before lots, in the order of people."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from backend.core.locks import claim_rows, lock_many, lock_rows
from backend.core.rows import insert_row_once
from membership import rules
from membership.models import PointLot, PointWallet


def hold_wallets(user_ids: Iterable[UUID]) -> None:
    """Hold the wallets of people until the transaction ends; who has none yet gets one."""
    wanted = sorted(set(user_ids))
    for user_id in wanted:
        insert_row_once(PointWallet(user_id=user_id))
    lock_many(PointWallet, wanted)


def lots_of_free_wallets(due: QuerySet[PointLot], *, most: int) -> list[PointLot]:
    """Hold wallets that nobody else holds, then their lots of a query, in the order of people."""
    owners = list(due.order_by("user_id").values_list("user_id", flat=True).distinct()[:most])
    free = claim_rows(PointWallet.objects.filter(pk__in=owners), limit=most)
    return rules.by_person(lock_rows(due.filter(user_id__in=[wallet.pk for wallet in free])))
