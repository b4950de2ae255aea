"""What a measurement says."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """A value, and what it is held against: a floor of the same run, or a budget."""

    name: str
    value: float
    unit: str
    against: float

    def line(self) -> dict[str, Any]:
        """The figure with its ratio, ready for JSON."""
        rounded = {"value": round(self.value, 2), "against": round(self.against, 2)}
        return {**asdict(self), **rounded, "ratio": round(self.value / self.against, 3) if self.against else None}
