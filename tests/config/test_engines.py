"""The tests run on a real PostgreSQL and a real Valkey."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection


@pytest.mark.django_db
def test_the_database_is_postgresql_18_that_knows_chinese_letters():
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        version = int(cursor.fetchone()[0])
        cursor.execute("SELECT '团子' ~ '^[[:alpha:]]+$', datctype FROM pg_database WHERE datname = current_database()")
        knows_chinese, character_type = cursor.fetchone()

    assert version >= 180000
    assert knows_chinese
    assert character_type != "C"


def test_the_cache_is_valkey():
    cache.set("fruit", "荔枝")

    assert cache.get("fruit") == "荔枝"
