"""The questions of the merchandising desk."""

from typing import Any

import graphene

from backend.catalogue.schema.desk_types import (
    AttributeDefinitionType,
    CatalogueImportType,
    DeskCategoryType,
    DeskCountsType,
    DeskPictureType,
    GoodsDetailType,
    GoodsType,
    ImportProblemType,
    InformationReportType,
    ProductStateEnum,
    ReviewState,
    RevisionType,
    StoredFileType,
    preload_people,
)
from backend.catalogue.schema.loaders import preload_products
from backend.catalogue.selectors import desk
from backend.catalogue.selectors.desk import GoodsWish
from backend.catalogue.selectors.tables import import_by_id, problems_page
from backend.core.graphql import connection, query_field, role
from backend.core.paging import Page

DESK = role("growth")
MOST_THINGS = 100


def resolve_goods(root: Any, info: Any, first: int, after: str | None = None, **wanted: Any) -> Page:
    """Products as the desk wants them."""
    state, review = wanted.get("state"), wanted.get("review")
    wish = GoodsWish(
        words=(wanted.get("words") or "").strip()[:100],
        state=state.value if state else "",
        review="IN_REVIEW" if wanted.get("in_review") else review.value if review else "",
    )
    return desk.goods_page(wish=wish, locale=info.context.viewer.locale, first=first, after=after)


def resolve_revisions(root: Any, info: Any, first: int, after: str | None = None) -> Page:
    """The queue, with its products read at once."""
    page = desk.revisions_page(first=first, after=after)
    preload_products(info, [row.product_id for row in page.nodes])
    preload_people(info, [row.submitted_by_id for row in page.nodes])
    return page


def resolve_reports(root: Any, info: Any, *, is_open: bool, first: int, after: str | None = None) -> Page:
    """The reports, with their products read at once."""
    page = desk.reports_page(is_open=is_open, first=first, after=after)
    preload_products(info, [row.product_id for row in page.nodes])
    preload_people(info, [each for row in page.nodes for each in (row.reporter_id, row.answered_by_id)])
    return page


class DeskQuery:
    """Goods, revisions, reports, imports, attributes."""

    goods = query_field(
        connection(GoodsType),
        resolve_goods,
        permission=DESK,
        words=graphene.String(description="Part of a name, an address or a stock number."),
        state=ProductStateEnum(description="Only products in this state."),
        review=ReviewState(description="Only products whose open revision stands here."),
        in_review=graphene.Boolean(description="Only products that wait for one of the three checks."),
        description="Every product of the shop, those changed last first.",
    )
    goods_detail = query_field(
        GoodsDetailType,
        lambda root, info, id: desk.product_for_desk(id),
        permission=DESK,
        id=graphene.ID(required=True, description="The product."),
        description="One product with its open revision, its prices and its past.",
    )
    revision_queue = query_field(
        connection(RevisionType),
        resolve_revisions,
        permission=DESK,
        description="What waits for a check, the oldest first.",
    )
    revision = query_field(
        RevisionType,
        lambda root, info, id: desk.revision_by_id(id),
        permission=DESK,
        id=graphene.ID(required=True, description="The revision."),
        description="One revision with what it would change.",
    )
    information_reports = query_field(
        connection(InformationReportType),
        resolve_reports,
        permission=role("growth", "support"),
        is_open=graphene.Boolean(required=True, description="Those that wait, or those that were answered."),
        description="Reports of wrong information.",
    )
    catalogue_imports = query_field(
        connection(CatalogueImportType),
        lambda root, info, first, after=None: desk.imports_page(first=first, after=after),
        permission=DESK,
        description="Tables that were handed in, newest first.",
    )
    catalogue_import = query_field(
        CatalogueImportType,
        lambda root, info, id: import_by_id(id),
        permission=DESK,
        id=graphene.ID(required=True, description="The import."),
        description="One table and how far it has been read.",
    )
    import_problems = query_field(
        connection(ImportProblemType),
        lambda root, info, id, first, after=None: problems_page(id, first=first, after=after),
        permission=DESK,
        id=graphene.ID(required=True, description="The import."),
        description="The rows of a table that were not taken.",
    )
    desk_counts = query_field(
        DeskCountsType,
        lambda root, info: desk.desk_counts(),
        permission=DESK,
        required=True,
        description="How much waits at the merchandising desk.",
    )
    desk_categories = query_field(
        graphene.List(graphene.NonNull(DeskCategoryType)),
        lambda root, info: desk.shelves_of_shop(),
        permission=DESK,
        required=True,
        size=60,
        description="Every shelf with its words in all languages.",
    )
    attribute_definitions = query_field(
        graphene.List(graphene.NonNull(AttributeDefinitionType)),
        lambda root, info: desk.definitions_of_shop(),
        permission=DESK,
        required=True,
        size=60,
        description="What every shelf asks for.",
    )
    desk_pictures = query_field(
        graphene.List(graphene.NonNull(DeskPictureType)),
        lambda root, info, ids: list(desk.pictures_by_id(set(ids[:MOST_THINGS])).values()),
        permission=DESK,
        required=True,
        size=20,
        ids=graphene.List(graphene.NonNull(graphene.ID), required=True, description="The pictures, 100 at most."),
        description="Pictures by their ids.",
    )
    desk_files = query_field(
        graphene.List(graphene.NonNull(StoredFileType)),
        lambda root, info, ids: list(desk.files_by_id(set(ids[:MOST_THINGS])).values()),
        permission=DESK,
        required=True,
        size=20,
        ids=graphene.List(graphene.NonNull(graphene.ID), required=True, description="The files, 100 at most."),
        description="Files by their ids.",
    )
