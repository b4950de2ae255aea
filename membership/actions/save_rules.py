"""Growth writes new versions of what members live by: levels, points, tasks, the mall. Old versions stay."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.catalogue.models import Variant
from backend.core.errors import InvalidInput, NotFound
from backend.core.languages import LOCALES
from backend.core.locks import advisory_lock, lock_one
from backend.core.rows import insert_row
from backend.promotions.models import CouponTemplate
from membership import rules, selectors
from membership.errors import BackTestChanged
from membership.models import EarningRule, Expiry, Falling, MallItem, Stage, TaskRule, Tier, TierPolicy, TierStep
from membership.ports import known_facts

LONGEST_NAME = 40


@transaction.atomic
def save_policy(*, draft: selectors.PolicyDraft, seen: str, actor_id: UUID, now: datetime) -> TierPolicy:
    """Let new levels hold from now on. Whoever saves them has seen what they do to the people of today.

    Nobody falls through it before the term is over; who fulfils a step already rises with the next look.

    Raises: BackTestChanged, InvalidInput.
    """
    check_policy(draft)
    advisory_lock("membership.policy", "all")
    test = selectors.back_test(draft, now=now)
    if test.fingerprint != seen:
        raise BackTestChanged(up=test.up_count, down=test.down_count)
    last = selectors.policy_at(now)
    TierPolicy.objects.filter(pk=last.pk).update(valid_during=(last.valid_during.lower, now))
    policy = TierPolicy.objects.create(
        version=last.version + 1,
        valid_during=(now, None),
        window_days=draft.window_days,
        lasts_days=draft.lasts_days,
        grace_days=draft.grace_days,
        falling=draft.falling,
        made_by_id=actor_id,
        seen={"up": test.up_count, "down": test.down_count, "points_per_month": test.points_per_month},
    )
    for step in draft.steps:
        wanted = asdict(step)
        TierStep.objects.create(policy=policy, tier_id=wanted.pop("tier"), **wanted)
    return policy


def check_policy(draft: selectors.PolicyDraft) -> None:
    """Insist on a ladder that rises and names every level once.

    Raises: InvalidInput.
    """
    if [step.tier for step in draft.steps] != list(Tier.objects.order_by("position").values_list("key", flat=True)):
        raise InvalidInput("steps", _("Name every level once, lowest first."))
    if rules.ladder_problem([(step.amount_minor, step.orders_count) for step in draft.steps]):
        raise InvalidInput("steps", _("The first level asks for nothing, each next one for more."))
    for step in draft.steps:
        if not (10_000 <= step.multiplier_bps <= 100_000 and 0 <= step.member_off_bps <= 5_000):
            raise InvalidInput("steps", _("A level earns 1 to 10 times the points and pays at most half less."))
        if min(step.free_shipping_per_month, step.birthday_points, step.extra_days, step.orders_count) < 0:
            raise InvalidInput("steps", _("Enter numbers from zero on."))
    if not (1 <= draft.window_days <= 3_650 and 1 <= draft.lasts_days <= 3_650 and 0 <= draft.grace_days <= 365):
        raise InvalidInput("windowDays", _("Enter days between one and ten years, and a grace of at most a year."))
    if draft.falling not in Falling.values:
        raise InvalidInput("falling", _("Choose what happens at the end of a term."))


@dataclass(frozen=True, slots=True, kw_only=True)
class EarningDraft:
    """What points are earned by and how long they live."""

    points_per_yuan: int
    vest_days: int
    expires_days: int
    expiry: str


@transaction.atomic
def save_earning_rule(*, draft: EarningDraft, now: datetime) -> EarningRule:
    """Let a new version of the earning rule hold from now on; what was promised keeps the version it came from.

    Raises: InvalidInput.
    """
    if not (1 <= draft.points_per_yuan <= 100 and 0 <= draft.vest_days <= 90 and 30 <= draft.expires_days <= 3_650):
        raise InvalidInput("pointsPerYuan", _("1 to 100 points a yuan, 90 days to wait, 30 days to ten years to live."))
    if draft.expiry not in Expiry.values:
        raise InvalidInput("expiry", _("Choose the end of the day or of the month."))
    advisory_lock("membership.earning", "all")
    return EarningRule.objects.create(
        version=EarningRule.objects.latest("version").version + 1,
        points_per_yuan=draft.points_per_yuan,
        vest_days_after_delivery=draft.vest_days,
        expires_days_after_vesting=draft.expires_days,
        expiry=draft.expiry,
        valid_from=now,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDraft:
    """A task as somebody wants it."""

    key: str
    stage: str
    names: dict[str, str]
    fact: str
    goal: int
    points: int
    is_open: bool = True


@transaction.atomic
def save_task(*, draft: TaskDraft, now: datetime) -> TaskRule:
    """Let a new version of a task hold from now on. Who finished it before is not rewarded again.

    Raises: InvalidInput.
    """
    _check_names(draft.names)
    if draft.stage not in Stage.values or draft.fact not in known_facts():
        raise InvalidInput("fact", _("Choose a stage and something that is counted."))
    if not (1 <= draft.goal <= 1_000 and 1 <= draft.points <= 1_000):
        raise InvalidInput("goal", _("Ask for 1 to 1000 deeds and give 1 to 1000 points."))
    if not draft.key.replace("_", "").isalnum() or len(draft.key) > 30:
        raise InvalidInput("key", _("A name of letters, digits and underscores, at most 30."))
    advisory_lock("membership.task", draft.key)
    version = TaskRule.objects.filter(key=draft.key).count() + 1
    return TaskRule.objects.create(version=version, valid_from=now, **asdict(draft))


@dataclass(frozen=True, slots=True, kw_only=True)
class MallDraft:
    """An item of the mall as somebody wants it."""

    names: dict[str, str]
    points: int
    template_id: UUID | None = None
    variant_id: UUID | None = None
    left: int | None = None
    per_person: int = 1
    tier: str | None = None
    is_open: bool = True
    position: int = 0


@transaction.atomic
def save_mall_item(*, item_id: UUID | None, draft: MallDraft, now: datetime) -> MallItem:
    """Put an item into the mall, or change it; what was exchanged keeps its price.

    Raises: InvalidInput, NotFound.
    """
    _check_names(draft.names)
    if (draft.template_id is None) == (draft.variant_id is None):
        raise InvalidInput("variantId", _("An item is either goods or a coupon."))
    if not (1 <= draft.points <= 10**6 and 1 <= draft.per_person <= 100 and 0 <= (draft.left or 0) <= 10**6):
        raise InvalidInput("points", _("Enter points above zero, a number for each person, and what is left."))
    if not 0 <= draft.position <= 10_000:
        raise InvalidInput("position", _("Give a place in the list from 0 to 10,000."))
    _check_there(draft)
    item = lock_one(MallItem, item_id) if item_id else MallItem()
    wanted: dict[str, Any] = asdict(draft)
    wanted["tier_id"] = wanted.pop("tier")
    for name, value in wanted.items():
        setattr(item, name, value)
    item.changed_at = now
    if item_id is None:
        return insert_row(item)
    item.save(update_fields=[*wanted, "changed_at"])
    return item


def _check_there(draft: MallDraft) -> None:
    """Insist on things that exist.

    Raises: NotFound.
    """
    wanted = (
        CouponTemplate.objects.filter(pk=draft.template_id).exists() if draft.template_id else True,
        Variant.objects.filter(pk=draft.variant_id).exists() if draft.variant_id else True,
        Tier.objects.filter(pk=draft.tier).exists() if draft.tier else True,
    )
    if not all(wanted):
        raise NotFound


def _check_names(names: dict[str, str]) -> None:
    """Insist on a name in each language.

    Raises: InvalidInput.
    """
    said = [str(names.get(locale, "")).strip() for locale in LOCALES]
    if any(not name or len(name) > LONGEST_NAME for name in said):
        raise InvalidInput("names", _("Give a name of at most 40 letters in each language."))
