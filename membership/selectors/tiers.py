"""What can be asked about levels: the policy of a moment, who stands where, and how far the next one is."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from backend.aftersales.ports import BuyerStanding
from backend.core.money import Money, Points
from backend.core.rows import rows_where
from backend.orders.selectors import has_kept_order
from backend.promotions.ports import BuyerFacts
from membership import rules
from membership.models import (
    Birthday,
    BirthdayGift,
    CountedSpending,
    Member,
    OrderBenefits,
    ShippingPass,
    SpendingState,
    Tier,
    TierMove,
    TierPolicy,
    TierStep,
)
from membership.selectors.points import earning_rule

NOTHING = rules.Counted(Money.zero(), 0)
HELD_NOW = """WHERE policy_id = (SELECT version FROM membership_tierpolicy WHERE valid_during @> %s)
    AND tier_id = coalesce((SELECT tier_id FROM membership_member WHERE user_id = %s),
        (SELECT key FROM membership_tier ORDER BY position LIMIT 1))"""


def tiers() -> list[Tier]:
    """All tiers, lowest first."""
    return list(Tier.objects.order_by("position"))


def tier_names(key: str) -> dict[str, str]:
    """What a tier is called in each language."""
    names: dict[str, str] = Tier.objects.get(pk=key).names
    return names


def policy_at(at: datetime) -> TierPolicy:
    """The version of the levels that holds at a moment."""
    return TierPolicy.objects.get(valid_during__contains=at)


def steps_of(policy: TierPolicy) -> list[TierStep]:
    """What each level asks and gives, lowest first."""
    return list(TierStep.objects.filter(policy=policy).select_related("tier").order_by("position"))


def member_tier(user_id: UUID) -> Tier:
    """The tier of a person; who never climbed is on the first one."""
    member = Member.objects.select_related("tier").filter(pk=user_id).first()
    return member.tier if member else tiers()[0]


def buyer_standing(buyer_id: UUID) -> BuyerStanding:
    """What after-sales may know of a person: the level, and whether it is one of the two highest."""
    ladder = tiers()
    tier = member_tier(buyer_id)
    return BuyerStanding(names=tier.names, is_valued=tier.position >= ladder[-2:][0].position > ladder[0].position)


def step_held(user_id: UUID | None, *, now: datetime) -> TierStep:
    """What the level of a person asks and gives now; a visitor stands on the first one.

    Every price asks for it, so the statement is ready.
    """
    [step] = rows_where(TierStep, HELD_NOW, [now, user_id])
    return step


def tier_held_at(user_id: UUID, *, at: datetime) -> Tier:
    """The tier of a person at an earlier moment."""
    later = TierMove.objects.filter(user_id=user_id, at__gt=at).select_related("from_tier")
    move = later.order_by("at", "pk").first()
    return move.from_tier if move else member_tier(user_id)


def buyer_facts(buyer_id: UUID) -> BuyerFacts:
    """What the audience of a campaign may ask about a buyer, read now."""
    return BuyerFacts(has_kept_order=has_kept_order(buyer_id=buyer_id), tier=member_tier(buyer_id).key)


def counted_of(user_id: UUID, *, since: datetime) -> dict[str, rules.Counted]:
    """What counts and what will count for the level of a person, by its state."""
    window = CountedSpending.objects.filter(user_id=user_id, confirmed_at__gt=since, amount_minor__gt=0)
    sums = window.values("state").annotate(amount=Sum("amount_minor"), orders=Count("pk"))
    return {row["state"]: rules.Counted(Money(row["amount"]), row["orders"]) for row in sums}


def progress_of(user_id: UUID, *, now: datetime) -> rules.Progress:
    """How far a person has come within the window of the policy."""
    policy = policy_at(now)
    ladder = steps_of(policy)
    member = Member.objects.filter(pk=user_id).first()
    counted = counted_of(user_id, since=now - timedelta(days=policy.window_days))
    step = rules.step_of(member.tier_id, ladder) if member else ladder[0]
    return rules.Progress(
        step=step,
        next_step=rules.step_after(step, steps=ladder),
        policy=policy,
        kept=counted.get(SpendingState.KEPT, NOTHING),
        pending=counted.get(SpendingState.PENDING, NOTHING),
        member=member,
    )


def recent_spending(user_id: UUID, *, now: datetime, most: int = 10) -> Sequence[CountedSpending]:
    """The orders that count for a person's tier, newest first."""
    since = now - timedelta(days=policy_at(now).window_days)
    window = CountedSpending.objects.filter(user_id=user_id, confirmed_at__gt=since)
    return list(window.select_related("order").order_by("-confirmed_at", "-pk")[:most])


def moves_of(user_id: UUID, *, most: int = 10) -> list[TierMove]:
    """What was decided about a person's level, newest first."""
    found = TierMove.objects.filter(user_id=user_id).select_related("from_tier", "to_tier", "policy")
    return list(found.order_by("-at", "-pk")[:most])


def benefits_of(order_id: UUID) -> OrderBenefits | None:
    """What was noted for an order when it was placed."""
    return OrderBenefits.objects.select_related("tier").filter(pk=order_id).first()


def points_to_earn(*, user_id: UUID | None, goods: Money, now: datetime) -> Points:
    """The points that goods at this price would earn a person now; a visitor earns as on the first tier."""
    rule = earning_rule(now)
    step = step_held(user_id, now=now)
    return rules.points_for(goods, points_per_yuan=rule.points_per_yuan, multiplier_bps=step.multiplier_bps)


def extra_days_of(user_ids: Iterable[UUID], *, now: datetime) -> dict[UUID, int]:
    """By how many days the level of each person lets points live longer."""
    found = dict.fromkeys(user_ids, 0)
    ladder = {step.tier_id: step.extra_days for step in steps_of(policy_at(now))}
    held = Member.objects.filter(pk__in=found).values_list("pk", "tier_id")
    return found | {user_id: ladder[tier] for user_id, tier in held}


def passes_used(user_id: UUID, *, month: date) -> int:
    """How many orders of a month a level has sent free of charge."""
    return ShippingPass.objects.filter(user_id=user_id, month=month, is_given_back=False).count()


def birthday_of(user_id: UUID) -> Birthday | None:
    """The birthday that a person told."""
    return Birthday.objects.filter(pk=user_id).first()


def birthdays_due(today: date, *, now: datetime) -> QuerySet[Birthday]:
    """Those whose birthday is today, told long enough ago, without a gift within the last months."""
    days = Q(born_on__month=today.month, born_on__day=today.day)
    if (today.month, today.day) == (2, 28) and rules.birthday_in(today.year, born_on=date(2000, 2, 29)) == today:
        days |= Q(born_on__month=2, born_on__day=29)
    lately = BirthdayGift.objects.filter(at__gt=now - rules.BETWEEN_GIFTS)
    known = Birthday.objects.filter(days, told_at__lte=now - rules.KNOWN_BEFORE)
    return known.exclude(pk__in=lately.values("user_id")).order_by("pk")


def gifted_in(year: int) -> QuerySet[BirthdayGift, UUID]:
    """Who has had the gift of a year."""
    return BirthdayGift.objects.filter(year=year).values_list("user_id", flat=True)


def members_by_tier() -> dict[str, int]:
    """How many members stand on each level."""
    counts = Member.objects.values("tier_id").annotate(people=Count("pk"))
    return {row["tier_id"]: row["people"] for row in counts}
