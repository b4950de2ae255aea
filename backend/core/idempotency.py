"""Idempotency keys: the same request sent twice has one effect and one answer.

The key row is written in the transaction of the effect. A second request with the key waits for the first,
then reads its answer. A transaction that fails takes its key with it, so a retry really retries.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.models.functions import Now
from django.db.transaction import TransactionManagementError

from backend.core.errors import KeyReused, public
from backend.core.ids import new_id


class IdempotencyRecord(models.Model):
    """One request that was decided, and what was answered."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    principal_id = models.UUIDField()
    action = models.CharField(max_length=100)
    key = models.UUIDField()
    fingerprint = models.CharField(max_length=64)
    answer = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["principal_id", "action", "key"], name="idempotency_one_per_key"),
        ]
        indexes = [models.Index(fields=["created_at"], name="idempotency_by_age")]

    def __str__(self) -> str:
        return f"{self.action} {self.key}"


def replay_or_reserve(
    *, principal_id: UUID, action: str, key: UUID, request: Mapping[str, object]
) -> dict[str, Any] | None:
    """Answer None the first time, having reserved the key; later answer what was answered then.

    Raises: KeyReused.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("A key is reserved by the transaction of its effect; open one first.")
    fingerprint = fingerprint_of(request)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_idempotencyrecord (id, principal_id, action, key, fingerprint)"
            " VALUES (%s, %s, %s, %s, %s) ON CONFLICT (principal_id, action, key) DO NOTHING RETURNING 1",
            [new_id(), principal_id, action, key, fingerprint],
        )
        if cursor.fetchone():
            return None
    first = IdempotencyRecord.objects.get(principal_id=principal_id, action=action, key=key)
    if first.fingerprint != fingerprint:
        raise KeyReused
    if first.answer is None:
        raise RuntimeError(f"{action} reserved its key and did not remember its answer.")
    return dict(first.answer)


def remember(*, principal_id: UUID, action: str, key: UUID, answer: Mapping[str, object]) -> None:
    """Keep the answer of the first time beside its key."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE core_idempotencyrecord SET answer = %s WHERE principal_id = %s AND action = %s AND key = %s",
            [json.dumps(public(dict(answer)), cls=DjangoJSONEncoder), principal_id, action, key],
        )
        kept = cursor.rowcount
    if kept != 1:
        raise RuntimeError(f"{action} remembers an answer for a key it did not reserve.")


def forget_keys(*, older_than: datetime) -> int:
    """Delete keys that are too old to be sent again, and say how many."""
    deleted, _ = IdempotencyRecord.objects.filter(created_at__lt=older_than).delete()
    return deleted


def fingerprint_of(request: Mapping[str, object]) -> str:
    """Digest a request so that the order of its fields does not matter."""
    text = json.dumps(public(dict(request)), sort_keys=True, separators=(",", ":"), cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()
