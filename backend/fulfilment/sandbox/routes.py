# ruff: noqa: E501 - Chinese is wide.
"""The way of a parcel: which steps it takes, when and where. Pure; the dice are given."""

import random
from collections.abc import Mapping
from dataclasses import dataclass

HOME = "杭州萧山转运中心"
HUBS = {
    "浙江": "杭州转运中心", "上海": "上海青浦转运中心", "江苏": "南京转运中心", "安徽": "合肥转运中心", "北京": "北京顺义转运中心",
    "天津": "天津武清转运中心", "广东": "广州白云转运中心", "福建": "厦门转运中心", "四川": "成都双流转运中心",
    "重庆": "重庆转运中心", "湖北": "武汉转运中心", "湖南": "长沙转运中心", "陕西": "西安转运中心", "山东": "济南转运中心",
    "河南": "郑州转运中心", "辽宁": "沈阳转运中心", "台湾": "台北轉運中心", "香港": "香港轉運中心", "澳门": "澳門轉運中心",
}  # fmt: skip
HOURS = {"deer": 30.0, "elephant": 72.0}
WORDS = {
    "accepted": "已收到寄件信息",
    "picked_up": "快件已揽收",
    "departed": "快件已发出，下一站 {next}",
    "arrived": "快件已到达",
    "delayed": "运力紧张，快件延误，正在加紧转运",
    "refused": "派送时无人签收，稍后再次派送",
    "out_for_delivery": "快递员正在派送，请保持电话畅通",
    "delivered": "快件已签收，签收人：本人",
    "returned": "快件已退回寄件人",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: so many hours after the parcel was accepted."""

    after_hours: float
    code: str
    place: str
    text: str


def plan(*, carrier: str, address: Mapping[str, str], trouble: str, dice: random.Random) -> list[Step]:
    """The steps of a parcel to an address; `trouble` is empty, delayed, refused or returned."""
    hub = HUBS.get(address.get("province", "")[:2], f"{address.get('city') or address.get('province', '')}转运中心")
    door = f"{address.get('city', '')}{address.get('district', '')}" or hub
    whole = HOURS.get(carrier, 48.0) * dice.uniform(0.8, 1.2)
    way = [("accepted", HOME, 0.0), ("picked_up", HOME, 0.06), ("departed", HOME, 0.2), ("arrived", hub, 0.55)]
    if trouble == "delayed":
        way.append(("delayed", hub, 0.65))
    way += [("departed", hub, 0.72), ("out_for_delivery", door, 0.9)]
    if trouble in ("refused", "returned"):
        way.append(("refused", door, 0.97))
    if trouble == "refused":
        way += [("out_for_delivery", door, 1.3)]
    way.append(("returned", HOME, 1.8) if trouble == "returned" else ("delivered", door, 1.4 if trouble else 1.0))
    return [
        Step(round(share * whole, 3), code, place, WORDS[code].format(next=hub if place == HOME else door))
        for code, place, share in way
    ]
