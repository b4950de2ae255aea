"""What search engines are told: which addresses are the shop's, and which are nobody's business."""

from __future__ import annotations

from typing import Any

from django.contrib.sitemaps import GenericSitemap, Sitemap
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from backend.catalogue.models import Brand, Category, Product, ProductState
from community.forum.models import Topic
from community.forum.selectors import recommended_posts

# Pages of one person, of the staff, and of what is different at each look.
PRIVATE = (
    "/me", "/orders", "/cart", "/checkout", "/pay", "/aftersales", "/messages", "/room", "/notifications", "/signin",
    "/wishlist", "/search", "/creator", "/moderation", "/growth", "/graphql", "/_allauth",
)  # fmt: skip


class Pages(GenericSitemap):  # type: ignore[type-arg]  # generic in its stubs only
    """Rows of one table, each with a page of its own."""

    def __init__(self, rows: QuerySet[Any], address: str, *, changed: str | None = None) -> None:
        super().__init__({"queryset": rows.order_by("pk"), **({"date_field": changed} if changed else {})})
        self.address = address

    def location(self, item: Any) -> str:
        """The address of the page of one row."""
        return self.address.format(item)


class Fronts(Sitemap):  # type: ignore[type-arg]  # generic in its stubs only
    """The pages that are always there."""

    def items(self) -> list[str]:
        """Their addresses."""
        return ["/", "/groups", "/circles", "/coupons", "/flash"]

    def location(self, item: str) -> str:
        """An address is its own."""
        return item


SITEMAPS = {
    "fronts": Fronts(),
    "products": Pages(Product.objects.filter(state=ProductState.PUBLISHED), "/p/{0.slug}", changed="changed_at"),
    "shelves": Pages(Category.objects.all(), "/c/{0.slug}"),
    "brands": Pages(Brand.objects.all(), "/b/{0.slug}"),
    "topics": Pages(Topic.objects.all(), "/t/{0.slug}"),
    "posts": Pages(recommended_posts(None), "/post/{0.pk}", changed="created_at"),
}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Which pages a search engine leaves alone, and where the list of the others is."""
    lines = ["User-agent: *", *[f"Disallow: {page}" for page in PRIVATE], ""]
    lines.append(f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
