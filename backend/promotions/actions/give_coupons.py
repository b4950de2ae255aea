"""Coupons for many people at once, and what becomes of coupons with time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.accounts.models import User
from backend.accounts.selectors import locale_of_person
from backend.core.errors import InvalidInput
from backend.core.idempotency import remember, replay_or_reserve
from backend.core.languages import translate
from backend.core.locks import claim_rows
from backend.core.outbox import emit
from backend.core.state_log import log_move
from backend.messaging.actions import tell_outside
from backend.messaging.topics import Topic
from backend.promotions import rules
from backend.promotions.actions.issue_coupons import give_coupon
from backend.promotions.errors import CouponStateRefuses
from backend.promotions.events import CouponExpiring
from backend.promotions.models import CampaignState, Coupon, CouponBatch, CouponState
from backend.promotions.ports import buyer_facts
from backend.promotions.selectors.coupons import template_by_id, welcome_templates
from backend.promotions.wording import in_language
from backend.promotions.words import MESSAGE_BODY, MESSAGE_SUBJECT, coupon_reason

CHANNELS = ("", "mail", "sms")
PIECE = 200
NOTICE_BEFORE = timedelta(days=3)


@transaction.atomic
def give_to_people(
    *,
    template_id: UUID,
    audience: Mapping[str, Any],
    channel: str,
    actor_id: UUID,
    idempotency_key: UUID,
    now: datetime,
) -> CouponBatch:
    """Give a coupon to everybody of an audience, with a message if a channel is named; the work is done in pieces.

    Raises: NotFound, CouponStateRefuses, InvalidInput, KeyReused.
    """
    key: dict[str, Any] = {"principal_id": actor_id, "action": "give_to_people", "key": idempotency_key}
    request = {"template": template_id, "audience": dict(audience), "channel": channel}
    if answered := replay_or_reserve(**key, request=request):
        return CouponBatch.objects.get(pk=UUID(answered["batchId"]))
    template = template_by_id(template_id)
    if template.state != CampaignState.RUNNING:
        raise CouponStateRefuses(state=template.state)
    if channel not in CHANNELS:
        raise InvalidInput("channel")
    for problem in rules.audience_problems(audience):
        raise InvalidInput("audience", problem.message)
    batch = CouponBatch.objects.create(
        template=template, audience=dict(audience), channel=channel, created_by_id=actor_id, created_at=now
    )
    remember(**key, answer={"batchId": batch.pk})
    return batch


@transaction.atomic
def work_off_batch(*, now: datetime) -> bool:
    """Give the next piece of the oldest open batch; False when there is nothing to do or others do it.

    Whoever dies in the middle loses nothing: the place in the list is kept with the coupons that were given.

    Emits: CouponIssued, MessageQueued.
    """
    held = claim_rows(CouponBatch.objects.filter(finished_at=None), "created_at", limit=1)
    if not held:
        return False
    batch = held[0]
    people = User.objects.filter(is_active=True).order_by("pk")
    if batch.last_user_id:
        people = people.filter(pk__gt=batch.last_user_id)
    piece = list(people[:PIECE])
    for person in piece:
        if _belongs(person, batch.audience) and _give_one(batch, person, now=now):
            batch.given_count += 1
        else:
            batch.passed_count += 1
    batch.last_user_id = piece[-1].pk if piece else batch.last_user_id
    batch.finished_at = now if len(piece) < PIECE else None
    batch.save(update_fields=["given_count", "passed_count", "last_user_id", "finished_at"])
    return True


def welcome(*, user_id: UUID, now: datetime) -> list[Coupon]:
    """Give a newcomer the coupons that everybody gets who signs up, each once.

    Emits: CouponIssued.
    """
    given = [
        give_coupon(template_id=template.pk, user_id=user_id, cause="welcome", now=now)
        for template in welcome_templates(now=now)
    ]
    return [coupon for coupon in given if coupon is not None]


@transaction.atomic
def expire_coupons(*, now: datetime, limit: int = 500) -> int:
    """Let coupons lapse whose time is over, and say how many; those in an order stay good until it is decided."""
    over = claim_rows(Coupon.objects.filter(state=CouponState.ISSUED, valid_until__lte=now), "valid_until", limit=limit)
    for coupon in over:
        log_move(
            entity_type="promotions.Coupon",
            entity_id=coupon.pk,
            from_state=CouponState.ISSUED,
            to_state=CouponState.EXPIRED,
            now=now,
        )
    Coupon.objects.filter(pk__in=[coupon.pk for coupon in over]).update(state=CouponState.EXPIRED)
    return len(over)


@transaction.atomic
def notice_expiring(*, now: datetime, limit: int = 500) -> int:
    """Say once of each coupon that its time is nearly over.

    Emits: CouponExpiring.
    """
    near = Coupon.objects.filter(
        state=CouponState.ISSUED, noticed_at=None, valid_until__gt=now, valid_until__lte=now + NOTICE_BEFORE
    )
    soon = [
        coupon
        for coupon in claim_rows(near, "valid_until", limit=limit)
        if coupon.user_id and coupon.valid_until and coupon.issued_at
    ]
    Coupon.objects.filter(pk__in=[coupon.pk for coupon in soon]).update(noticed_at=now)
    for coupon in soon:
        if coupon.user_id and coupon.valid_until and coupon.issued_at and coupon.issued_at < now - NOTICE_BEFORE / 3:
            emit(
                CouponExpiring(
                    coupon_id=coupon.pk,
                    template_id=coupon.template_id,
                    user_id=coupon.user_id,
                    valid_until=coupon.valid_until,
                    at=now,
                )
            )
    return len(soon)


def _belongs(person: User, audience: Mapping[str, Any]) -> bool:
    if audience.get("who", "all") == "all" and not audience.get("tiers"):
        return True
    facts = buyer_facts(person.pk)
    return rules.admits(audience, has_kept_order=facts.has_kept_order, tier=facts.tier)


def _give_one(batch: CouponBatch, person: User, *, now: datetime) -> bool:
    coupon = give_coupon(template_id=batch.template_id, user_id=person.pk, cause=f"batch:{batch.pk}", now=now)
    if coupon is None:
        return False
    to = {"mail": person.email, "sms": person.phone}.get(batch.channel)
    if to:
        template, locale = coupon.template, locale_of_person(person.pk)
        places = {
            "name": translate(template.names, locale),
            "sentence": coupon_reason(template.benefit, template.threshold_minor)[locale],
        }
        tell_outside(
            user_id=person.pk,
            topic=Topic.OFFERS.value,
            channel=batch.channel,
            to=to,
            subject=in_language(MESSAGE_SUBJECT, locale, places),
            body=in_language(MESSAGE_BODY, locale, places),
            now=now,
        )
    return True
