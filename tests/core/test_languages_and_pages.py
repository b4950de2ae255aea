"""Choosing and reading languages; paging real rows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from backend.core.errors import InvalidInput
from backend.core.languages import translate
from backend.core.paging import Keyset, keyset_page, read_cursor, write_cursor


@pytest.mark.parametrize(
    ("texts", "locale", "text"),
    [
        ({"zh-Hans": "茶", "en": "tea"}, "en", "tea"),
        ({"zh-Hans": "茶叶", "zh-Hant": "茶葉"}, "en", "茶叶"),
        ({"zh-Hans": "茶叶"}, "zh-Hant", "茶叶"),
        ({"zh-Hans": "", "en": "tea"}, "zh-Hans", "tea"),
        ({}, "en", ""),
        (None, "en", ""),
    ],
)
def test_a_text_is_read_in_the_nearest_language_that_has_it(texts, locale: str, text: str) -> None:
    assert translate(texts, locale) == text


@pytest.fixture
def seven(db):
    """Seven people, of whom three joined at the same moment."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    joined = [start, start, start, *(start + timedelta(days=n) for n in range(1, 5))]
    people = [get_user_model()(email=f"p{number}@example.org", date_joined=at) for number, at in enumerate(joined)]
    return get_user_model().objects.bulk_create(people)


@pytest.mark.parametrize("order", [("date_joined", "id"), ("-date_joined", "-id"), ("-date_joined", "id")])
def test_pages_hold_every_row_once_and_in_order(seven, order: tuple[str, ...], django_assert_num_queries) -> None:
    people = get_user_model().objects.values("id", "date_joined")
    seen, after = [], None

    for _ in range(4):
        with django_assert_num_queries(1):
            page = keyset_page(people, order=order, first=2, after=after)
        seen += page.nodes
        after = page.page_info.end_cursor
        assert page.page_info.has_next_page is (len(seen) < 7)

    assert seen == list(people.order_by(*order))


@pytest.mark.parametrize("order", [("-date_joined", "-id"), ("-date_joined", "id")])
def test_own_sql_pages_the_same(seven, order: tuple[str, ...]) -> None:
    seen, after = [], None

    for _ in range(4):
        keyset = Keyset(*order, first=2, after=after, columns={"date_joined": "person.date_joined"})
        condition, parameters = keyset.where()
        statement = f"""SELECT id, date_joined FROM accounts_user person
                        WHERE {condition} ORDER BY {keyset.order_by()} LIMIT {keyset.limit}"""
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            rows = [dict(zip(("id", "date_joined"), row, strict=True)) for row in cursor.fetchall()]
        page = keyset.page(rows)
        seen += page.nodes
        after = page.page_info.end_cursor

    assert [row["id"] for row in seen] == [row.pk for row in get_user_model().objects.order_by(*order)]


def test_a_cursor_belongs_to_its_list() -> None:
    cursor = write_cursor([datetime(2026, 1, 1, tzinfo=UTC), 7], order=("-at", "-id"))

    assert read_cursor(cursor, order=("-at", "-id")) == [datetime(2026, 1, 1, tzinfo=UTC), 7]
    with pytest.raises(InvalidInput):
        read_cursor(cursor, order=("at", "id"))
    with pytest.raises(InvalidInput):
        read_cursor(cursor[:-2] + "AA", order=("-at", "-id"))
