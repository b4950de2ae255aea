"""Plans as they stand now, and which of them fit a thing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum

from backend.catalogue.models import Category
from backend.protection.models import Coverage, PlanShelf, PlanVersion

# A plan of a shelf fits the things on the shelves in it, too.
_OFFERED = """
SELECT DISTINCT product.id, version.id
FROM catalogue_product product
JOIN catalogue_category shelf ON shelf.id = product.category_id
LEFT JOIN catalogue_category above ON above.id = shelf.parent_id
JOIN protection_planshelf own ON own.category_id IN (shelf.id, shelf.parent_id, above.parent_id)
JOIN protection_planversion version ON version.id = own.version_id
JOIN protection_protectionplan plan ON plan.id = version.plan_id
WHERE product.id = ANY(%s) AND plan.is_offered AND version.number = (
    SELECT max(newer.number) FROM protection_planversion newer WHERE newer.plan_id = plan.id)
"""


def offered_for(product_ids: Iterable[UUID]) -> dict[UUID, list[PlanVersion]]:
    """The plans that are offered for each product now, the shortest first."""
    with connection.cursor() as cursor:
        cursor.execute(_OFFERED, [list(product_ids)])
        pairs = cursor.fetchall()
    versions = PlanVersion.objects.in_bulk({version_id for _product, version_id in pairs})
    found: dict[UUID, list[PlanVersion]] = defaultdict(list)
    for product_id, version_id in pairs:
        found[product_id].append(versions[version_id])
    for each in found.values():
        each.sort(key=lambda version: (version.months, version.pk))
    return dict(found)


def current_versions() -> QuerySet[PlanVersion]:
    """The newest version of every plan."""
    newest = PlanVersion.objects.filter(plan_id=OuterRef("plan_id")).order_by("-number").values("pk")[:1]
    return PlanVersion.objects.filter(pk=Subquery(newest)).select_related("plan").order_by("months", "pk")


def current_version(plan_id: UUID) -> PlanVersion | None:
    """The newest version of one plan."""
    return PlanVersion.objects.filter(plan_id=plan_id).order_by("-number").first()


def versions_of(plan_id: UUID) -> list[PlanVersion]:
    """Every version of a plan, the newest first."""
    return list(PlanVersion.objects.filter(plan_id=plan_id).order_by("-number"))


def shelves_of(version_ids: Sequence[UUID]) -> dict[UUID, list[Category]]:
    """The shelves of each version."""
    found: dict[UUID, list[Category]] = {version_id: [] for version_id in version_ids}
    for each in PlanShelf.objects.filter(version_id__in=version_ids).select_related("category").order_by("category_id"):
        found[each.version_id].append(each.category)
    return found


def figures_of(plan_ids: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
    """How each plan does: coverages in force, what was paid, what went back, repairs made."""
    sold = Coverage.objects.filter(version__plan_id__in=plan_ids, activated_at__isnull=False)
    rows = sold.values("version__plan_id").annotate(
        sold=Count("pk"),
        active=Count("pk", filter=Q(state="ACTIVE")),
        paid=Sum("price_minor"),
        back=Sum("refunded_minor"),
    )
    return {
        row["version__plan_id"]: {
            "sold_count": row["sold"],
            "active_count": row["active"],
            "paid_minor": row["paid"] or 0,
            "refunded_minor": row["back"] or 0,
        }
        for row in rows
    }
