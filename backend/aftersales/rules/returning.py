"""When so much of a product comes back for what its page says that somebody must mend the page."""

from datetime import timedelta

WATCHED = timedelta(days=90)
# Reasons that better words, pictures or sizes could have spared; the others are faults of making or sending.
OF_THE_PAGE = ("NOT_AS_DESCRIBED", "FITS_BADLY")
FEWEST_SOLD = 10
FEWEST_BACK = 3
MARKED_FROM_BPS = 800
# What people write when a size was wrong, in the three languages.
TOO_SMALL = ("小了", "偏小", "太小", "太紧", "太緊", "紧了", "緊了", "too small", "runs small", "too tight")
TOO_LARGE = ("大了", "偏大", "太大", "太松", "太鬆", "松了", "鬆了", "too large", "too big", "runs large", "too loose")


def is_marked(*, sold: int, back: int) -> bool:
    """Whether enough came back, of enough that was sold, for what the page says."""
    return sold >= FEWEST_SOLD and back >= FEWEST_BACK and back * 10_000 >= MARKED_FROM_BPS * sold
