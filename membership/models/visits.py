"""Daily check-ins."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from backend.core.ids import new_id


class CheckInRule(models.Model):
    """What a visit a day earns. A version is never changed, only followed. `bonuses` maps days in a row to points."""

    version = models.PositiveIntegerField(primary_key=True)
    points = models.PositiveIntegerField()
    bonuses = models.JSONField(default=dict)
    make_ups_per_month = models.PositiveSmallIntegerField()
    make_up_within_days = models.PositiveSmallIntegerField()
    valid_from = models.DateTimeField()

    def __str__(self) -> str:
        return f"v{self.version}"


class CheckIn(models.Model):
    """A person was here on a day of trade, or made up for a missed one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    is_made_up = models.BooleanField(default=False)
    streak = models.PositiveIntegerField()
    points = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "day"], name="check_in_once_a_day")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.day}"
