"""What the front end's build has made: files by name of their source, and documents by name of their operation."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

NOT_BUILT = "The front end is not built yet: run `make frontend`."


class NotBuilt(Exception):
    """The build is missing; the message says how to make it."""


@dataclass(frozen=True)
class Parts:
    """The files of one page: the script to run, what it will import, and the style of its first screen."""

    entry: str
    preloads: tuple[str, ...]
    styles: tuple[str, ...]
    style_text: str


def parts_of(face: str, *sources: str) -> Parts:
    """Give the files of a face, with those of the given sources (pages, texts) named for preloading.

    Raises: NotBuilt.
    """
    place = settings.FRONTEND_DIST / face / "manifest.json"
    return _parts(face, place, _changed_at(place), sources)


def document_named(operation: str) -> str | None:
    """Give the id of the trusted document of an operation, if the build has one."""
    place = settings.FRONTEND_DIST / "operations.json"
    try:
        return _operations(place, _changed_at(place)).get(operation)
    except NotBuilt:
        return None


def _changed_at(place: Path) -> int:
    try:
        return place.stat().st_mtime_ns
    except FileNotFoundError as missing:
        raise NotBuilt(NOT_BUILT) from missing


@lru_cache(maxsize=64)
def _parts(face: str, place: Path, _changed: int, sources: tuple[str, ...]) -> Parts:
    manifest: dict[str, dict[str, Any]] = _read(place)
    entry = f"apps/{face}/main.ts"
    # The entry's own imports first: without them nothing starts.
    wanted = [name for source in (entry, *sources) if source in manifest for name in _with_imports(manifest, source)]
    names = list(dict.fromkeys(wanted))
    styles = list(dict.fromkeys(style for name in names for style in manifest[name].get("css", ())))
    base = f"/static/{face}/"
    return Parts(
        entry=base + manifest[entry]["file"],
        preloads=tuple(base + manifest[name]["file"] for name in names if name != entry),
        styles=tuple(base + style for style in styles),
        style_text="".join((place.parent / style).read_text() for style in styles),
    )


def _with_imports(manifest: dict[str, dict[str, Any]], source: str) -> list[str]:
    found = [source]
    for name in found:
        found.extend(other for other in manifest[name].get("imports", ()) if other not in found)
    return found


@lru_cache(maxsize=4)
def _operations(place: Path, _changed: int) -> dict[str, str]:
    named: dict[str, str] = _read(place)
    return named


def _read(place: Path) -> Any:
    return json.loads(place.read_text())
