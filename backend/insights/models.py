"""Counts by the hour, and what a later event needs to know of an earlier one."""

from django.db import models

from backend.core.ids import new_id


class HourlyFact(models.Model):
    """How much of one thing happened in one hour: for one campaign, or without one for the whole shop."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    campaign_id = models.UUIDField(null=True, blank=True)
    metric = models.CharField(max_length=40)
    hour = models.DateTimeField()
    value = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign_id", "metric", "hour"], name="hourly_fact_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.hour:%Y-%m-%d %H} {self.value}"


class KnownSubject(models.Model):
    """To which campaign an order or a group belongs, so that later events about it are counted there too."""

    subject_id = models.UUIDField(primary_key=True)
    campaign_id = models.UUIDField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.subject_id} of {self.campaign_id}"


class KnownBuyer(models.Model):
    """Somebody who has a confirmed order."""

    buyer_id = models.UUIDField(primary_key=True)
    first_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.buyer_id)
