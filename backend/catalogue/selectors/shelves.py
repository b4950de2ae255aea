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
    shelves = _categories(locale, "category.depth = 1")
    statement = f"SELECT json_build_object('hero', {banners}, 'categories', {shelves}{added})::text"
    return pieces.rows(statement, [now, now])[0]


def brand_rows(*, locale: str) -> list[dict[str, Any]]:
    """All brands by name, each with its logo, if it has one."""
    name = pieces.text("brand.name", locale)
    statement = (
        f"SELECT json_build_object('id', brand.id, 'slug', brand.slug, 'name', {name},"
        f" 'picture', (SELECT {pieces.PICTURE} FROM core_picture picture WHERE picture.id = brand.logo_id))::text"
        f" FROM catalogue_brand brand ORDER BY {name}, brand.id"
    )
    return pieces.rows(statement, [])


def _categories(locale: str, condition: str = "TRUE") -> str:
    """Shelves in the order of the tree, each with the number of products on it and on the shelves in it."""
    return (
        "COALESCE((SELECT json_agg(json_build_object("
        f"'id', category.id, 'slug', category.slug, 'name', {pieces.text('category.name', locale)},"
        f" 'picture', {pieces.PICTURE}, 'parent_id', category.parent_id, 'depth', category.depth,"
        " 'try_on', NULLIF(category.try_on, ''),"
        " 'products_count', (SELECT count(*) FROM catalogue_product product WHERE product.state = 'PUBLISHED'"
        " AND product.category_id IN (SELECT shelf.id FROM catalogue_category shelf"
        " LEFT JOIN catalogue_category above ON above.id = shelf.parent_id"
        " WHERE category.id IN (shelf.id, shelf.parent_id, above.parent_id)))"
        ") ORDER BY category.position, category.id)"
        " FROM catalogue_category category JOIN core_picture picture ON picture.id = category.picture_id"
        f" WHERE {condition}), '[]')"
    )
