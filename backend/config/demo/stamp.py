"""Whether the demo is in the database, and taking everything out again.

The mark is a row beside the data, so that a database that was thrown away does not look full.
"""

import hashlib
from pathlib import Path
from uuid import UUID, uuid5

from django.core.management import call_command
from django.db import connection, transaction

from backend.accounts.models import User
from backend.catalogue.models import Product
from backend.core.idempotency import IdempotencyRecord, remember, replay_or_reserve

DEMO = UUID("7d1c2e5a-52f4-4f0c-9f57-0d9e7a3b1c55")
BEGUN, DONE = "demo.begin", "demo.done"

_TABLES = "SELECT format('%I', tablename) FROM pg_tables WHERE schemaname = 'public'"
_SEQUENCES = "SELECT format('%I', sequencename) FROM pg_sequences WHERE schemaname = 'public'"
_ROUTINES = """
SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = 'public' AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""


def recipe_sum() -> str:
    """A sum over everything the demo is made from; another sum is another demo."""
    whole = hashlib.sha256()
    for file in sorted(Path(__file__).parent.rglob("*")):
        if file.suffix in {".py", ".toml"}:
            whole.update(file.name.encode() + file.read_bytes())
    return whole.hexdigest()


def loaded_sum() -> str | None:
    """The sum of the demo that is in the database, or None when there is no whole one."""
    mark = IdempotencyRecord.objects.filter(principal_id=DEMO, action=DONE).order_by("-created_at").first()
    return str(mark.answer["sum"]) if mark and mark.answer else None


def is_half_made() -> bool:
    """Whether a demo was begun and never finished."""
    return IdempotencyRecord.objects.filter(principal_id=DEMO, action=BEGUN).exists() and loaded_sum() is None


def is_empty() -> bool:
    """Whether the database holds neither people nor products."""
    return not User.objects.exists() and not Product.objects.exists()


def mark(action: str, whole: str) -> None:
    """Write down that the demo was begun, or that it is done."""
    with transaction.atomic():
        key = uuid5(DEMO, action + whole)
        if replay_or_reserve(principal_id=DEMO, action=action, key=key, request={"sum": whole}) is None:
            remember(principal_id=DEMO, action=action, key=key, answer={"sum": whole})


def empty_database() -> None:
    """Drop every table of the shop and make them anew, because books that may only grow cannot be emptied."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        tables = [row[0] for row in cursor.fetchall()]
        if tables:
            cursor.execute(f"DROP TABLE {', '.join(tables)} CASCADE")
        cursor.execute(_SEQUENCES)
        for (sequence,) in cursor.fetchall():
            cursor.execute(f"DROP SEQUENCE {sequence} CASCADE")
        cursor.execute(_ROUTINES)
        for (routine,) in cursor.fetchall():
            cursor.execute(f"DROP ROUTINE IF EXISTS {routine} CASCADE")
    call_command("migrate", verbosity=0, interactive=False)
