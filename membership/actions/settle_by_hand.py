"""What staff do to points by hand, each with a reason: forgive, give, bring lapsed ones back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.core.errors import InvalidInput, NotFound
from backend.core.idempotency import remember, replay_or_reserve
from backend.core.locks import lock_one
from backend.core.money import Points
from backend.core.outbox import emit
from backend.ledger.actions import Leg, post_transfer
from backend.ledger.rules import POINTS_UNIT
from membership import rules, selectors
from membership.actions.give_points import promise_points
from membership.actions.hold_wallets import hold_wallets
from membership.actions.vest_points import vest_at_once, vest_lot
from membership.errors import DebtSettled, GrantDecided, LapsedTooLongAgo, SecondPersonNeeded
from membership.events import DebtForgiven
from membership.models import DebtPardon, GrantState, LotState, PointDebt, PointGrant, PointLot

LONGEST_REASON = 200
MOST_POINTS = 100_000


@transaction.atomic
def forgive_debt(*, debt_id: UUID, reason: str, actor_id: UUID, now: datetime) -> PointDebt:
    """Let a person off what is still owed; who did it and why stays written down.

    Raises: DebtSettled, InvalidInput, NotFound.
    Emits: DebtForgiven.
    """
    why = _check_reason(reason)
    found = PointDebt.objects.filter(pk=debt_id).first()
    if found is None:
        raise NotFound
    hold_wallets([found.user_id])
    debt = lock_one(PointDebt, debt_id)
    left = debt.amount - debt.repaid - debt.forgiven
    if not left:
        raise DebtSettled
    debt.forgiven += left
    debt.save(update_fields=["forgiven"])
    pardon = DebtPardon.objects.create(debt=debt, points=left, reason=why, by_id=actor_id, at=now)
    post_transfer(
        kind="forgive_points",
        source=("point_pardon", pardon.pk),
        legs=[
            Leg("points_source", None, -left, POINTS_UNIT),
            Leg("points_debt", debt.user_id, left, POINTS_UNIT),
        ],
        rule="by_hand",
        facts={"actor": str(actor_id), "reason": why},
        now=now,
    )
    emit(DebtForgiven(user_id=debt.user_id, debt_id=debt.pk, points=left, actor_id=actor_id, at=now))
    return debt


@transaction.atomic
def ask_grant(
    *, user_id: UUID, points: int, reason: str, actor_id: UUID, idempotency_key: UUID, now: datetime
) -> PointGrant:
    """Give points by hand; above the limit they wait for a second person.

    Raises: InvalidInput, NotFound, KeyReused.
    Emits: PointsPromised, PointsVested.
    """
    key: dict[str, Any] = {"principal_id": actor_id, "action": "ask_grant", "key": idempotency_key}
    why = _check_reason(reason)
    if answered := replay_or_reserve(**key, request={"user": user_id, "points": points, "reason": why}):
        return PointGrant.objects.get(pk=UUID(answered["grantId"]))
    if not 1 <= points <= MOST_POINTS:
        raise InvalidInput("points", _("Give 1 to 100000 points."))
    if not User.objects.filter(pk=user_id).exists():
        raise NotFound
    hold_wallets([user_id])
    needs_second = Points(points) > rules.GRANT_LIMIT
    grant = PointGrant.objects.create(
        user_id=user_id,
        points=points,
        reason=why,
        state=GrantState.ASKED if needs_second else GrantState.GIVEN,
        asked_by_id=actor_id,
        asked_at=now,
        needs_second=needs_second,
    )
    if not needs_second:
        _give(grant, now=now)
    remember(**key, answer={"grantId": grant.pk})
    return grant


@transaction.atomic
def decide_grant(*, grant_id: UUID, is_given: bool, actor_id: UUID, now: datetime) -> PointGrant:
    """Decide about points that somebody else wants to give.

    Raises: GrantDecided, SecondPersonNeeded, NotFound.
    Emits: PointsPromised, PointsVested.
    """
    found = selectors.grant_by_id(grant_id)
    if found is None:
        raise NotFound
    hold_wallets([found.user_id])
    grant = lock_one(PointGrant, grant_id)
    if grant.state != GrantState.ASKED:
        raise GrantDecided
    if grant.asked_by_id == actor_id:
        raise SecondPersonNeeded
    grant.state = GrantState.GIVEN if is_given else GrantState.REFUSED
    grant.decided_by_id, grant.decided_at = actor_id, now
    grant.save(update_fields=["state", "decided_by", "decided_at"])
    if is_given:
        _give(grant, now=now)
    return grant


@transaction.atomic
def reinstate_points(*, lot_id: UUID, reason: str, actor_id: UUID, now: datetime) -> PointLot:
    """Bring back what lapsed of a lot within the last thirty days, once, for thirty days more.

    Raises: LapsedTooLongAgo, InvalidInput, NotFound.
    Emits: PointsPromised, PointsVested.
    """
    why = _check_reason(reason)
    old = PointLot.objects.filter(pk=lot_id).first()
    if old is None:
        raise NotFound
    hold_wallets([old.user_id])
    old = lock_one(PointLot, lot_id)
    lapsed_at = old.expires_at
    if (
        old.state != LotState.EXPIRED
        or not old.lapsed
        or lapsed_at is None
        or lapsed_at < now - rules.REINSTATED_WITHIN
    ):
        raise LapsedTooLongAgo(days=rules.REINSTATED_WITHIN.days)
    lot = promise_points(
        user_id=old.user_id,
        points=Points(old.lapsed),
        cause="reinstated",
        source=("point_lot", old.pk),
        rule_version="by_hand",
        facts={
            "points": old.lapsed,
            "lapsed_at": lapsed_at.isoformat(),
            "reason": why,
            "actor": str(actor_id),
            "at": now.isoformat(),
        },
        vests_at=now,
        now=now,
    )
    if lot is None:
        raise RuntimeError(f"Lot {old.pk} lapsed with points and brings none back.")
    vest_lot(lot, life=rules.grace_life(now), now=now)
    return lot


def _give(grant: PointGrant, *, now: datetime) -> None:
    lot = promise_points(
        user_id=grant.user_id,
        points=Points(grant.points),
        cause="grant",
        source=("point_grant", grant.pk),
        rule_version="by_hand",
        facts={"points": grant.points, "reason": grant.reason, "at": now.isoformat()},
        vests_at=now,
        now=now,
    )
    if lot is not None:
        vest_at_once(lot, now=now)


def _check_reason(reason: str) -> str:
    """Insist on a reason.

    Raises: InvalidInput.
    """
    why = reason.strip()
    if not why or len(why) > LONGEST_REASON:
        raise InvalidInput("reason", _("Say why, in at most 200 letters."))
    return why
