# ruff: noqa: S608 - only names written in code become SQL; what a shopper sends is a parameter.
"""The home page and the categories, each in one statement."""

from datetime import datetime
from typing import Any

from backend.catalogue.ports import home_parts
from backend.catalogue.selectors import pieces


def category_rows(*, locale: str) -> list[dict[str, Any]]:
    """All categories in order, each with the number of its products on the shelf."""
    statement = f"SELECT json_build_object('categories', {_categories(locale)})::text"
    found: list[dict[str, Any]] = pieces.rows(statement, [])[0]["categories"]
    return found


def home_row(*, locale: str, now: datetime) -> dict[str, Any]:
    """What stands above the list on the home page: banners of this hour, categories, and what upper apps add."""
    banners = (
        "COALESCE((SELECT json_agg(json_build_object("
        f"'title', {pieces.text('banner.title', locale)}, 'subtitle', {pieces.text('banner.subtitle', locale)},"
        f" 'action', {pieces.text('banner.action', locale)}, 'path', banner.path, 'ends_at', banner.ends_at,"
        f" 'picture', {pieces.PICTURE}) ORDER BY banner.position, banner.id)"
        " FROM catalogue_banner banner JOIN core_picture picture ON picture.id = banner.picture_id"
        " WHERE banner.starts_at <= %s AND (banner.ends_at IS NULL OR banner.ends_at > %s)), '[]')"
    )
    added = "".join(f", '{name}', {sql_for(locale)}" for name, sql_for in home_parts.items())
    statement = f"SELECT json_build_object('hero', {banners}, 'categories', {_categories(locale)}{added})::text"
    return pieces.rows(statement, [now, now])[0]


def _categories(locale: str) -> str:
    return (
        "COALESCE((SELECT json_agg(json_build_object("
        f"'id', category.id, 'slug', category.slug, 'name', {pieces.text('category.name', locale)},"
        f" 'picture', {pieces.PICTURE},"
        " 'products_count', (SELECT count(*) FROM catalogue_product product"
        " WHERE product.category_id = category.id AND product.state = 'PUBLISHED')"
        ") ORDER BY category.position, category.id)"
        " FROM catalogue_category category JOIN core_picture picture ON picture.id = category.picture_id), '[]')"
    )
