"""The words of the apps in other languages: `.po` files are kept, `.mo` files are made from them here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from backend.core.embedded.places import PROJECT

HOMES = ("backend", "community", "referrals", "groupbuy", "membership")


def compile_translations() -> str | None:
    """Make every `.mo` that is missing or older than its `.po`; returns a word when there was nothing to do."""
    made = 0
    for source in translation_files():
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, domain=source.stem)
        half = target.with_suffix(".half")
        with half.open("wb") as file:
            write_mo(file, catalogue)
        half.rename(target)
        made += 1
    return f"{made} files" if made else "up to date"


def translation_files() -> Iterator[Path]:
    for home in HOMES:
        yield from sorted((PROJECT / home).rglob("locale/*/LC_MESSAGES/*.po"))
