"""`make bench`: measure, print a JSON line for each figure and a table at the end."""

import importlib
import json
import pkgutil
import sys

import django
from django.core.management import call_command

import tests.bench
from tests.bench.figure import Figure
from tests.bench.ground import engines

NO_FIGURES = {"__main__", "figure", "ground", "settings", "bare", "load"}


def main() -> int:
    """Measure what was asked for, or everything."""
    found = sorted({each.name for each in pkgutil.iter_modules(tests.bench.__path__)} - NO_FIGURES)
    wanted = [name for name in found if not sys.argv[1:] or name in sys.argv[1:]]
    if not wanted:
        print(f"Choose among: {', '.join(found)}.", file=sys.stderr)
        return 2
    with engines():
        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        figures = [
            _shown(figure) for name in wanted for figure in importlib.import_module(f"tests.bench.{name}").figures()
        ]
    print(f"\n{'figure':<28}{'value':>12}  {'unit':<14}{'against':>12}{'ratio':>9}")
    for line in (figure.line() for figure in figures):
        print(f"{line['name']:<28}{line['value']:>12}  {line['unit']:<14}{line['against']:>12}{line['ratio']!s:>9}")
    return 0


def _shown(figure: Figure) -> Figure:
    print(json.dumps(figure.line()), flush=True)
    return figure


if __name__ == "__main__":
    sys.exit(main())
