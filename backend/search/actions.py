"""Every write to the index."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from backend.catalogue.models import Product
from backend.search.models import HotSearch, ProductWords
from backend.search.rules import Texts, words_of


@transaction.atomic
def index_product(*, product_id: UUID) -> None:
    """Write down anew what a product is found by. What is on the shelf is decided where the list is read."""
    product = Product.objects.select_related("category").get(pk=product_id)
    words = words_of([product.title, product.subtitle, product.category.name])
    ProductWords.objects.update_or_create(product=product, defaults={"words": words})


def index_everything() -> int:
    """Build the whole index anew, and say how many products it holds."""
    ids = list(Product.objects.order_by("pk").values_list("pk", flat=True))
    for product_id in ids:
        index_product(product_id=product_id)
    return len(ids)


@transaction.atomic
def set_hot_searches(*, searches: Sequence[Texts]) -> None:
    """Show these words under the search field, in this order, instead of those before."""
    HotSearch.objects.all().delete()
    HotSearch.objects.bulk_create(
        HotSearch(words=dict(words), position=position) for position, words in enumerate(searches)
    )
