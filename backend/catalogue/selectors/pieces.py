# ruff: noqa: S608 - only names written in code become SQL; what a shopper sends is a parameter.
"""Pieces of SQL that the hot reads are built from."""

from typing import Any

import orjson
from django.db import connection

from backend.catalogue.ports import variant_parts
from backend.core.languages import LOCALES

PICTURE = (
    "json_build_object('sha256', picture.sha256, 'widths', picture.widths, 'width', picture.width,"
    " 'height', picture.height, 'blur', picture.blur)"
)


def text(column: str, locale: str) -> str:
    """A translated column in the reader's language, or in the nearest one that has it."""
    order = [locale, *(other for other in LOCALES if other != locale)] if locale in LOCALES else list(LOCALES)
    choices = ", ".join(f"NULLIF({column} ->> '{each}', '')" for each in order)
    return f"COALESCE({choices}, '')"


def texts(column: str, locale: str) -> str:
    """A column that holds a list of translated texts."""
    one = text("entry.value", locale)
    return (
        f"COALESCE((SELECT json_agg({one} ORDER BY entry.ordinality)"
        f" FROM jsonb_array_elements({column}) WITH ORDINALITY AS entry), '[]')"
    )


def facts(column: str, locale: str) -> str:
    """A column that holds a list of named facts."""
    name, value = text("entry.value -> 'name'", locale), text("entry.value -> 'value'", locale)
    return (
        f"COALESCE((SELECT json_agg(json_build_object('name', {name}, 'value', {value}) ORDER BY entry.ordinality)"
        f" FROM jsonb_array_elements({column}) WITH ORDINALITY AS entry), '[]')"
    )


def category(locale: str) -> str:
    """The category of a product, without its count."""
    return f"json_build_object('id', category.id, 'slug', category.slug, 'name', {text('category.name', locale)})"


def cover() -> str:
    """The first picture of a product."""
    return (
        f"(SELECT {PICTURE} FROM catalogue_productpicture place"
        " JOIN core_picture picture ON picture.id = place.picture_id"
        " WHERE place.product_id = product.id ORDER BY place.position LIMIT 1)"
    )


def pictures() -> str:
    """All pictures of a product in order."""
    return (
        f"COALESCE((SELECT json_agg({PICTURE} ORDER BY place.position) FROM catalogue_productpicture place"
        " JOIN core_picture picture ON picture.id = place.picture_id WHERE place.product_id = product.id), '[]')"
    )


def angles(locale: str) -> str:
    """All pictures of a product in order, with what each shows."""
    shown = f"{PICTURE.removesuffix(')')}, 'role', place.role, 'alt', {text('place.alt', locale)})"
    return (
        f"COALESCE((SELECT json_agg({shown} ORDER BY place.position) FROM catalogue_productpicture place"
        " JOIN core_picture picture ON picture.id = place.picture_id WHERE place.product_id = product.id), '[]')"
    )


def options(locale: str) -> str:
    """The choices that a product offers."""
    label = text("choice.value -> 'label'", locale)
    return (
        "COALESCE((SELECT json_agg(json_build_object("
        f"'key', option.key, 'name', {text('option.name', locale)}, 'values', ("
        f"SELECT json_agg(json_build_object('key', choice.value ->> 'key', 'label', {label},"
        " 'swatch', choice.value ->> 'swatch') ORDER BY choice.ordinality)"
        " FROM jsonb_array_elements(option.choices) WITH ORDINALITY AS choice)"
        ") ORDER BY option.position) FROM catalogue_productoption option WHERE option.product_id = product.id), '[]')"
    )


def brand(locale: str) -> str:
    """Who made a product, or nothing."""
    return (
        f"(SELECT json_build_object('id', brand.id, 'slug', brand.slug, 'name', {text('brand.name', locale)},"
        f" 'picture', (SELECT {PICTURE} FROM core_picture picture WHERE picture.id = brand.logo_id))"
        " FROM catalogue_brand brand WHERE brand.id = product.brand_id)"
    )


def attributes() -> str:
    """What is stated of a product, in the order of its shelf and the shelves above."""
    label = (
        "(SELECT choice.value -> 'label' FROM jsonb_array_elements(asked.choices) choice"
        " WHERE choice.value ->> 'key' = product.attributes ->> asked.key LIMIT 1)"
    )
    return (
        "COALESCE((SELECT json_agg(json_build_object('key', asked.key, 'name', asked.name, 'type', asked.type,"
        f" 'unit', asked.unit, 'value', product.attributes -> asked.key, 'label', {label})"
        " ORDER BY shelf.depth, asked.position, asked.id)"
        " FROM catalogue_attributedefinition asked JOIN catalogue_category shelf ON shelf.id = asked.category_id"
        " WHERE jsonb_exists(product.attributes, asked.key) AND shelf.id IN (category.id, category.parent_id,"
        " (SELECT above.parent_id FROM catalogue_category above WHERE above.id = category.parent_id))), '[]')"
    )


def media(locale: str) -> str:
    """Videos and 3-D models of a product in order; a video once it is ready."""
    return (
        "COALESCE((SELECT json_agg(json_build_object('id', media.id, 'kind', media.kind, 'name', file.name,"
        " 'media_type', file.media_type, 'size_bytes', COALESCE(video.size_bytes, file.size_bytes),"
        f" 'title', {text('media.title', locale)}, 'seconds', video.duration_ms / 1000,"
        f" 'picture', (SELECT {PICTURE} FROM core_picture picture"
        " WHERE picture.id = COALESCE(video.poster_id, media.poster_id)))"
        " ORDER BY media.position) FROM catalogue_productmedia media"
        " JOIN catalogue_storedfile file ON file.id = media.file_id"
        " LEFT JOIN core_video video ON video.id = file.video_id"
        " WHERE media.product_id = product.id AND (video.id IS NULL OR video.state = 'READY')), '[]')"
    )


def test_reports(locale: str) -> str:
    """The test reports of a product that have not run out."""
    return (
        f"COALESCE((SELECT json_agg(json_build_object('id', report.id, 'title', {text('report.title', locale)},"
        " 'issuer', report.issuer, 'number', report.number, 'issued_on', report.issued_on,"
        " 'valid_until', report.valid_until, 'name', file.name, 'size_bytes', file.size_bytes)"
        " ORDER BY report.position) FROM catalogue_testreport report"
        " JOIN catalogue_storedfile file ON file.id = report.file_id WHERE report.product_id = product.id"
        " AND (report.valid_until IS NULL OR report.valid_until >= current_date)), '[]')"
    )


def variants(locale: str) -> str:
    """The variants of a product, with what upper apps add to each."""
    added = "".join(f", '{name}', {sql}" for name, sql in variant_parts.items())
    return (
        "COALESCE((SELECT json_agg(json_build_object("
        f"'id', variant.id, 'sku', variant.sku, 'title', {text('variant.title', locale)}, 'options', variant.options,"
        " 'price', variant.price_minor, 'picture',"
        f" (SELECT {PICTURE} FROM core_picture picture WHERE picture.id = variant.picture_id){added}"
        ") ORDER BY variant.position) FROM catalogue_variant variant WHERE variant.product_id = product.id"
        " AND variant.is_offered), '[]')"
    )


def rows(statement: str, parameters: list[Any]) -> list[dict[str, Any]]:
    """Run a statement whose one column is a JSON object, and give the objects."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [orjson.loads(row[0]) for row in cursor.fetchall()]
