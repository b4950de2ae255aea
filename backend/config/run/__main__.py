"""`python -m backend.config.run [all|prepare|frontend|translations|announce]`."""

from __future__ import annotations

import sys

from backend.config.run.announce import announce
from backend.config.run.frontend import build_frontend, install_frontend
from backend.config.run.progress import CannotRun, step
from backend.config.run.supervise import prepare, supervise
from backend.config.run.translations import compile_translations


def main(arguments: list[str]) -> int:
    try:
        match arguments:
            case [] | ["all"]:
                return supervise()
            case ["prepare"]:
                prepare()
            case ["frontend"]:
                step("Front end: packages", install_frontend)
                step("Front end: build", build_frontend)
            case ["translations"]:
                compile_translations()
            case ["announce"]:
                return announce()
            case _:
                print(__doc__, file=sys.stderr)
                return 2
    except CannotRun as reason:
        print(f"\n{reason}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
