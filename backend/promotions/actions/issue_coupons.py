"""Coupons into people's hands: claimed from the pool, redeemed with a code, given by staff or by an event."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from backend.core.errors import TooManyRequests
from backend.core.idempotency import remember, replay_or_reserve
from backend.core.locks import advisory_lock
from backend.core.outbox import emit
from backend.core.rows import insert_row
from backend.core.state_log import log_move
from backend.promotions.errors import (
    CodeUnknown,
    CouponAlreadyYours,
    CouponNotOffered,
    CouponsGone,
    NotInAudience,
)
from backend.promotions.events import CouponIssued
from backend.promotions.models import CampaignState, CodeAttempt, Coupon, CouponState, CouponTemplate, CouponWay
from backend.promotions.selectors.coupons import may_have, template_by_id

MOST_ATTEMPTS = 10
ATTEMPTS_WITHIN = timedelta(minutes=10)

# Nobody waits while others claim; only who finds nothing free waits for those who are about to decide.
FREE = """
UPDATE promotions_coupon SET state = 'ISSUED', user_id = %(user_id)s, seq = %(seq)s, cause = %(cause)s,
    issued_at = %(now)s, valid_from = %(valid_from)s, valid_until = %(valid_until)s
WHERE id = (
    SELECT id FROM promotions_coupon WHERE template_id = %(template_id)s AND state = 'UNCLAIMED'
    LIMIT 1 FOR UPDATE {skip}
) RETURNING id
"""


@transaction.atomic
def claim_coupon(*, template_id: UUID, user_id: UUID, idempotency_key: UUID, now: datetime) -> Coupon:
    """Claim a coupon that is offered to everybody.

    Raises: NotFound, CouponNotOffered, NotInAudience, CouponAlreadyYours, CouponsGone, KeyReused.
    Emits: CouponIssued.
    """
    key: dict[str, Any] = {"principal_id": user_id, "action": "claim_coupon", "key": idempotency_key}
    if answered := replay_or_reserve(**key, request={"template": template_id}):
        return Coupon.objects.get(pk=UUID(answered["couponId"]))
    template = template_by_id(template_id)
    if template.way != CouponWay.CLAIM:
        raise CouponNotOffered
    check_offered(template, user_id=user_id, now=now)
    coupon = _issue(template, user_id=user_id, cause="", now=now)
    remember(**key, answer={"couponId": coupon.id})
    return coupon


def redeem_code(*, code: str, user_id: UUID, idempotency_key: UUID, now: datetime) -> Coupon:
    """Turn a code into a coupon. Wrong codes are counted, so that nobody finds one by trying.

    Raises: CodeUnknown, CouponNotOffered, NotInAudience, CouponAlreadyYours, TooManyRequests, KeyReused.
    Emits: CouponIssued.
    """
    tried = CodeAttempt.objects.filter(user_id=user_id, at__gt=now - ATTEMPTS_WITHIN).count()
    if tried >= MOST_ATTEMPTS:
        raise TooManyRequests(retry_after_seconds=int(ATTEMPTS_WITHIN.total_seconds()))
    try:
        return _redeem(code=code, user_id=user_id, idempotency_key=idempotency_key, now=now)
    except CodeUnknown:
        CodeAttempt.objects.create(user_id=user_id, at=now)
        raise


@transaction.atomic
def give_coupon(*, template_id: UUID, user_id: UUID, cause: str, now: datetime) -> Coupon | None:
    """Give a coupon to a person for a cause, once per cause; who has as many as one may have gets none.

    Raises: NotFound.
    Emits: CouponIssued.
    """
    template = template_by_id(template_id)
    advisory_lock("promotions.coupon", f"{template_id}:{user_id}")
    if given := Coupon.objects.filter(template=template, user_id=user_id, cause=cause).first():
        return given
    if template.state != CampaignState.RUNNING or not may_have(template, user_id):
        return None
    try:
        with transaction.atomic():
            return _issue(template, user_id=user_id, cause=cause, now=now)
    except (CouponAlreadyYours, CouponsGone):
        return None


def check_offered(template: CouponTemplate, *, user_id: UUID, now: datetime) -> None:
    """Refuse a coupon that cannot be had now, or not by this person.

    Raises: CouponNotOffered, NotInAudience.
    """
    if template.state != CampaignState.RUNNING or not template.claim_from <= now < template.claim_until:
        raise CouponNotOffered
    if not may_have(template, user_id):
        raise NotInAudience


@transaction.atomic
def _redeem(*, code: str, user_id: UUID, idempotency_key: UUID, now: datetime) -> Coupon:
    written = "".join(letter for letter in code.upper() if letter.isalnum())
    key: dict[str, Any] = {"principal_id": user_id, "action": "redeem_code", "key": idempotency_key}
    if answered := replay_or_reserve(**key, request={"code": written}):
        return Coupon.objects.get(pk=UUID(answered["couponId"]))
    coupon = Coupon.objects.select_related("template").filter(code=written).first()
    if coupon is None or coupon.state != CouponState.UNCLAIMED:
        raise CodeUnknown
    check_offered(coupon.template, user_id=user_id, now=now)
    seq = _next_seq(coupon.template, user_id)
    valid_from, valid_until = use_window(coupon.template, now=now)
    free = Coupon.objects.filter(pk=coupon.pk, state=CouponState.UNCLAIMED)
    if not free.update(
        state=CouponState.ISSUED,
        user_id=user_id,
        seq=seq,
        issued_at=now,
        valid_from=valid_from,
        valid_until=valid_until,
    ):
        raise CodeUnknown
    _tell(coupon.template, coupon.pk, user_id=user_id, now=now)
    remember(**key, answer={"couponId": coupon.pk})
    return Coupon.objects.get(pk=coupon.pk)


def use_window(template: CouponTemplate, *, now: datetime) -> tuple[datetime, datetime]:
    """From when until when a coupon that is issued now can be used."""
    if template.valid_days is not None:
        return now, now + timedelta(days=template.valid_days)
    if template.use_until is None:
        raise RuntimeError(f"The coupon template {template.pk} has no end.")
    return max(template.use_from or now, now), template.use_until


def _issue(template: CouponTemplate, *, user_id: UUID, cause: str, now: datetime) -> Coupon:
    seq = _next_seq(template, user_id)
    valid_from, valid_until = use_window(template, now=now)
    if template.issue_limit is None:
        coupon = insert_row(
            Coupon(
                template=template,
                state=CouponState.ISSUED,
                user_id=user_id,
                seq=seq,
                cause=cause,
                issued_at=now,
                valid_from=valid_from,
                valid_until=valid_until,
            )
        )
        coupon_id = coupon.pk
    else:
        coupon_id = _from_pool(
            {
                "template_id": template.pk,
                "user_id": user_id,
                "seq": seq,
                "cause": cause,
                "now": now,
                "valid_from": valid_from,
                "valid_until": valid_until,
            }
        )
    _tell(template, coupon_id, user_id=user_id, now=now)
    return Coupon.objects.get(pk=coupon_id)


def _next_seq(template: CouponTemplate, user_id: UUID) -> int:
    """The next number of a person's coupons of a template; two tabs stand in one queue.

    Raises: CouponAlreadyYours.
    """
    advisory_lock("promotions.coupon", f"{template.pk}:{user_id}")
    had = Coupon.objects.filter(template=template, user_id=user_id).count()
    if had >= template.per_person:
        raise CouponAlreadyYours
    return had + 1


def _from_pool(values: dict[str, Any]) -> UUID:
    """Take one of the pool. What others hold is passed over first; before anybody is told that all are gone, they wait.

    Raises: CouponsGone.
    """
    with connection.cursor() as cursor:
        for skip in ("SKIP LOCKED", ""):
            cursor.execute(FREE.format(skip=skip), values)
            if row := cursor.fetchone():
                found: UUID = row[0]
                return found
    raise CouponsGone


def _tell(template: CouponTemplate, coupon_id: UUID, *, user_id: UUID, now: datetime) -> None:
    log_move(
        entity_type="promotions.Coupon",
        entity_id=coupon_id,
        from_state=CouponState.UNCLAIMED,
        to_state=CouponState.ISSUED,
        actor_id=user_id,
        now=now,
    )
    emit(CouponIssued(coupon_id=coupon_id, template_id=template.pk, user_id=user_id, at=now))
