#!/usr/bin/env python
"""The command line of the shop; starts the embedded engines when a command needs them and none are given."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

from backend.core.embedded.engines import make_ready
from backend.core.embedded.postgres import EngineFailed

WITHOUT_ENGINES = {
    "help",
    "version",
    "--help",
    "--version",
    "makemessages",
    "compilemessages",
    "collectstatic",
    "check",
    "findstatic",
    "print_schema",
}


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings.dev")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if command not in WITHOUT_ENGINES and not os.environ["DJANGO_SETTINGS_MODULE"].endswith(".test"):
        try:
            make_ready()
        except EngineFailed as failure:
            print(failure, file=sys.stderr)
            return 1
    execute_from_command_line(sys.argv)
    return 0


if __name__ == "__main__":
    sys.exit(main())
