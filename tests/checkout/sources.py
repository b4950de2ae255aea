"""A stand-in for a source of adjustments: takes a yuan off, and can be told to be late or to wait for a group."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from backend.promotions.adjustments import register_source, unregister_source
from backend.promotions.basket import Late, Layer, LockRank, OfferedAdjustment, Paid

NAMES = {"zh-Hans": "测试优惠", "zh-Hant": "測試優惠", "en": "Test price"}


class StandIn:
    """Remembers what it was asked."""

    kind = "stand_in"
    layer = Layer.PRICE
    lock_rank = LockRank.GROUP

    def __init__(self, *, answer: Paid | Late | None = None, off_minor: int = 100, is_group: bool = False) -> None:
        self.answer = answer or Paid()
        self.off_minor = off_minor
        self.is_group = is_group
        self.heard: list[str] = []

    def quote(self, *, basket: Any, choice: Any, buyer_id: Any, now: Any) -> list[OfferedAdjustment]:
        if not choice:
            return []
        per_line = {line.variant_id: self.off_minor for line in basket.lines}
        return [
            OfferedAdjustment(
                kind=self.kind, per_line=per_line, label=NAMES, explanation=[NAMES], makes_group_order=self.is_group
            )
        ]

    def lock(self, *, adjustments: Any) -> None:
        self.heard.append("lock")

    def commit(self, *, order: Any, adjustment: Any, now: Any) -> None:
        self.heard.append("commit")

    def paid(self, *, order: Any, adjustment: Any, now: Any) -> Paid | Late:
        self.heard.append("paid")
        return self.answer

    def release(self, *, order: Any, adjustment: Any, reason: str, now: Any) -> None:
        self.heard.append(f"release: {reason}")


@contextmanager
def taking_part(source: StandIn) -> Iterator[StandIn]:
    """Let a stand-in take part for one test."""
    register_source(source)
    try:
        yield source
    finally:
        unregister_source(source)


CHOICE = {"stand_in": {"please": True}}
