"""Many who open a placement at once never use up more than was given, with its control."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection

from backend.search.actions import placing
from backend.search.actions.placing import note_placement_opened, open_placement
from backend.search.models import Placement, PlacementOpening
from tests.factories.accounts import make_grower
from tests.factories.catalogue import NOON, make_product
from tests.support.races import all_at_once

PEOPLE, LIMIT = 16, 5


def placed():
    return open_placement(
        product_id=make_product().pk,
        words=["多肉"],
        category_slug=None,
        starts_at=NOON,
        ends_at=NOON + timedelta(days=1),
        openings_limit=LIMIT,
        actor_id=make_grower().pk,
        now=NOON,
    )


def opened_by_many(placement):
    return all_at_once(
        PEOPLE,
        lambda number: note_placement_opened(
            placement_id=placement.pk, person_id=None, visitor=f"visitor-{number}", now=NOON
        ),
    )


def test_many_at_once_use_up_exactly_what_was_given(fresh_database):
    outcome = opened_by_many(placed())

    assert (outcome.raised, outcome.answers.count(True)) == ([], LIMIT)
    assert Placement.objects.get().openings_count == PlacementOpening.objects.count() == LIMIT


def test_one_person_in_many_windows_counts_once(fresh_database):
    placement = placed()

    outcome = all_at_once(
        PEOPLE,
        lambda _: note_placement_opened(placement_id=placement.pk, person_id=None, visitor="bob", now=NOON),
    )

    assert (outcome.raised, outcome.answers.count(True)) == ([], 1)


def test_control_reading_first_and_writing_after_passes_the_limit(fresh_database, monkeypatch):
    """Without the condition inside the statement the same race goes past the budget; only the constraint stops it."""
    placement = placed()

    def read_then_write(placement_id, *, now):
        with connection.cursor() as cursor:
            cursor.execute("SELECT openings_count FROM search_placement WHERE id = %s", [placement_id])
            (count,) = cursor.fetchone()
            cursor.execute("SELECT pg_sleep(0.3)")
            if count >= LIMIT:
                return False
            cursor.execute(
                "UPDATE search_placement SET openings_count = openings_count + 1 WHERE id = %s", [placement_id]
            )
        return True

    monkeypatch.setattr(placing, "_take_opening", read_then_write)

    outcome = opened_by_many(placement)

    assert any(isinstance(each, IntegrityError) for each in outcome.raised)


@pytest.mark.parametrize("limit", [None, 3])
def test_the_database_keeps_the_budget(fresh_database, limit):
    placement = placed()
    Placement.objects.filter(pk=placement.pk).update(openings_limit=limit)

    if limit is None:
        assert Placement.objects.filter(pk=placement.pk).update(openings_count=99)
    else:
        with pytest.raises(IntegrityError):
            Placement.objects.filter(pk=placement.pk).update(openings_count=4)
