"""What can be asked about deeds, tasks and badges."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from membership.models import Badge, BadgeRule, Deed, TaskReward, TaskRule, ThanksRule


@dataclass(frozen=True, slots=True)
class TaskState:
    """A task and how far somebody is with it."""

    rule: TaskRule
    count: int
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class BadgeState:
    """A badge and how far somebody is with it."""

    rule: BadgeRule
    count: int
    earned_at: datetime | None


def deeds_count(user_id: UUID, fact: str) -> int:
    """How often a person did something."""
    return Deed.objects.filter(user_id=user_id, fact=fact).count()


def deeds_of(user_id: UUID) -> dict[str, int]:
    """How often a person did each thing."""
    rows = Deed.objects.filter(user_id=user_id).values("fact").annotate(times=Count("pk"))
    return {row["fact"]: row["times"] for row in rows}


def task_rules(now: datetime) -> list[TaskRule]:
    """The versions of the tasks that hold now, also of those that are put away."""
    found = TaskRule.objects.filter(valid_from__lte=now).order_by("key", "-version").distinct("key")
    return sorted(found, key=lambda rule: (list(_STAGES).index(rule.stage), rule.goal, rule.key))


_STAGES = ("NEWCOMER", "GROWING", "REGULAR")


def tasks_of(user_id: UUID, *, now: datetime) -> list[TaskState]:
    """The tasks of a person: what is open, and what is done."""
    deeds = deeds_of(user_id)
    done = dict(TaskReward.objects.filter(user_id=user_id).values_list("key", "at"))
    return [
        TaskState(rule=rule, count=min(deeds.get(rule.fact, 0), rule.goal), done_at=done.get(rule.key))
        for rule in task_rules(now)
        if rule.is_open or rule.key in done
    ]


def badges_of(user_id: UUID) -> list[BadgeState]:
    """All badges, and which of them a person has."""
    deeds = deeds_of(user_id)
    earned = dict(Badge.objects.filter(user_id=user_id).values_list("rule_id", "at"))
    return [
        BadgeState(rule=rule, count=min(deeds.get(rule.fact, 0), rule.goal), earned_at=earned.get(rule.pk))
        for rule in BadgeRule.objects.order_by("position")
    ]


def badge_names(key: str) -> dict[str, str]:
    """What a badge is called in each language."""
    names: dict[str, str] = BadgeRule.objects.get(key=key).names
    return names


def earned_badges(user_id: UUID) -> QuerySet[Badge]:
    """The badges that a person has, newest first."""
    return Badge.objects.filter(user_id=user_id).select_related("rule").order_by("-at", "-pk")


def thanks_rule(key: str, *, now: datetime) -> ThanksRule:
    """The version of the rule for a kindness that holds now."""
    return ThanksRule.objects.filter(key=key, valid_from__lte=now).latest("version")
