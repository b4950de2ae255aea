"""Take a coupon back that was given for something which fell away."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.locks import lock_one
from backend.core.state_log import log_move
from backend.promotions.models import Coupon, CouponState


@transaction.atomic
def revoke_coupon(*, coupon_id: UUID, reason: str, now: datetime) -> bool:
    """Withdraw a coupon that nobody has used, and say whether it was; one in an order or used stays.

    Raises: NotFound.
    """
    coupon = lock_one(Coupon, coupon_id)
    if coupon.state != CouponState.ISSUED:
        return False
    coupon.state = CouponState.REVOKED
    coupon.save(update_fields=["state"])
    log_move(
        entity_type="promotions.Coupon",
        entity_id=coupon.pk,
        from_state=CouponState.ISSUED,
        to_state=CouponState.REVOKED,
        reason=reason,
        now=now,
    )
    return True
