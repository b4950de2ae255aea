"""The log of moderation."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from backend.core.errors import public
from backend.core.locks import advisory_lock
from community.moderation import rules
from community.moderation.models import AuditEntry, Case


def record(
    *, actor_id: UUID | None, action: str, case: Case, details: Mapping[str, object], now: datetime
) -> AuditEntry:
    """Write a line that carries the digest of the one before; one writer at a time, so the chain has no fork."""
    advisory_lock("moderation.audit", "chain")
    last = AuditEntry.objects.order_by("-position").values_list("digest", flat=True).first() or ""
    told = {name: public(value) for name, value in details.items()}
    line = rules.audit_line(at=now, actor_id=actor_id, action=action, case_id=case.id, details=told)
    return AuditEntry.objects.create(
        at=now,
        actor_id=actor_id,
        action=action,
        case=case,
        details=told,
        previous_digest=last,
        digest=rules.digest_of(last, line),
    )
