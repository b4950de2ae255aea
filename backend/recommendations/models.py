"""Which products go together and why, and what people opened. All of it can be thrown away and made anew."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from backend.core.ids import new_id


class Tie(models.TextChoices):
    """Why two products go together."""

    BOUGHT = "BOUGHT"
    SEEN = "SEEN"
    ALIKE = "ALIKE"


class Pair(models.Model):
    """Who comes for one product may like the other: how strongly, and how many people show it."""

    id = models.BigAutoField(primary_key=True)
    product_id = models.UUIDField()
    other_id = models.UUIDField()
    tie = models.CharField(max_length=6, choices=Tie.choices)
    score = models.FloatField()
    people_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["product_id", "tie", "other_id"], name="pair_once"),
            models.CheckConstraint(condition=~Q(product_id=F("other_id")), name="pair_of_two"),
            models.CheckConstraint(condition=Q(score__gt=0, score__lte=1), name="pair_score_within_one"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.tie} {self.other_id}"


class Refill(models.Model):
    """A product that people buy again and again, so that it may be suggested to who has just bought it."""

    product_id = models.UUIDField(primary_key=True)

    def __str__(self) -> str:
        return str(self.product_id)


class Seen(models.Model):
    """That a person opened a product, kept for that person's own picks and gone when they are switched off."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    product_id = models.UUIDField()
    times = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "product_id"], name="seen_once")]
        indexes: ClassVar = [models.Index(fields=["person", "-at"], name="seen_newest")]

    def __str__(self) -> str:
        return str(self.product_id)
