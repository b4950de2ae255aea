"""Steps that say what they do, and stamps that let a second run pass over what is already done."""

from __future__ import annotations

import hashlib
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from backend.core.embedded.places import data_folder


class CannotRun(Exception):
    """Something that must work did not; the message says what and how to go on."""


def step(title: str, work: Callable[[], str | None]) -> None:
    """Do one step and say how long it took; `work` may return a word for the line."""
    print(f"  {title} …", end="", flush=True)
    began = time.monotonic()
    said = work()
    print(f" {said or 'done'} ({time.monotonic() - began:.1f} s)", flush=True)


def run(command: Sequence[str | Path], *, cwd: Path, environment: Mapping[str, str], failure: str) -> None:
    """Run a program quietly; when it fails, show what it said.

    Raises: CannotRun.
    """
    ended = subprocess.run(
        command,
        cwd=cwd,
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if ended.returncode != 0:
        raise CannotRun(f"{ended.stdout.strip()}\n\n{failure}")


def fingerprint(files: Iterable[Path], *words: str) -> str:
    """What a step depends on, as one short text: the content of files, and words."""
    digest = hashlib.sha256("\0".join(words).encode())
    for file in sorted(files):
        digest.update(f"\0{file}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def is_done(name: str, mark: str) -> bool:
    """Whether the step was last finished with exactly this mark."""
    kept = stamp(name)
    return kept.exists() and kept.read_text() == mark


def set_done(name: str, mark: str) -> None:
    stamp(name).parent.mkdir(parents=True, exist_ok=True)
    stamp(name).write_text(mark)


def stamp(name: str) -> Path:
    return data_folder() / "stamps" / name
