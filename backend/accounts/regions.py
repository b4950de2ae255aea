"""Provinces, cities and districts with their codes. No database.

`regions.json` beside this file is written by `frontend/scripts/regions.mjs` from the npm packages
element-china-area-data and @vant/area-data, which are both under the MIT licence.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("regions.json")
# Hong Kong, Macau and Taiwan: people there write no district.
WITHOUT_DISTRICT = ("71", "81", "82")
_ENDINGS = ("特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市")


@dataclass(frozen=True, slots=True)
class Region:
    """A place that parcels can be sent to: a district, or a city that is named without one."""

    code: str
    province: str
    city: str
    district: str


class RegionUnknown(Exception):
    """No such place; `part` says which of its names is not known."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


def region_of_code(code: str) -> Region:
    """The place with this code.

    Raises: RegionUnknown.
    """
    found = _by_code().get(code)
    if found is None:
        raise RegionUnknown("region_code")
    return found


def region_of_names(*, province: str, city: str, district: str) -> Region:
    """The place with these names, as people shorten them.

    Raises: RegionUnknown.
    """
    known_province = _tree().get(_short(province))
    if known_province is None:
        raise RegionUnknown("province")
    known_city = known_province.get(_short(city))
    if known_city is None:
        raise RegionUnknown("city")
    found = known_city.get(district)
    if found is None:
        raise RegionUnknown("district")
    return found


@cache
def _by_code() -> Mapping[str, Region]:
    found: dict[str, Region] = {}
    for province_code, province, cities in json.loads(FILE.read_text("utf-8")):
        for city_code, city, districts in cities:
            if province_code in WITHOUT_DISTRICT or not districts:
                found[city_code] = Region(city_code, province, city, "")
            for code, district in districts:
                found[code] = Region(code, province, city, district)
    return found


@cache
def _tree() -> Mapping[str, Mapping[str, Mapping[str, Region]]]:
    tree: dict[str, dict[str, dict[str, Region]]] = {}
    for region in _by_code().values():
        city = tree.setdefault(_short(region.province), {}).setdefault(_short(region.city), {})
        city[region.district] = region
    return tree


def _short(name: str) -> str:
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name.removesuffix(ending)
    return name
