"""Shelves, brands, what is stated of the things on a shelf, and the banners of the home page."""

from django.db import models
from django.db.models import F, Q

from backend.core.ids import new_id
from backend.core.models import Picture

DEEPEST_LEVEL = 3


class TryOn(models.TextChoices):
    """Where the colours of a shelf's products can be tried on, in front of a camera."""

    LIPS = "LIPS"


class Category(models.Model):
    """A shelf. Its name is translated; its picture stands in the round buttons of the home page.

    Shelves stand in shelves, three deep at most. A shelf is one deeper than the one it stands in; the database
    compares the two (`category_one_deeper_than_parent`), so there is neither a fourth level nor a ring.
    `try_on` says where the colours of what stands on it can be tried on; empty where they cannot.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.JSONField()
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField(default=0)
    depth = models.PositiveSmallIntegerField(default=1, db_default=1)
    try_on = models.CharField(max_length=10, choices=TryOn.choices, blank=True, default="", db_default="")
    parent_depth = models.GeneratedField(
        expression=F("depth") - 1, output_field=models.SmallIntegerField(), db_persist=True
    )

    class Meta:
        ordering = ["position", "id"]
        verbose_name_plural = "categories"
        constraints = [
            models.CheckConstraint(
                name="category_three_deep_at_most", condition=Q(depth__gte=1, depth__lte=DEEPEST_LEVEL)
            ),
            models.CheckConstraint(
                name="category_top_has_no_parent",
                condition=Q(parent=None, depth=1) | Q(parent__isnull=False, depth__gt=1),
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class Brand(models.Model):
    """Who made it, as the shopper knows the name."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.JSONField()
    logo = models.ForeignKey(Picture, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class AttributeType(models.TextChoices):
    """What kind of value an attribute takes."""

    TEXT = "TEXT"
    NUMBER = "NUMBER"
    CHOICE = "CHOICE"
    BOOLEAN = "BOOLEAN"


class AttributeDefinition(models.Model):
    """What is stated of every product on a shelf and on the shelves in it, such as the net weight.

    `choices` holds `[{key, label}]` in order. The values are kept at the product under the key.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="attributes")
    key = models.SlugField(max_length=40)
    name = models.JSONField()
    type = models.CharField(max_length=20, choices=AttributeType.choices)
    unit = models.CharField(max_length=20, blank=True)
    choices = models.JSONField(default=list)
    is_required = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["category", "key"], name="attribute_once_per_category"),
            models.CheckConstraint(
                name="attribute_choices_where_chosen",
                condition=(Q(type="CHOICE") & ~Q(choices=[])) | (~Q(type="CHOICE") & Q(choices=[])),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category_id} {self.key}"


class Banner(models.Model):
    """A theme at the top of the home page, shown within its window. It has no end when nothing really ends."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.JSONField()
    subtitle = models.JSONField(default=dict)
    action = models.JSONField(default=dict)
    path = models.CharField(max_length=200)
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                name="banner_ends_after_start", condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at"))
            )
        ]

    def __str__(self) -> str:
        return self.path
