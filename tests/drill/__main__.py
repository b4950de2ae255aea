"""`make drill`: run the races, print a JSON line for each and a table at the end."""

import importlib
import json
import os
import shutil
import sys
from typing import Any

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings.test")


def main() -> int:
    """Start engines of our own, race, and answer 1 if a promise was broken or a control did not fail."""
    django.setup()
    engines = importlib.import_module("tests.support.engines")
    running = importlib.import_module("tests.drill.running")
    settings.ENGINES_DIR.mkdir(parents=True, exist_ok=True)
    engines.start_postgres(settings.ENGINES, options=engines.FAST)
    engines.start_valkey(settings.ENGINES)
    try:
        engines.make_template()
        wanted = {int(number) for number in sys.argv[1:]}
        results = [_shown(running.run(race)) for race in running.races() if not wanted or race.NUMBER in wanted]
    finally:
        engines.stop(settings.ENGINES)
        for folder in {settings.ENGINES.root, settings.ENGINES.sockets.parent, settings.ENGINES_DIR}:
            shutil.rmtree(folder, ignore_errors=True)
    print(f"\n{'drill':>5}  {'race':<44}{'violations':>10}{'control':>9}")
    for result in results:
        print(f"{result.number:>5}  {result.name:<44}{result.violations:>10}{result.control_violations:>9}")
    print(f"\n{'':>5}  {'in all of them':<66}{'violations':>10}")
    for key, name, violations in _invariants(results):
        print(f"{key:>5}  {name:<66}{violations:>10}")
    print(json.dumps(_conservation(results)), flush=True)
    return int(not all(result.is_kept for result in results))


def _conservation(results: list[Any]) -> dict[str, Any]:
    """All money of all races together, and what cannot be accounted for in any of them."""
    together = {"captured": 0, "kept": 0, "refunded": 0, "in_flight": 0, "held": 0}
    for result in results:
        for name in together:
            together[name] += getattr(result.money, name)
    lost = sum(abs(result.money.difference) for result in results)
    return {"drill": "money", "name": "conservation of money", **together, "violations": lost}


def _invariants(results: list[Any]) -> list[tuple[str, str, int]]:
    """Each invariant, and how often it was broken in all races together."""
    kept = [result.invariants for result in results]
    return [(same[0].key, same[0].name, sum(each.violations for each in same)) for same in zip(*kept, strict=True)]


def _shown(result: Any) -> Any:
    line = {
        "drill": result.number,
        "name": result.name,
        "violations": result.violations,
        "control_violations": result.control_violations,
    }
    print(json.dumps(line), flush=True)
    for kept in result.invariants:
        line = {"drill": result.number, "invariant": kept.key, "violations": kept.violations}
        print(json.dumps(line), flush=True)
    return result


if __name__ == "__main__":
    sys.exit(main())
