"""What buyers say of a size, told to who chooses one: only when enough of them say the same."""

from dataclasses import dataclass

from community.reviews.models import Fit

FEWEST_VOICES = 8
SHARE = 0.5


@dataclass(frozen=True, slots=True)
class SizeHint:
    """That many of those who spoke of the size found it small, or large; and where they spoke."""

    says: Fit
    count: int
    voices: int
    from_reviews: int
    from_returns: int


def size_hint(*, small: int, true: int, large: int, small_back: int, large_back: int) -> SizeHint | None:
    """A hint when at least eight people spoke of the size and at least half of them say the same."""
    voices = small + true + large + small_back + large_back
    said = {Fit.SMALL: small + small_back, Fit.LARGE: large + large_back}
    says = max(said, key=lambda fit: said[fit])
    if voices < FEWEST_VOICES or said[says] < SHARE * voices:
        return None
    return SizeHint(
        says=says,
        count=said[says],
        voices=voices,
        from_reviews=small + true + large,
        from_returns=small_back + large_back,
    )
