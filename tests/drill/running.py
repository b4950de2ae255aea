"""Finding the races and running one of them on databases of its own."""

import importlib
import pkgutil
from dataclasses import dataclass
from types import ModuleType

from django.conf import settings
from django.db import connections

import tests.drill
from tests.drill.invariants import Invariant, invariants
from tests.drill.money import Money, money_of_the_shop
from tests.support.engines import clone, drop, use_database


@dataclass(frozen=True, slots=True)
class Result:
    """What one race showed."""

    number: int
    name: str
    violations: int
    control_violations: int
    money: Money
    invariants: list[Invariant]

    @property
    def is_kept(self) -> bool:
        """Whether the promise and the invariants held, and the control saw what the guard prevents."""
        broken = self.violations + sum(invariant.violations for invariant in self.invariants)
        return not broken and self.control_violations > 0


def races() -> list[ModuleType]:
    """Every race, in order."""
    names = sorted(found.name for found in pkgutil.iter_modules(tests.drill.__path__) if found.name.startswith("race_"))
    return [importlib.import_module(f"tests.drill.{name}") for name in names]


def run(race: ModuleType) -> Result:
    """Run a race with its guard and its control without, each on a fresh database."""
    violations, money, kept = _count(race, guarded=True)
    control_violations, _money, _broken = _count(race, guarded=False)
    return Result(race.NUMBER, race.NAME, violations, control_violations, money, kept)


def _count(race: ModuleType, *, guarded: bool) -> tuple[int, Money, list[Invariant]]:
    name, before = f"drill_{settings.WORKER}", connections["default"].settings_dict["NAME"]
    connections.close_all()
    clone(name)
    use_database(name)
    try:
        found: int = race.violations(guarded=guarded)
        money = money_of_the_shop()
        return found, money, invariants(money)
    finally:
        use_database(before)
        drop(name)
