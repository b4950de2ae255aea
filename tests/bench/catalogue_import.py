"""Rows per second of a table of products, one row in a hundred bad, against writing the same rows plainly in one go."""

import io
import resource
import time
from collections.abc import Iterable
from uuid import UUID

from backend.catalogue.actions import import_catalogue, read_next_piece, store_file
from backend.catalogue.models import CatalogueImport, PriceChange, Product, ProductOption, ProductRevision, Variant
from backend.core import clock
from tests.bench.figure import Figure
from tests.factories.accounts import make_grower
from tests.factories.catalogue import make_category, texts

ROWS = 50_000
VARIANTS = 5
HEADER = (
    "Handle,Title,Title (zh-Hant),Title (en),Body (HTML),Type,Option1 Name,Option1 Value,Option1 Value (en),"
    "Variant SKU,Variant Inventory Qty,Variant Price,Status\n"
)


def figures() -> Iterable[Figure]:
    """Rows per second taken in, beside the floor of the same run; and what the process grew by meanwhile.

    The floor comes after: the most memory the process ever had would hide what the import takes.
    """
    category = make_category(slug="bench-import")
    grown_before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    owner = make_grower("Import")
    content = table()
    began = time.perf_counter()
    file = store_file(content=io.BytesIO(content), owner_id=owner.id, now=clock.now())
    done = import_catalogue(file_id=file.id, file_name="bench.csv", owner_id=owner.id, now=clock.now())
    while done.ended_at is None:
        done = read_next_piece(import_id=done.id, now=clock.now())
    rate = ROWS / (time.perf_counter() - began)
    check(done)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - grown_before) / 1024
    yield Figure("catalogue_import", rate, "rows/s", plainly_written(category.pk))
    yield Figure("catalogue_import_memory", grown, "MB", 200)


def table() -> bytes:
    """Products of five variants; the price of every hundredth row is no price."""
    lines = [HEADER]
    for number in range(ROWS):
        product, place = divmod(number, VARIANTS)
        price = "none" if number % 100 == 7 else f"{10 + number % 90}.50"
        first = f"商品 {product},商品,Product {product},<p>几句话。</p>,bench-import" if place == 0 else ",,,,"
        lines.append(
            f"import-{product},{first},款式,款 {place},Kind {place},import-{product}-{place},5,{price},draft\n"
        )
    return "".join(lines).encode()


def check(done: CatalogueImport) -> None:
    """Every product with a bad row is out whole; all others are in."""
    bad = {number // VARIANTS for number in range(ROWS) if number % 100 == 7}
    if (done.made_count, done.refused_rows) != (ROWS // VARIANTS - len(bad), len(bad) * VARIANTS):
        raise AssertionError(f"{done.made_count} products landed, {done.refused_rows} rows came back")


def plainly_written(category_id: UUID) -> float:
    """The same rows as plain inserts, with nothing read or judged."""
    now = clock.now()
    began = time.perf_counter()
    products = Product.objects.bulk_create(
        [
            Product(slug=f"plain-{number}", title=texts(f"商品 {number}"), category_id=category_id, price_minor=1050)
            for number in range(ROWS // VARIANTS)
        ],
        batch_size=2000,
    )
    ProductOption.objects.bulk_create(
        [ProductOption(product=each, key="kind", name=texts("款式"), choices=[]) for each in products], batch_size=2000
    )
    variants = Variant.objects.bulk_create(
        [
            Variant(product=each, sku=f"{each.slug}-{place}", options={"kind": str(place)}, price_minor=1050)
            for each in products
            for place in range(VARIANTS)
        ],
        batch_size=2000,
    )
    PriceChange.objects.bulk_create(
        [PriceChange(product_id=each.product_id, variant=each, price_minor=1050, at=now) for each in variants],
        batch_size=2000,
    )
    ProductRevision.objects.bulk_create(
        [ProductRevision(product=each, content={}, started_at=now, changed_at=now) for each in products],
        batch_size=2000,
    )
    return ROWS / (time.perf_counter() - began)
