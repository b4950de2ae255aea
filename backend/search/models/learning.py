"""What people looked for and opened, without a name, and what follows from it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from backend.core.ids import new_id

# The furthest that learning moves a product, in the unit of the score: less than half of what lies between a word in
# the name and the same word on the shelf, so that no two steps together cross that.
LARGEST_STEP = 150_000


class Deed(models.TextChoices):
    """How far somebody went with a find."""

    OPENED = "OPENED"
    CARTED = "CARTED"
    BOUGHT = "BOUGHT"


class SearchQuery(models.Model):
    """One search that somebody made, without a name: `someone` is a keyed hash that changes every week.

    `asked` is what was understood, the same for all ways to type it; `shown` the finds that fit, in the order in which
    that person saw them; `also` the other words that were taken to be meant.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    words = models.CharField(max_length=200)
    asked = models.CharField(max_length=200, blank=True, default="")
    shown = ArrayField(models.UUIDField(), default=list)
    locale = models.CharField(max_length=10)
    finds_count = models.PositiveIntegerField()
    help = models.CharField(max_length=20, default="NONE")
    someone = models.CharField(max_length=32)
    opened_id = models.UUIDField(null=True, blank=True)
    also = ArrayField(models.CharField(max_length=200), default=list)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "search queries"
        indexes = [models.Index(fields=["at"], name="search_query_age")]

    def __str__(self) -> str:
        return self.words


class SearchOpening(models.Model):
    """That a find was opened from its place in the list, and how far it went: put in the cart, bought."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    query = models.ForeignKey(SearchQuery, on_delete=models.PROTECT, related_name="+")
    product_id = models.UUIDField()
    place = models.PositiveSmallIntegerField()
    deed = models.CharField(max_length=6, choices=Deed.choices, default=Deed.OPENED)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["query", "product_id"], name="search_opening_once"),
            models.CheckConstraint(name="search_opening_has_place", condition=Q(place__gte=1)),
        ]
        indexes = [models.Index(fields=["product_id", "at"], name="search_opening_of_product")]

    def __str__(self) -> str:
        return f"{self.product_id} {self.place} {self.deed}"


class Learnt(models.Model):
    """How much higher or lower a product stands for one wish, by what people opened, and what that rests on.

    `expected` is what its places alone would have brought, `lift` what it brought beside that; `worth` is the
    bounded step that follows, in the unit of the score. Without a row nothing was learnt.
    """

    id = models.BigAutoField(primary_key=True)
    asked = models.CharField(max_length=200)
    product_id = models.UUIDField()
    worth = models.IntegerField()
    lift = models.FloatField()
    expected = models.FloatField()
    people_shown = models.PositiveIntegerField()
    people_opened = models.PositiveIntegerField()
    people_carted = models.PositiveIntegerField()
    people_bought = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asked", "product_id"], name="learnt_once"),
            models.CheckConstraint(
                name="learnt_within_bounds", condition=Q(worth__gte=-LARGEST_STEP, worth__lte=LARGEST_STEP)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked} {self.product_id} {self.worth:+d}"


class Association(models.Model):
    """Other words that people meant by some: who gave up on these searched for those next, and opened a find.

    Made anew each night. `asked` and `also` are what was understood, `words` and `also_words` how enough people typed
    it.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    asked = models.CharField(max_length=200)
    also = models.CharField(max_length=200)
    words = models.CharField(max_length=200)
    also_words = models.CharField(max_length=200)
    weight = models.FloatField()
    people = models.PositiveIntegerField()
    people_given_up = models.PositiveIntegerField()
    people_carted = models.PositiveIntegerField()
    people_bought = models.PositiveIntegerField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asked", "also"], name="association_once"),
            models.CheckConstraint(name="association_of_five", condition=Q(people__gte=5)),
        ]

    def __str__(self) -> str:
        return f"{self.asked} > {self.also}"


class Ruling(models.TextChoices):
    """What the staff said of an association: not to be shown, or made a line of synonyms."""

    OFF = "OFF"
    FIXED = "FIXED"


class AssociationRuling(models.Model):
    """What the staff said of an association; it outlives the nights in which associations are made anew."""

    asked = models.CharField(max_length=200)
    also = models.CharField(max_length=200)
    ruling = models.CharField(max_length=5, choices=Ruling.choices)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asked", "also"], name="association_ruled_once")]

    def __str__(self) -> str:
        return f"{self.asked} > {self.also}: {self.ruling}"


class LearningSwitch(models.Model):
    """Whether the order learns. One row at most; without it, it does."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    is_on = models.BooleanField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="search_one_switch", condition=Q(id=1))]

    def __str__(self) -> str:
        return "on" if self.is_on else "off"
