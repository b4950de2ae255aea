"""The migrated template of an earlier run, kept as a dump as long as nothing that makes it has changed.

Migrating from nothing takes most of a minute; reading the dump takes some seconds. A changed model, migration,
setting or lock file means another name, so an old dump is never read.
"""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

from backend.core.embedded.places import PROJECT, SUPERUSER, Places
from backend.core.embedded.postgres import programs_folder

FOLDER = PROJECT / ".data" / "test-templates"
ROOMS = ("backend", "community", "referrals", "groupbuy", "membership")
KEPT = 4


def read_template(places: Places, database: str, *, name: str) -> bool:
    """Fill an empty database from the dump of this name; False where there is none."""
    dump = FOLDER / f"{name}.dump"
    if not dump.exists():
        return False
    run(places, "pg_restore", "--exit-on-error", "--dbname", places.database_url(name=database, role=SUPERUSER), dump)
    dump.touch()
    return True


def keep_template(places: Places, database: str, *, name: str) -> None:
    """Write the dump for later runs, whole or not at all, and forget the oldest.

    The name is the fingerprint from before the migrating: what is edited meanwhile belongs to the next one.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    half = FOLDER / f"{places.root.name}.half"
    url = places.database_url(name=database, role=SUPERUSER)
    run(places, "pg_dump", "--format=custom", "--compress=1", "--file", half, "--dbname", url)
    half.rename(FOLDER / f"{name}.dump")
    for old in sorted(FOLDER.glob("*.dump"), key=lambda dump: dump.stat().st_mtime)[:-KEPT]:
        old.unlink(missing_ok=True)


def fingerprint() -> str:
    """A name for everything that has a say in what the migrated database holds."""
    digest = hashlib.sha256()
    for file in sorted(sources()):
        digest.update(f"{file.relative_to(PROJECT)}\n".encode() + file.read_bytes())
    return digest.hexdigest()[:20]


def sources() -> Iterator[Path]:
    yield from (PROJECT / "requirements").glob("*.txt")
    yield from (PROJECT / "backend" / "config" / "settings").glob("*.py")
    yield from (PROJECT / "backend" / "core" / "embedded").glob("*.py")
    for room in ROOMS:
        for pattern in ("models.py", "models/*.py", "migrations/*.py", "ids.py"):
            yield from (PROJECT / room).rglob(pattern)


def run(places: Places, program: str, *arguments: str | Path) -> None:
    subprocess.run([programs_folder(places) / program, *arguments], check=True)
