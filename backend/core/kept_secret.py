"""Secrets that a copy makes for itself, so that a demo needs none to be set."""

import contextlib
import secrets
import tempfile

from backend.core.embedded.places import data_folder


def kept_secret(name: str) -> str:
    """A secret made once for this copy and kept beside its data."""
    folder = data_folder()
    kept = folder / name
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        # Whole or not at all, and the first of several processes wins.
        with tempfile.NamedTemporaryFile("w", dir=folder) as made:
            made.write(secrets.token_urlsafe(48))
            made.flush()
            with contextlib.suppress(FileExistsError):
                kept.hardlink_to(made.name)
    return kept.read_text()
