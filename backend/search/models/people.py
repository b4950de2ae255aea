"""What many looked for lately, and what is kept for one person alone."""

from django.conf import settings
from django.db import models

from backend.core.ids import new_id


class HotWords(models.Model):
    """Words that many people looked for lately, shown under the search field, for readers of one language."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    locale = models.CharField(max_length=10)
    words = models.CharField(max_length=200)
    people_count = models.PositiveIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "hot searches"
        constraints = [models.UniqueConstraint(fields=["locale", "position"], name="hot_search_place")]

    def __str__(self) -> str:
        return self.words


class KeptSearch(models.Model):
    """What a person searched for, kept for that person alone, once per text."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "words"], name="kept_search_once")]
        indexes = [models.Index(fields=["person", "-at"], name="kept_search_newest")]

    def __str__(self) -> str:
        return self.words


class Look(models.Model):
    """That a person opened a product from a search, kept for that person's own order of results."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    product_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "product_id"], name="look_once")]
        indexes = [models.Index(fields=["person", "-at"], name="look_newest")]

    def __str__(self) -> str:
        return str(self.product_id)


class SearchHabit(models.Model):
    """What a person lets search do: keep a history, and put first what suits him. Without a row both are on."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    keeps_history = models.BooleanField(default=True)
    is_personal = models.BooleanField(default=True)

    def __str__(self) -> str:
        return str(self.person_id)
