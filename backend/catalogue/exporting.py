"""The whole catalogue as a table, and the rows of a table that came back; both are written as they are read."""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from backend.catalogue.models import CatalogueImport
from backend.catalogue.selectors.tables import all_products, export_names, pictures_of, problems_of
from backend.catalogue.tables.columns import all_columns
from backend.catalogue.tables.writing import product_rows, table_lines
from backend.catalogue.wording import problem_words
from backend.core.pictures.storing import picture_urls


def catalogue_lines() -> Iterator[str]:
    """Every product in the columns of an import. Stock is left empty, so that sending it back sets no stock."""
    names = export_names()
    return table_lines(all_columns(names.attribute_keys), _rows(names.categories, names.brands))


def problem_lines(table: CatalogueImport) -> Iterator[str]:
    """The rows that were not taken, as they were sent, each with its number and the reason in the reader's words."""
    # The lines are made while they are sent, when the reader's language is no longer the active one.
    return table_lines([*table.header, _("Row"), _("Reason")], _problem_rows(table, get_language()))


def _problem_rows(table: CatalogueImport, language: str | None) -> Iterator[list[str]]:
    width = len(table.header)
    for problem in problems_of(table.pk):
        with override(language):
            words = problem_words(problem.reason, problem.details)
        yield [*problem.row[:width], *[""] * (width - len(problem.row)), str(problem.row_number), words]


def _rows(categories: dict[UUID, str], brands: dict[UUID, str]) -> Iterator[dict[str, str]]:
    for product, content in all_products():
        wanted = {each["picture_id"] for each in content["pictures"]}
        wanted |= {each["picture_id"] for each in content["variants"] if each["picture_id"]}
        addresses = {str(pk): picture_urls(picture)["src"] for pk, picture in pictures_of(wanted).items()}
        yield from product_rows(
            content,
            slug=product.slug,
            state=product.state,
            category=categories[product.category_id],
            brand=brands[product.brand_id] if product.brand_id else "",
            compare_at_minor=product.reference_price_minor,
            picture_addresses=addresses,
        )
