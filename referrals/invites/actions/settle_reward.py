"""What an order does to the rewards that hang on it: kept, they are given; refunded, they go."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from backend.core.locks import claim_rows, lock_rows
from backend.orders.models import Order
from backend.promotions.actions import give_coupon
from membership.actions.hold_wallets import hold_wallets
from membership.models import CountedSpending
from referrals.invites.actions.move_reward import give_back, move_reward
from referrals.invites.models import Benefit, Binding, InviteReward, RewardState


@transaction.atomic
def settle_vested_lot(*, lot_id: UUID, now: datetime) -> InviteReward | None:
    """The points of a reward became usable: the order is kept, the reward is given.

    Emits: RewardMoved.
    """
    reward = next(iter(lock_rows(InviteReward.objects.filter(lot_id=lot_id, state=RewardState.PENDING))), None)
    if reward is None:
        return None
    move_reward(reward, to=RewardState.VESTED, now=now, because="kept")
    return move_reward(reward, to=RewardState.ISSUED, now=now, because="kept")


@transaction.atomic
def give_due_coupons(*, now: datetime, most: int = 100) -> int:
    """Give the coupons of rewards whose order is kept, and say how many; what cannot be given yet is tried again.

    Emits: RewardMoved.
    """
    kept = CountedSpending.objects.filter(pk=OuterRef("order_id"), vests_at__lte=now, amount_minor__gt=0)
    waiting = InviteReward.objects.filter(
        Exists(kept), benefit=Benefit.COUPON, state__in=[RewardState.PENDING, RewardState.VESTED]
    )
    given = 0
    for reward in claim_rows(waiting, "created_at", limit=most):
        if reward.state == RewardState.PENDING:
            move_reward(reward, to=RewardState.VESTED, now=now, because="kept")
        if reward.template_id is None:
            continue
        reward.coupon = give_coupon(
            template_id=reward.template_id, user_id=reward.beneficiary_id, cause=f"invite:{reward.pk}", now=now
        )
        if reward.coupon is not None:
            move_reward(reward, to=RewardState.ISSUED, now=now, because="kept")
            given += 1
    return given


@transaction.atomic
def reverse_rewards(*, order_id: UUID, refunded_minor: int, now: datetime) -> list[InviteReward]:
    """Take back what hung on an order that was refunded, all of it or below what the campaign asks for.

    Emits: RewardMoved.
    """
    order = Order.objects.get(pk=order_id)
    standing = InviteReward.objects.filter(order_id=order_id).exclude(state=RewardState.REVERSED)
    hold_wallets(standing.values_list("beneficiary_id", flat=True))
    lock_rows(Binding.objects.filter(pk=order.buyer_id))
    rewards = lock_rows(standing)
    reversed_rewards = []
    for reward in rewards:
        goods = order.total_minor - order.shipping_minor
        kept = goods - min(refunded_minor, goods)
        least = int(reward.rule.params.get("minOrderMinor") or 0)
        if kept > 0 and kept >= least:
            continue
        give_back(reward, now=now)
        reward.held_until = None
        reversed_rewards.append(move_reward(reward, to=RewardState.REVERSED, now=now, because="refund"))
    return reversed_rewards
