"""Sums and judgements about carts. No database, no clock."""

from dataclasses import dataclass
from uuid import UUID

MOST_LINES = 50
MOST_OF_ONE = 99
MOST_FAVOURITES = 500
FEW_LEFT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class CartOwner:
    """Whose cart it is: a person's, or that of a browser whose person we do not know yet."""

    user_id: UUID | None = None
    visitor: str | None = None

    @property
    def is_known(self) -> bool:
        """Whether there is anything by which to find the cart again."""
        return self.user_id is not None or bool(self.visitor)


def joined(mine: int, theirs: int, *, available: int) -> int:
    """How many a line holds after two were joined: the sum, within 99 and within what is left, never less than one."""
    return max(1, min(mine + theirs, MOST_OF_ONE, max(available, 1)))


def state_of(*, is_on_shelf: bool, available: int, quantity: int) -> str:
    """How a line stands: GONE, SOLD_OUT, SHORT (fewer left than wanted), FEW or FINE."""
    if not is_on_shelf:
        return "GONE"
    if available <= 0:
        return "SOLD_OUT"
    if available < quantity:
        return "SHORT"
    return "FEW" if available <= FEW_LEFT else "FINE"


def can_be_ordered(state: str) -> bool:
    """Whether a line in this state can go into an order as it is."""
    return state in ("FEW", "FINE")
