"""What the merchandising desk reads: products with their state of review, revisions, reports, imports."""

import dataclasses
from typing import Any
from uuid import UUID

from backend.catalogue.models import (
    OPEN_STATES,
    AttributeDefinition,
    CatalogueImport,
    Category,
    InformationReport,
    PriceChange,
    Product,
    ProductRevision,
    RevisionDecision,
    StoredFile,
    Variant,
)
from backend.catalogue.rules.revisions import LEVELS, changed_parts
from backend.catalogue.selectors import pieces
from backend.catalogue.selectors.content import current_content
from backend.core.paging import Keyset, Page, keyset_page
from backend.core.pictures.models import Picture

IN_REVIEW = tuple(LEVELS)
_OPEN = ", ".join(f"'{state.value}'" for state in OPEN_STATES)
_ROW = """SELECT json_build_object('id', product.id, 'slug', product.slug, 'title', {title}, 'state', product.state,
    'price', product.price_minor, 'sold_count', product.sold_count, 'changed_at', product.changed_at,
    'picture', {cover}, 'category', {category},
    'brand', (SELECT {brand} FROM catalogue_brand brand WHERE brand.id = product.brand_id),
    'variants_count', (SELECT count(*) FROM catalogue_variant variant
        WHERE variant.product_id = product.id AND variant.is_offered),
    'revision_id', revision.id, 'review_state', revision.state,
    'reports_count', (SELECT count(*) FROM catalogue_informationreport report
        WHERE report.product_id = product.id AND report.answered_at IS NULL))::text
FROM catalogue_product product JOIN catalogue_category category ON category.id = product.category_id
LEFT JOIN catalogue_productrevision revision ON revision.product_id = product.id AND revision.state IN ({open})"""


@dataclasses.dataclass(frozen=True, kw_only=True)
class GoodsWish:
    """What narrows the list of the desk down."""

    words: str = ""
    state: str = ""
    review: str = ""

    def condition(self) -> tuple[str, list[Any]]:
        """The wish in SQL, and its parameters."""
        parts, parameters = ["TRUE"], list[Any]()
        if self.words:
            like = "%" + self.words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
            parts.append(
                "(product.slug ILIKE %s OR product.title::text ILIKE %s OR EXISTS"
                " (SELECT 1 FROM catalogue_variant named WHERE named.product_id = product.id AND named.sku ILIKE %s))"
            )
            parameters += [like] * 3
        if self.state:
            parts.append("product.state = %s")
            parameters.append(self.state)
        if self.review == "IN_REVIEW":
            parts.append("revision.state = ANY(%s)")
            parameters.append(list(IN_REVIEW))
        elif self.review:
            parts.append("revision.state = %s")
            parameters.append(self.review)
        return " AND ".join(parts), parameters


def goods_page(*, wish: GoodsWish, locale: str, first: int, after: str | None) -> Page:
    """Products for the desk, those changed last first.

    Raises: InvalidInput.
    """
    columns = {"changed_at": "product.changed_at", "id": "product.id"}
    keyset = Keyset("-changed_at", "-id", first=first, after=after, columns=columns)
    wanted, wanted_parameters = wish.condition()
    place, place_parameters = keyset.where()
    row = _ROW.format(
        title=pieces.text("product.title", locale),
        cover=pieces.cover(),
        category=pieces.text("category.name", locale),
        brand=pieces.text("brand.name", locale),
        open=_OPEN,
    )
    statement = f"{row} WHERE {wanted} AND {place} ORDER BY {keyset.order_by()} LIMIT {keyset.limit:d}"
    return keyset.page(pieces.rows(statement, [*wanted_parameters, *place_parameters]))


def product_for_desk(product_id: UUID) -> Product | None:
    """One product, whatever its state."""
    return Product.objects.filter(pk=product_id).first()


def open_revision_of(product_id: UUID) -> ProductRevision | None:
    """The revision of a product that is being written or reviewed."""
    return ProductRevision.objects.filter(product_id=product_id, state__in=OPEN_STATES).first()


def revision_by_id(revision_id: UUID) -> ProductRevision | None:
    """One revision."""
    return ProductRevision.objects.filter(pk=revision_id).first()


def revisions_page(*, first: int, after: str | None) -> Page:
    """What waits for a check, the oldest first."""
    waiting = ProductRevision.objects.filter(state__in=IN_REVIEW)
    return keyset_page(waiting, order=("submitted_at", "id"), first=first, after=after)


def decisions_of(revision_id: UUID) -> list[RevisionDecision]:
    """What was decided about a revision, oldest first."""
    return list(RevisionDecision.objects.filter(revision_id=revision_id))


def past_revisions(product_id: UUID) -> list[ProductRevision]:
    """The last revisions of a product, newest first."""
    return list(ProductRevision.objects.filter(product_id=product_id).order_by("-started_at", "-pk")[:20])


def changes_of(revision: ProductRevision) -> list[dict[str, Any]]:
    """What a revision would change of what stands in the tables; all of it for a product that was never shown."""
    product = Product.objects.get(pk=revision.product_id)
    before: dict[str, Any] = {} if product.published_at is None else current_content(product.pk)
    return [{"path": path, "before": old, "after": new} for path, old, new in changed_parts(before, revision.content)]


def may_decide(revision: ProductRevision, *, user_id: UUID) -> bool:
    """Whether this person may make the next check: not an author, and no check of this round made."""
    if revision.state not in LEVELS or str(user_id) in revision.edited_by or revision.submitted_by_id == user_id:
        return False
    decided = RevisionDecision.objects.filter(revision=revision, round=revision.round, decided_by_id=user_id)
    return not decided.exists()


def reports_page(*, is_open: bool, first: int, after: str | None) -> Page:
    """Reports of wrong information: open ones oldest first, answered ones newest first."""
    if is_open:
        waiting = InformationReport.objects.filter(answered_at=None)
        return keyset_page(waiting, order=("reported_at", "id"), first=first, after=after)
    answered = InformationReport.objects.filter(answered_at__isnull=False)
    return keyset_page(answered, order=("-answered_at", "-id"), first=first, after=after)


def imports_page(*, first: int, after: str | None) -> Page:
    """Tables that were handed in, newest first."""
    return keyset_page(CatalogueImport.objects.all(), order=("-handed_in_at", "-id"), first=first, after=after)


def desk_counts() -> dict[str, int]:
    """How much waits at each desk."""
    return {
        "in_review": ProductRevision.objects.filter(state__in=IN_REVIEW).count(),
        "returned": ProductRevision.objects.filter(state="RETURNED").count(),
        "open_reports": InformationReport.objects.filter(answered_at=None).count(),
        "drafts": Product.objects.filter(state="DRAFT").count(),
    }


def variants_for_desk(product_id: UUID) -> list[Variant]:
    """The offered variants of a product."""
    return list(Variant.objects.filter(product_id=product_id, is_offered=True).order_by("position"))


def price_changes_of(product_id: UUID) -> list[PriceChange]:
    """Every price that was asked, newest first."""
    changes = PriceChange.objects.filter(product_id=product_id).select_related("variant")
    return list(changes.order_by("-at", "-pk")[:100])


def pictures_by_id(ids: set[UUID]) -> dict[UUID, Picture]:
    """Pictures that a content speaks of."""
    return {each.pk: each for each in Picture.objects.filter(pk__in=ids)}


def files_by_id(ids: set[UUID]) -> dict[UUID, StoredFile]:
    """Files that a content speaks of."""
    return {each.pk: each for each in StoredFile.objects.select_related("video__poster").filter(pk__in=ids)}


def definitions_of_shop() -> list[AttributeDefinition]:
    """Every attribute that any shelf asks for."""
    return list(AttributeDefinition.objects.order_by("category_id", "position", "pk"))


def shelves_of_shop() -> list[Category]:
    """Every shelf with all its words."""
    return list(Category.objects.select_related("picture").order_by("position", "pk"))
