"""The statements' way to the database, and telling shoppers when the number they see changes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from backend.core.outbox import emit
from backend.inventory.events import AvailabilityChanged
from backend.inventory.rules import shown


def run(statement: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run one statement and give its rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


def tell(variant_id: UUID, product_id: UUID, *, before: int, after: int, now: datetime) -> None:
    """Emit that the number beside a variant is another one now, if it is."""
    if shown(before) != shown(after):
        emit(AvailabilityChanged(variant_id=variant_id, product_id=product_id, available=shown(after), at=now))
