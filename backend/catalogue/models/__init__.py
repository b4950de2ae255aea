"""The tables of the shop window."""

from backend.catalogue.models.desk import CatalogueImport, ImportProblem, ImportState, InformationReport, ReportedPart
from backend.catalogue.models.media import FileKind, ProductMedia, StoredFile, TestReport
from backend.catalogue.models.products import (
    PaidPrice,
    PictureRole,
    PriceChange,
    Product,
    ProductOption,
    ProductPicture,
    ProductState,
    Variant,
)
from backend.catalogue.models.reviews import OPEN_STATES, ProductRevision, RevisionDecision, RevisionState, Verdict
from backend.catalogue.models.shelves import (
    DEEPEST_LEVEL,
    AttributeDefinition,
    AttributeType,
    Banner,
    Brand,
    Category,
    TryOn,
)

__all__ = [
    "DEEPEST_LEVEL",
    "OPEN_STATES",
    "AttributeDefinition",
    "AttributeType",
    "Banner",
    "Brand",
    "CatalogueImport",
    "Category",
    "FileKind",
    "ImportProblem",
    "ImportState",
    "InformationReport",
    "PaidPrice",
    "PictureRole",
    "PriceChange",
    "Product",
    "ProductMedia",
    "ProductOption",
    "ProductPicture",
    "ProductRevision",
    "ProductState",
    "ReportedPart",
    "RevisionDecision",
    "RevisionState",
    "StoredFile",
    "TestReport",
    "TryOn",
    "Variant",
    "Verdict",
]
