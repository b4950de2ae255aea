"""The desk: release or reject what is held; what time decides; what the person may ask for."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from backend.core.errors import InvalidInput, NotFound
from backend.core.locks import claim_rows, lock_one, lock_rows
from membership.actions.hold_wallets import hold_wallets
from referrals.invites.actions.move_reward import give_back, move_reward, promise, review_until, set_aside
from referrals.invites.errors import ObjectionTooLate, OwnReward, RewardStateRefuses
from referrals.invites.models import Binding, InviteReward, RewardState

LONGEST_NOTE = 300
OBJECTION_WITHIN = timedelta(days=30)
MAY_RELEASE = (RewardState.HELD, RewardState.REJECTED)
MAY_REJECT = (RewardState.HELD, RewardState.PENDING)


@transaction.atomic
def decide_reward(*, reward_id: UUID, is_released: bool, note: str, by: UUID, now: datetime) -> InviteReward:
    """A person releases a reward that is held or was rejected, or rejects one that is held or waits; with a reason.

    Raises: BudgetExhausted, InvalidInput, NotFound, OwnReward, RewardStateRefuses.
    Emits: RewardMoved.
    """
    reward = hold_reward(reward_id)
    note = _checked(note, field="note")
    if by in (reward.beneficiary_id, reward.binding.invitee_id, reward.binding.inviter_id):
        raise OwnReward
    if reward.state not in (MAY_RELEASE if is_released else MAY_REJECT):
        raise RewardStateRefuses(state=reward.state)
    if is_released:
        return release_reward(reward, now=now, by=by, note=note, because="desk")
    give_back(reward, now=now)
    reward.decided_by_id, reward.decided_at, reward.held_until = by, now, None
    return move_reward(reward, to=RewardState.REJECTED, now=now, by=by, note=note, because="desk")


@transaction.atomic
def object_to_rejection(*, reward_id: UUID, user_id: UUID, note: str, now: datetime) -> InviteReward:
    """Ask for a person to look again at a rejected reward of one's own; once, within thirty days.

    Raises: BudgetExhausted, InvalidInput, NotFound, ObjectionTooLate, RewardStateRefuses.
    Emits: RewardMoved.
    """
    reward = hold_reward(reward_id)
    if reward.beneficiary_id != user_id:
        raise NotFound
    note = _checked(note, field="note")
    if reward.state != RewardState.REJECTED:
        raise RewardStateRefuses(state=reward.state)
    if reward.objection or reward.lot_id or now > (reward.decided_at or reward.created_at) + OBJECTION_WITHIN:
        raise ObjectionTooLate
    set_aside(reward)
    reward.objection = note
    reward.held_until = review_until(reward, now=now)
    return move_reward(reward, to=RewardState.HELD, now=now, by=user_id, because="objection")


@transaction.atomic
def release_due_rewards(*, now: datetime, most: int = 100) -> int:
    """Release what nobody looked at in time, if little speaks against it; the rest waits for a person.

    Emits: RewardMoved.
    """
    due = InviteReward.objects.filter(
        state=RewardState.HELD, held_until__lte=now, score__lt=F("fraud_rule__release_below"), objection=""
    )
    released = claim_rows(due, "held_until", limit=most)
    for reward in released:
        release_reward(reward, now=now, because="deadline")
    return len(released)


def release_reward(
    reward: InviteReward, *, now: datetime, because: str, by: UUID | None = None, note: str = ""
) -> InviteReward:
    """Let a reward wait for its order like any other; call it with the reward held.

    Raises: BudgetExhausted, RewardStateRefuses.
    """
    if reward.lot_id is not None:
        raise RewardStateRefuses(state=reward.state)
    if reward.state == RewardState.REJECTED:
        set_aside(reward)
    promise(reward, now=now)
    reward.held_until = None
    if by is not None:
        reward.decided_by_id, reward.decided_at = by, now
    return move_reward(reward, to=RewardState.PENDING, now=now, by=by, note=note, because=because)


def hold_reward(reward_id: UUID) -> InviteReward:
    """Hold a reward; before it the wallet of whose it is, and its binding.

    Raises: NotFound.
    """
    found = InviteReward.objects.filter(pk=reward_id).values_list("beneficiary_id", "binding_id").first()
    if found is None:
        raise NotFound
    beneficiary_id, binding_id = found
    hold_wallets([beneficiary_id])
    lock_rows(Binding.objects.filter(pk=binding_id))
    return lock_one(InviteReward, reward_id)


def _checked(note: str, *, field: str) -> str:
    """Insist on a reason.

    Raises: InvalidInput.
    """
    note = " ".join(note.split())
    if not note or len(note) > LONGEST_NOTE:
        raise InvalidInput(field)
    return note
