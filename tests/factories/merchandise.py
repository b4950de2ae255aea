"""Content, files and tables for tests of the merchandising desk."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.catalogue.actions import import_catalogue, store_file
from backend.catalogue.models import CatalogueImport, Category, StoredFile
from backend.core.outbox import deliver_pending
from tests.factories.catalogue import NOON, make_category, make_picture, texts
from tests.support.videos import video

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
GLB = b"glTF\x02\x00\x00\x00\x20\x00\x00\x00\x0c\x00\x00\x00JSON{}          "
MP4 = video(seconds=1, has_sound=False)
HEADER = (
    "Handle,Title,Title (zh-Hant),Title (en),Body (HTML),Vendor,Type,Option1 Name,Option1 Value,"
    "Variant SKU,Variant Inventory Qty,Variant Price,Variant Compare At Price,Image Src,Status"
)


def make_content(*, category: Category | None = None, sku: str = "jar", **other: Any) -> dict[str, Any]:
    """A whole content, as the editor sends it."""
    content: dict[str, Any] = {
        "title": texts("蜂蜜", "蜂蜜", "Honey"),
        "subtitle": texts("山里的", "山裡的", "From the hills"),
        "description": texts("一罐五百克。", "一罐五百克。", "Half a kilo."),
        "category_id": str((category or make_category()).id),
        "brand_id": None,
        "attributes": {},
        "options": [],
        "variants": [{"sku": sku, "price_minor": 5900, "options": {}, "picture_id": None}],
        "pictures": [{"picture_id": str(make_picture().id), "role": "FRONT", "alt": texts("一罐蜂蜜", None, "A jar")}],
        "media": [],
        "reports": [],
        "promises": [],
        "facts": [],
    }
    return {**content, **other}


def make_file(content: bytes = PDF, *, owner_id: UUID | None = None, now: datetime = NOON) -> StoredFile:
    """A stored file."""
    return store_file(content=io.BytesIO(content), owner_id=owner_id, now=now)


def hand_in(
    lines: Sequence[str], *, owner_id: UUID, header: str = HEADER, encoding: str = "utf-8", now: datetime = NOON
) -> CatalogueImport:
    """A table that was sent and read to its end."""
    file = make_file("\n".join([header, *lines, ""]).encode(encoding), owner_id=owner_id)
    table = import_catalogue(file_id=file.id, file_name="goods.csv", owner_id=owner_id, now=now)
    while deliver_pending():
        pass
    table.refresh_from_db()
    return table
