"""Prepare everything, keep the processes, and stop them all at the end."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shlex
import signal
import socket
import sys
import time
from collections.abc import Iterator
from typing import IO

import django
import honcho.manager
import psutil
from django.core.management import call_command, get_commands

from backend.config.run.frontend import build_frontend, install_frontend
from backend.config.run.progress import CannotRun, step
from backend.config.run.translations import compile_translations
from backend.core.embedded.engines import make_ready, stop
from backend.core.embedded.places import PROJECT, data_folder, places_in
from backend.core.embedded.postgres import EngineFailed

# Every process of this run carries it, so that what a killed supervisor left behind can be found.
MARK = "TUANZI_RUN"
SECONDS_TO_STOP = 25
# The shop answers first; what a worker has to do waits in the outbox meanwhile.
HEAD_START_SECONDS = 9


def supervise() -> int:
    """Run the whole shop until Ctrl-C, or until one of its processes dies.

    Raises: CannotRun.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings.dev")
    port = os.environ.setdefault("PORT", "8000")
    began = time.monotonic()
    with only_one_run():
        end_leftovers()
        check_ports_free(int(port))
        print("Preparing the shop", flush=True)
        try:
            prepare()
            print(f"Prepared in {time.monotonic() - began:.1f} s; starting the processes", flush=True)
            return keep_processes()
        except KeyboardInterrupt:
            return 130
        finally:
            stop(places_in(data_folder()))
            print("Everything has stopped.", flush=True)


def prepare() -> None:
    """From a bare clone to everything a process needs; quick when there is nothing to do."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings.dev")
    step("PostgreSQL and Valkey", start_engines)
    step("Translations", compile_translations)
    step("Front end: packages", install_frontend)
    step("Front end: build", build_frontend)
    django.setup()
    step("Database tables", migrate)
    step("Demo", load_demo)


def start_engines() -> str | None:
    try:
        make_ready()
    except EngineFailed as failure:
        raise CannotRun(str(failure)) from failure
    return None


def migrate() -> None:
    call_command("migrate", interactive=False, verbosity=0)


def load_demo() -> str | None:
    """`manage.py demo` returns at once when the demo is there."""
    if "demo" not in get_commands():
        return "there is none yet"
    call_command("demo")
    return None


def keep_processes() -> int:
    """Start every process under honcho; returns the exit code of the first that ended (0 after Ctrl-C)."""
    honcho.manager.KILL_WAIT = SECONDS_TO_STOP
    manager = honcho.manager.Manager()
    environment = {**os.environ, MARK: str(data_folder()), "PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": "ignore"}
    for name, command in processes().items():
        manager.add_process(name, command, env=environment, cwd=str(PROJECT))
    manager.loop()
    wanted = {128 + signal.SIGINT, 128 + signal.SIGTERM}
    return 0 if manager.returncode in wanted else manager.returncode or 1


def processes() -> dict[str, str]:
    """Name and command of each process. Engines that were given by address are not ours to keep."""
    python = f"exec {shlex.quote(sys.executable)}"
    celery = f"sleep {HEAD_START_SECONDS} && {python} -m celery --quiet --app backend.config.celery"
    engines = {"postgres": "DATABASE_URL", "valkey": "REDIS_URL"}
    return {
        **{
            name: f"{python} -m backend.core.embedded watch {name}"
            for name, given in engines.items()
            if given not in os.environ
        },
        "provider": f"{python} -m backend.payments.sandbox",
        "gateway": f"{python} -m backend.messaging.sandbox",
        "carrier": f"{python} -m backend.fulfilment.sandbox",
        "web": f"{python} -m backend.config.serve",
        "worker": f"{celery} worker --loglevel WARNING --without-gossip --without-mingle",
        "beat": f"{celery} beat --loglevel WARNING --pidfile=",
        "tuanzi": f"{python} -m backend.config.run announce",
    }


def check_ports_free(port: int) -> None:
    """Raises: CannotRun, when a port of the shop is taken."""
    for wanted in range(port, port + 5):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", wanted))
            except OSError as error:
                raise CannotRun(
                    f"Port {wanted} is taken by another program. Stop it, or choose other ports with "
                    "`make run PORT=8100` (the shop uses PORT to PORT+4)."
                ) from error


@contextlib.contextmanager
def only_one_run() -> Iterator[None]:
    """Two runs over the same data would fight.

    Raises: CannotRun.
    """
    data_folder().mkdir(parents=True, exist_ok=True)
    with (data_folder() / "run.lock").open("a+") as lock:
        try:
            # Of the kind that a forked child does not inherit: it is gone when this very process is.
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CannotRun(f"The shop is already running from this folder (process {read_pid(lock)}).") from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def read_pid(lock: IO[str]) -> str:
    lock.seek(0)
    return lock.read() or "unknown"


def end_leftovers() -> None:
    """End the processes that a killed supervisor left behind."""
    left = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.pid != os.getpid() and process.environ().get(MARK) == str(data_folder()):
                process.terminate()
                left.append(process)
    _, alive = psutil.wait_procs(left, timeout=10)
    for process in alive:
        process.kill()
    if left:
        print(f"Ended {len(left)} processes that an earlier run had left behind.", flush=True)
