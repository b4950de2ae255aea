"""The tables of search: copies that can be built anew at any time."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from backend.catalogue.models import Product
from backend.core.ids import new_id


class ProductWords(models.Model):
    """Everything a product may be found by, in all three languages, in small letters."""

    product = models.OneToOneField(Product, primary_key=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()

    class Meta:
        verbose_name_plural = "product words"
        indexes = [GinIndex(fields=["words"], name="product_words_trigrams", opclasses=["gin_trgm_ops"])]

    def __str__(self) -> str:
        return self.words[:60]


class HotSearch(models.Model):
    """Words that many look for at the moment, shown under the search field."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    words = models.JSONField()
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "hot searches"

    def __str__(self) -> str:
        return str(self.words.get("zh-Hans", ""))
