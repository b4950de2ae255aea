"""The goods as they are written down in `goods/*.toml`, one file per shelf."""

import dataclasses
import itertools
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from backend.catalogue.rules import NewChoice, NewOption, NewVariant, Texts

GOODS = Path(__file__).parent / "goods"
HALF_A_YUAN = 50


@dataclasses.dataclass(frozen=True)
class Good:
    """One product of the demo."""

    shelf: str
    entry: Mapping[str, Any]

    @property
    def slug(self) -> str:
        """The name in addresses."""
        return str(self.entry["slug"])

    @property
    def recipes(self) -> list[str]:
        """The recipes of its pictures."""
        return list(self.entry["pictures"])

    @property
    def group_size(self) -> int:
        """How many buy it together."""
        return int(self.entry["group"]["size"])

    def options(self) -> list[NewOption]:
        """The choices it offers."""
        return [
            NewOption(
                key=key,
                name=option["name"],
                choices=[
                    NewChoice(key=choice["key"], label=choice["label"], swatch=choice.get("swatch"))
                    for choice in option["choices"]
                ],
            )
            for key, option in self.entry.get("options", {}).items()
        ]

    def variants(self) -> list[NewVariant]:
        """Every combination: the first option gives the price, each further one adds to it."""
        options = self.entry.get("options", {})
        if not options:
            return [NewVariant(sku=self.slug, price_minor=self.entry["price"])]
        chosen = itertools.product(*([(key, choice) for choice in options[key]["choices"]] for key in options))
        return [
            NewVariant(
                sku="-".join([self.slug, *(choice["key"] for _key, choice in picked)]),
                price_minor=sum(choice["price"] for _key, choice in picked),
                options={key: choice["key"] for key, choice in picked},
            )
            for picked in chosen
        ]

    def group_price(self, price_minor: int) -> int:
        """The price of a variant in a group: as much below its own as the first one's, to half a yuan."""
        first = self.variants()[0].price_minor
        share = price_minor * int(self.entry["group"]["price"]) // first
        return share - share % HALF_A_YUAN if price_minor != first else int(self.entry["group"]["price"])


@dataclasses.dataclass(frozen=True)
class Shelf:
    """One category of the demo with its goods."""

    slug: str
    name: Texts
    recipe: str
    goods: list[Good]


def read_shelves() -> list[Shelf]:
    """All shelves in order."""
    return [_read(file) for file in sorted(GOODS.glob("*.toml"))]


def _read(file: Path) -> Shelf:
    written = tomllib.loads(file.read_text(encoding="utf-8"))
    goods = [Good(written["slug"], entry) for entry in written["products"]]
    return Shelf(slug=written["slug"], name=written["name"], recipe=written["picture"], goods=goods)
