"""Taking in a table of products, a piece per transaction: a product lands whole or comes back with its reasons."""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import connection, transaction

from backend.catalogue.actions.landing import Landing
from backend.catalogue.errors import TABLE_REASONS, TableRefused
from backend.catalogue.events import ImportMoved, VariantStockImported
from backend.catalogue.models import CatalogueImport, FileKind, ImportProblem, ImportState, StoredFile
from backend.catalogue.tables.columns import HANDLE
from backend.catalogue.tables.judging import Problem
from backend.catalogue.tables.reading import Row, Survey, Unreadable, handle_of, products_from, rows_from, survey
from backend.core.errors import NotFound
from backend.core.ids import new_id
from backend.core.locks import lock_one
from backend.core.outbox import emit

PIECE_PRODUCTS = 400
LONGEST_DETAIL = 200
# Writes only what is new, for all variants of a piece at once.
_NEW_STOCK = """
UPDATE catalogue_variant AS variant SET imported_quantity = said.pieces
FROM unnest(%s::text[], %s::bigint[]) AS said (sku, pieces)
WHERE variant.sku = said.sku AND variant.imported_quantity IS DISTINCT FROM said.pieces
RETURNING variant.sku
"""


@transaction.atomic
def import_catalogue(*, file_id: UUID, file_name: str, owner_id: UUID, now: datetime) -> CatalogueImport:
    """Look over a table that was sent, and have it read piece by piece.

    Raises: NotFound, TableRefused.
    Emits: ImportMoved.
    """
    file = StoredFile.objects.filter(pk=file_id, kind=FileKind.TABLE, owner_id=owner_id).first()
    if file is None:
        raise NotFound(field="fileId")
    found = _looked_over(file)
    table = CatalogueImport.objects.create(
        file=file,
        file_name=file_name.replace("\x00", "")[:200] or "catalogue.csv",
        owner_id=owner_id,
        encoding=found.encoding,
        header=found.header,
        read_bytes=found.first_row_at,
        rows_count=found.rows_count,
        split_handles=found.split_handles,
        handed_in_at=now,
    )
    emit(ImportMoved(import_id=table.pk, is_ended=False, at=now))
    return table


@transaction.atomic
def read_next_piece(*, import_id: UUID, now: datetime) -> CatalogueImport:
    """Read the next products of a table: good ones land, the rows of others are kept with their reasons.

    Raises: NotFound.
    Emits: ImportMoved, VariantStockImported, ProductChanged.
    """
    table = lock_one(CatalogueImport, import_id)
    if table.ended_at is not None:
        return table
    groups, end = _next_groups(table)
    landing = Landing(table, now=now)
    landing.prepare(groups)
    for rows in groups:
        _land(table, landing, rows)
    landing.write()
    _keep_problems(table, landing.refused)
    _tell_stock(table, landing.stock, now=now)
    table.made_count += landing.made
    table.changed_count += landing.changed
    table.unchanged_count += landing.unchanged
    table.refused_rows += len(landing.refused)
    table.read_rows = end[1] if end else table.rows_count
    table.read_bytes = end[0] if end else table.read_bytes
    table.state = ImportState.RUNNING if end else ImportState.DONE
    table.ended_at = None if end else now
    table.save(
        update_fields=[
            "made_count",
            "changed_count",
            "unchanged_count",
            "refused_rows",
            "read_rows",
            "read_bytes",
            "state",
            "ended_at",
        ]
    )
    emit(ImportMoved(import_id=table.pk, is_ended=end is None, at=now))
    return table


def _looked_over(file: StoredFile) -> Survey:
    try:
        with default_storage.open(file.name) as content:
            return survey(content)
    except Unreadable as unreadable:
        raise TableRefused(reason=TABLE_REASONS[str(unreadable)]) from unreadable


def _next_groups(table: CatalogueImport) -> tuple[list[list[Row]], tuple[int, int] | None]:
    """The rows of the next products, and where the one after them begins; nothing at the end of the table."""
    column = table.header.index(HANDLE)
    with default_storage.open(table.file.name) as content:
        # The header is row 1, so the first row that was not read is two further than those that were.
        rows = rows_from(content, encoding=table.encoding, offset=table.read_bytes, number=table.read_rows + 2)
        found = list(islice(products_from(rows, column), PIECE_PRODUCTS + 1))
    if len(found) <= PIECE_PRODUCTS:
        return found, None
    following = found.pop()[0]
    return found, (following.begins_at, following.number - 2)


def _land(table: CatalogueImport, landing: Landing, rows: Sequence[Row]) -> None:
    """Take one product, or keep every one of its rows with the reason."""
    try:
        if handle_of(rows[0], table.header.index(HANDLE)) in table.split_handles:
            raise Problem(rows[0].number, "split")
        landing.take(rows)
    except Problem as problem:
        for row in rows:
            if row.number == problem.number:
                landing.refused.append((row, problem.reason, dict(problem.details)))
            else:
                landing.refused.append((row, "other_row", {"row": problem.number}))


def _keep_problems(table: CatalogueImport, refused: Sequence[tuple[Row, str, dict[str, object]]]) -> None:
    ImportProblem.objects.bulk_create(
        ImportProblem(
            table=table,
            row_number=row.number,
            row=[cell.replace("\x00", "") for cell in row.cells],
            reason=reason,
            details={name: str(value).replace("\x00", "")[:LONGEST_DETAIL] for name, value in details.items()},
        )
        for row, reason, details in refused
    )


def _tell_stock(table: CatalogueImport, stock: dict[str, int], *, now: datetime) -> None:
    """Say what is new of the stock; what the table said before is not said again."""
    with connection.cursor() as cursor:
        cursor.execute(_NEW_STOCK, [list(stock), list(stock.values())])
        news = sorted(sku for (sku,) in cursor.fetchall())
    if news:
        emit(
            VariantStockImported(
                import_id=table.pk,
                delivery_id=new_id(),
                skus=tuple(news),
                quantities=tuple(stock[sku] for sku in news),
                imported_by=table.owner_id,
                at=now,
            )
        )
