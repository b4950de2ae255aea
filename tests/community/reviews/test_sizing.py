"""What buyers say of a size is told only when enough of them say the same."""

import pytest

from community.reviews.models import Fit
from community.reviews.rules.sizing import SizeHint, size_hint


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"small": 5, "true": 3, "large": 0}, Fit.SMALL),
        ({"small": 1, "true": 2, "large": 3, "large_back": 3}, Fit.LARGE),
        ({"small": 3, "true": 5, "large": 0}, None),
        ({"small": 7, "true": 0, "large": 0}, None),
        ({"small": 4, "true": 4, "large": 0}, Fit.SMALL),
    ],
)
def test_at_least_eight_voices_and_half_of_them(said, says):
    hint = size_hint(**{"small_back": 0, "large_back": 0} | said)

    assert (hint.says if hint else None) == says


def test_a_hint_names_where_it_comes_from():
    hint = size_hint(small=4, true=2, large=1, small_back=3, large_back=0)

    assert hint == SizeHint(says=Fit.SMALL, count=7, voices=10, from_reviews=7, from_returns=3)
