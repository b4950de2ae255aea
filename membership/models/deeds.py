"""What members did, what it is worth, and the honours it brings."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.core.ids import new_id


class Stage(models.TextChoices):
    """The time of a member's life to which a task belongs."""

    NEWCOMER = "NEWCOMER", _("First steps")
    GROWING = "GROWING", _("On the way")
    REGULAR = "REGULAR", _("Regulars")


class Deed(models.Model):
    """One thing a person did, counted once for its source."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    fact = models.CharField(max_length=30)
    source_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "fact", "source_id"], name="deed_counts_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.fact}"


class TaskRule(models.Model):
    """One version of a task: so many deeds of a kind earn so many points. Never changed, only followed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.SlugField(max_length=30)
    version = models.PositiveIntegerField()
    stage = models.CharField(max_length=10, choices=Stage.choices)
    names = models.JSONField()
    fact = models.CharField(max_length=30)
    goal = models.PositiveIntegerField()
    points = models.PositiveIntegerField()
    is_open = models.BooleanField(default=True)
    valid_from = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "version"], name="task_one_row_per_version"),
            models.CheckConstraint(condition=Q(goal__gt=0, points__gt=0), name="task_is_worth_something"),
        ]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"


class ThanksRule(models.Model):
    """One version of what a kindness to the shop earns: an answered survey, an adopted suggestion. Only followed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.SlugField(max_length=30)
    version = models.PositiveIntegerField()
    points = models.PositiveIntegerField()
    most_per_day = models.PositiveSmallIntegerField()
    valid_from = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "version"], name="thanks_one_row_per_version"),
            models.CheckConstraint(condition=Q(points__gt=0, most_per_day__gt=0), name="thanks_are_worth_something"),
        ]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"


class TaskReward(models.Model):
    """A task that a person finished; each task is rewarded once, whatever its version."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=30)
    rule = models.ForeignKey(TaskRule, on_delete=models.PROTECT, related_name="+")
    count = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "key"], name="task_rewarded_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.key}"


class BadgeRule(models.Model):
    """An honour and the deeds that earn it. It is never changed, so that it is worth what it was."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.SlugField(max_length=30, unique=True)
    position = models.PositiveSmallIntegerField()
    names = models.JSONField()
    icon = models.CharField(max_length=20)
    fact = models.CharField(max_length=30)
    goal = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(goal__gt=0), name="badge_asks_something")]
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return self.key


class Badge(models.Model):
    """An honour that a person earned by deeds; nobody can give it by hand."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    rule = models.ForeignKey(BadgeRule, on_delete=models.PROTECT, related_name="+")
    count = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "rule"], name="badge_once_per_person")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.rule_id}"
