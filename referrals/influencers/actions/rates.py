"""Rates that are locked per creator and product: a rise counts at once, a cut after thirty days."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from backend.catalogue.models import Product
from backend.core.errors import InvalidInput, NotFound
from backend.core.locks import lock_one
from backend.core.outbox import emit
from referrals.influencers.events import RateCutAnnounced
from referrals.influencers.models import Promoter, Rate
from referrals.influencers.rules.sums import MOST_BPS
from referrals.influencers.selectors.members import terms_at
from referrals.influencers.selectors.work import rate_at, rates_to_announce


@transaction.atomic
def set_rate(*, promoter_id: UUID, product_id: UUID, bps: int, by: UUID | None, now: datetime) -> Rate:
    """Change what a creator earns of a product. A cut waits thirty days for whoever promotes it already.

    A change that has not begun gives way to the newer one.

    Raises: InvalidInput, NotFound.
    """
    if not 0 <= bps <= MOST_BPS:
        raise InvalidInput("bps")
    if not Product.objects.filter(pk=product_id).exists():
        raise NotFound
    lock_one(Promoter, promoter_id)
    return write_rate(promoter_id=promoter_id, product_id=product_id, bps=bps, by=by, now=now)


def write_rate(*, promoter_id: UUID, product_id: UUID, bps: int, by: UUID | None, now: datetime) -> Rate:
    """Write the next version of a rate; call it with the creator held."""
    current = rate_at(promoter_id, product_id, at=now)
    mine = Rate.objects.filter(promoter_id=promoter_id, product_id=product_id)
    mine.filter(valid__startswith__gt=now).delete()
    if current is not None and current.bps == bps:
        return _end(current, at=None)
    terms = terms_at(now)
    is_cut = current is not None and bps < current.bps
    begins = now + timedelta(days=terms.cut_days) if is_cut else now
    if current is not None:
        if current.valid.lower == begins:
            # Nothing can have been earned by a version that began in this very moment.
            current.bps = bps
            current.save(update_fields=["bps"])
            return current
        _end(current, at=begins)
    last = mine.order_by("-version").values_list("version", flat=True).first() or 0
    return Rate.objects.create(
        promoter_id=promoter_id,
        product_id=product_id,
        version=last + 1,
        bps=bps,
        valid=DateTimeTZRange(begins, None),
        notice_at=begins - timedelta(days=terms.notice_days) if is_cut else None,
        set_by_id=by,
        set_at=now,
    )


@transaction.atomic
def announce_cuts(*, now: datetime, most: int = 200) -> int:
    """Tell creators of cuts that begin in two days, once, and say how many.

    Emits: RateCutAnnounced.
    """
    due = rates_to_announce(now=now, limit=most)
    told = 0
    for rate in due:
        if Rate.objects.filter(pk=rate.pk, noticed_at=None).update(noticed_at=now):
            told += 1
            emit(
                RateCutAnnounced(
                    rate_id=rate.pk,
                    promoter_id=rate.promoter_id,
                    product_id=rate.product_id,
                    bps=rate.bps,
                    from_at=rate.valid.lower,
                    at=now,
                )
            )
    return told


def _end(rate: Rate, *, at: datetime | None) -> Rate:
    rate.valid = DateTimeTZRange(rate.valid.lower, at)
    rate.save(update_fields=["valid"])
    return rate
