"""The judged queries are answered well enough. The figures are printed by `make bench`."""

import pytest

from backend.catalogue.models import Product
from backend.search.selectors.finding import Asked, finds
from tests.search.goods import MORNING, put_up_goods
from tests.search.quality import judged_queries, mean_reciprocal_rank, outcomes, recall

LEAST_RECALL, LEAST_RANK = 0.90, 0.75


@pytest.mark.slow
def test_the_judged_queries_are_answered_well_enough(db):
    put_up_goods()
    slugs = dict(Product.objects.values_list("pk", "slug"))

    def search(query):
        return [slugs[each] for each in finds(text=query, asked=Asked(first=10), now=MORNING).ids]

    found = outcomes(judged_queries(), search)

    for is_held_out in (False, True):
        part = [each for each in found if each.judged.is_held_out == is_held_out]
        assert recall(part) >= LEAST_RECALL
        assert mean_reciprocal_rank(part) >= LEAST_RANK


def test_the_judged_queries_are_whole():
    judged = judged_queries()

    assert len({each.query for each in judged}) == len(judged) >= 200
    assert 0.25 < sum(each.is_held_out for each in judged) / len(judged) < 0.4
    assert all(each.good for each in judged)
