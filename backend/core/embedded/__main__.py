"""`python -m backend.core.embedded start|stop|watch postgres|watch valkey`."""

from __future__ import annotations

import signal
import sys
import time

from backend.core.embedded.engines import make_ready, stop
from backend.core.embedded.places import data_folder, places_in
from backend.core.embedded.postgres import EngineFailed, running_pid
from backend.core.embedded.valkey import valkey_pid

WATCHED = {"postgres": ("PostgreSQL", running_pid), "valkey": ("Valkey", valkey_pid)}


def main(arguments: list[str]) -> int:
    match arguments:
        case ["start"]:
            return started()
        case ["stop"]:
            stop(places_in(data_folder()))
            return 0
        case ["watch", engine] if engine in WATCHED:
            return watch(engine)
    print(__doc__, file=sys.stderr)
    return 2


def started() -> int:
    try:
        make_ready()
    except EngineFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


def watch(engine: str) -> int:
    """Stand beside a running engine and end, with a word about it, when the engine does."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGINT, lambda *_: sys.exit(0))
    title, pid_of = WATCHED[engine]
    places = places_in(data_folder())
    pid = pid_of(places)
    print(f"{title} is running (pid {pid}); its log is in {places.root}", flush=True)
    while pid is not None and pid_of(places) == pid:
        time.sleep(1)
    print(f"{title} (pid {pid}) has died; its log is in {places.root}", flush=True)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
