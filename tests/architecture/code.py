"""The code as the rules see it: apps, their floors, their files."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import Model

from backend.core.embedded.places import PROJECT

HOMES = ("backend", "community", "referrals", "groupbuy", "membership")
# Each app's floor; neighbours on one floor do not know one another.
FLOORS = (
    ("backend.core",),
    ("backend.accounts",),
    ("backend.messaging", "backend.ledger", "backend.experiments", "backend.insights"),
    ("backend.catalogue",),
    ("backend.promotions", "backend.inventory", "backend.search"),
    ("backend.cart", "backend.flash"),
    ("backend.orders",),
    ("backend.payments", "backend.fulfilment"),
    ("backend.checkout",),
    ("backend.aftersales",),
    ("backend.support", "backend.recommendations", "backend.surveys", "backend.protection", "backend.tradein"),
    ("backend.quality",),
    ("membership",),
    ("groupbuy",),
    ("referrals.invites",),
    ("referrals.channels", "referrals.influencers"),
    ("community.forum", "community.reviews"),
    ("community.contests",),
    ("community.moderation",),
)
FLOOR_OF = {app: floor for floor, names in enumerate(FLOORS) for app in names}


@dataclass(frozen=True)
class File:
    """One Python file of the product."""

    path: Path
    text: str

    @classmethod
    def read(cls, path: Path) -> File:
        return cls(path, path.read_text())

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def name(self) -> str:
        return str(self.path.relative_to(PROJECT)) if self.path.is_relative_to(PROJECT) else str(self.path)

    @property
    def app(self) -> str | None:
        """The app it belongs to; the roof and the folders themselves belong to none."""
        dotted = self.name.removesuffix(".py").replace("/", ".")
        return next((app for app in FLOOR_OF if dotted == app or dotted.startswith(f"{app}.")), None)

    @property
    def layer(self) -> str:
        """The file or folder right inside the app: `actions`, `schema`, …"""
        if self.app is None:
            return ""
        return self.name.removeprefix(self.app.replace(".", "/") + "/").split("/")[0].removesuffix(".py")


def product_files() -> Iterator[File]:
    """Every Python file of the product, migrations aside."""
    for home in HOMES:
        for path in sorted((PROJECT / home).rglob("*.py")):
            if "migrations" not in path.parts:
                yield File.read(path)


def our_models() -> Iterator[type[Model]]:
    for app in apps.get_app_configs():
        if app.name in settings.OUR_APPS:
            yield from app.get_models()


def app_of(model: type[Model]) -> str:
    return str(apps.get_app_config(model._meta.app_label).name)


def line(file: File, node: ast.AST, words: str) -> str:
    return f"{file.name}:{getattr(node, 'lineno', 0)}: {words}"
