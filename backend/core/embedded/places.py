"""Where the engines keep their files and how they are addressed; starts nothing."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

PROJECT = Path(__file__).resolve().parents[3]
LONGEST_SOCKET_PATH = 90
DATABASE = "tuanzi"
ROLE = "tuanzi"
SUPERUSER = "postgres"
# Kept over a restart of the machine, unlike most places for temporary files.
_KEPT = Path("/var/tmp")  # noqa: S108 - for folders that live long, not for temporary files
ASIDE = _KEPT if _KEPT.is_dir() else Path(tempfile.gettempdir())


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one pair of engines."""

    root: Path
    sockets: Path

    @property
    def postgres_data(self) -> Path:
        return self.root / "postgres"

    @property
    def valkey_data(self) -> Path:
        return self.root / "valkey"

    @property
    def valkey_socket(self) -> Path:
        return self.sockets / "valkey.sock"

    def database_url(self, *, name: str = DATABASE, role: str = ROLE) -> str:
        return f"postgresql://{role}@/{name}?host={quote(str(self.sockets), safe='')}"

    def redis_url(self, *, number: int = 0) -> str:
        return f"unix://{self.valkey_socket}?db={number}"


def data_folder() -> Path:
    """The folder for everything a running copy keeps: `DATA_DIR`, else `.data` of the project."""
    return Path(os.environ.get("DATA_DIR", PROJECT / ".data")).resolve()


def places_in(folder: Path) -> Places:
    """Where engines that belong to `folder` live.

    PostgreSQL refuses to run as root, so root starts it as `nobody`. A folder that `nobody` cannot reach
    (a home of root, say) or whose path is too long for a socket is replaced by one under the
    machine's place for temporary files, named after it.
    """
    folder = folder.resolve()
    name = hashlib.sha256(str(folder).encode()).hexdigest()[:10]
    aside = ASIDE / f"tuanzi-{name}"
    reachable = os.geteuid() != 0 or everybody_can_reach(folder)
    root = folder if reachable else aside
    sockets = root / "sockets"
    if len(str(sockets)) > LONGEST_SOCKET_PATH:
        sockets = aside / "sockets"
    return Places(root=root, sockets=sockets)


def everybody_can_reach(folder: Path) -> bool:
    """Whether another user may walk into every folder above this one."""
    return all(above.stat().st_mode & stat.S_IXOTH for above in folder.parents if above.exists())


def wheel_folder(package: str) -> Path:
    """Where a wheel was unpacked, without importing it: only its programs are wanted."""
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError(f"The package {package} is missing: run `make setup`.")
    return Path(found.submodule_search_locations[0])
