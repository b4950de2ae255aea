"""What happens in search, told to whoever listens."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from backend.core.outbox import Event


@dataclass(frozen=True, kw_only=True)
class PersonalOrderSwitched(Event):
    """A person switched their own order of things on or off."""

    aggregate: ClassVar[str] = "person_id"
    person_id: UUID
    is_personal: bool
    at: datetime
