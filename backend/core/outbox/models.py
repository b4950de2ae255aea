"""The tables of the outbox."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Now

from backend.core.ids import new_id


class OutboxEvent(models.Model):
    """One event, kept for good: this table is also the audit trail.

    The position gives the order within an aggregate; a clock could not.
    """

    position = models.BigAutoField(primary_key=True)
    event_id = models.UUIDField(unique=True, default=new_id, editable=False)
    name = models.CharField(max_length=80)
    aggregate_id = models.CharField(max_length=80)
    payload = models.JSONField(encoder=DjangoJSONEncoder)
    emitted_at = models.DateTimeField(db_default=Now())
    attempts = models.PositiveIntegerField(default=0, db_default=0)
    next_try_at = models.DateTimeField(db_default=Now())
    done_at = models.DateTimeField(null=True, blank=True)
    parked_at = models.DateTimeField(null=True, blank=True)
    last_refusal = models.TextField(blank=True, default="", db_default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["aggregate_id", "position"],
                name="outbox_open_of_aggregate",
                condition=models.Q(done_at=None, parked_at=None),
            ),
            models.Index(fields=["position"], name="outbox_open", condition=models.Q(done_at=None, parked_at=None)),
            models.Index(fields=["position"], name="outbox_parked", condition=models.Q(parked_at__isnull=False)),
            models.Index(fields=["aggregate_id", "name"], name="outbox_of_aggregate"),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.name}"


class HandledEvent(models.Model):
    """The note that a handler's effect for an event is done; it commits together with the effect."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    handler = models.CharField(max_length=200)
    event_id = models.UUIDField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event_id", "handler"], name="handled_once")]

    def __str__(self) -> str:
        return f"{self.handler} {self.event_id}"
