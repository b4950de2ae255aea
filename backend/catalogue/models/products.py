"""Products, their pictures, options, variants, and what was asked for them over time."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Now

from backend.accounts.models import User
from backend.catalogue.models.shelves import Brand, Category
from backend.core.ids import new_id
from backend.core.models import Picture


class ProductState(models.TextChoices):
    """Where a product stands between the desk and the shelf."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    RETIRED = "RETIRED"


class Product(models.Model):
    """One thing on offer, in words of three languages.

    `price_minor` is the lowest price of its variants and is kept by the actions, so that lists can be sorted.
    The reference price is the lowest price asked in the thirty days before, with its day; it is never invented.
    `attributes` maps the key of each attribute of the shelf to its value: a translated text, a number, the key of
    a choice, or a yes or no.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    title = models.JSONField()
    subtitle = models.JSONField(default=dict)
    description = models.JSONField(default=dict)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    brand = models.ForeignKey(Brand, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    attributes = models.JSONField(default=dict, db_default=Value({}, models.JSONField()))
    state = models.CharField(max_length=20, choices=ProductState.choices, default=ProductState.DRAFT)
    currency = models.CharField(max_length=3, default="CNY")
    price_minor = models.BigIntegerField(default=0)
    reference_price_minor = models.BigIntegerField(null=True, blank=True)
    reference_price_at = models.DateTimeField(null=True, blank=True)
    sold_count = models.BigIntegerField(default=0)
    rating_total = models.BigIntegerField(default=0)
    rating_count = models.BigIntegerField(default=0)
    rank = models.BigIntegerField(default=0)
    promises = models.JSONField(default=list)
    facts = models.JSONField(default=list)
    published_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(name="product_price_not_negative", condition=Q(price_minor__gte=0)),
            models.CheckConstraint(name="product_sold_not_negative", condition=Q(sold_count__gte=0)),
            models.CheckConstraint(
                name="product_rating_between_one_and_five",
                condition=Q(rating_total__gte=F("rating_count"), rating_total__lte=F("rating_count") * 5),
            ),
            models.CheckConstraint(
                name="product_reference_price_has_its_day",
                condition=Q(reference_price_minor=None, reference_price_at=None)
                | Q(reference_price_minor__gt=0, reference_price_at__isnull=False),
            ),
            models.CheckConstraint(
                name="product_published_has_its_time", condition=~Q(state="PUBLISHED") | Q(published_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["-rank", "-id"], name="product_by_rank", condition=Q(state="PUBLISHED")),
            models.Index(fields=["price_minor", "id"], name="product_by_price", condition=Q(state="PUBLISHED")),
            models.Index(fields=["-sold_count", "-id"], name="product_by_sales", condition=Q(state="PUBLISHED")),
            models.Index(fields=["-published_at", "-id"], name="product_by_age", condition=Q(state="PUBLISHED")),
            models.Index(
                fields=["category", "-rank", "-id"], name="product_of_category", condition=Q(state="PUBLISHED")
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class PictureRole(models.TextChoices):
    """What a picture shows."""

    FRONT = "FRONT"
    BACK = "BACK"
    SIDE = "SIDE"
    DETAIL = "DETAIL"
    SCENE = "SCENE"
    SIZE = "SIZE"
    PACKAGE = "PACKAGE"


class ProductPicture(models.Model):
    """A picture of a product; the one at position 0 stands in lists. `alt` says what is seen, for those who listen."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="pictures")
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField(default=0)
    role = models.CharField(
        max_length=20, choices=PictureRole.choices, default=PictureRole.FRONT, db_default=PictureRole.FRONT
    )
    alt = models.JSONField(default=dict, db_default=Value({}, models.JSONField()))

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["product", "position"], name="product_picture_place")]

    def __str__(self) -> str:
        return f"{self.product_id} {self.position}"


class ProductOption(models.Model):
    """One choice a shopper makes, such as size. `choices` holds `[{key, label, swatch}]` in order."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="options")
    key = models.SlugField(max_length=40)
    name = models.JSONField()
    choices = models.JSONField(default=list)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["product", "key"], name="product_option_once")]

    def __str__(self) -> str:
        return f"{self.product_id} {self.key}"


class Variant(models.Model):
    """What is actually put into a parcel. `options` maps each option key to the chosen value key.

    One that is no longer offered stays for the orders that hold it. `imported_quantity` is what a table of products
    last said of its stock, so that the same table sent again says nothing new.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="variants")
    sku = models.CharField(max_length=60, unique=True)
    title = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    currency = models.CharField(max_length=3, default="CNY")
    price_minor = models.BigIntegerField()
    picture = models.ForeignKey(Picture, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField(default=0)
    is_offered = models.BooleanField(default=True, db_default=True)
    imported_quantity = models.IntegerField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(name="variant_price_positive", condition=Q(price_minor__gt=0)),
            models.UniqueConstraint(
                fields=["product", "options"], name="variant_options_once", condition=Q(is_offered=True)
            ),
        ]

    def __str__(self) -> str:
        return self.sku


class PriceChange(models.Model):
    """From when on a variant was asked for at which price; without a price it was no longer offered.

    The first row of a variant is its first price.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="price_changes")
    price_minor = models.BigIntegerField(null=True, blank=True)
    changed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(name="price_change_positive", condition=Q(price_minor__gt=0))]
        indexes = [models.Index(fields=["product", "at"], name="price_change_of_product")]

    def __str__(self) -> str:
        return f"{self.variant_id} {self.price_minor}"


class PaidPrice(models.Model):
    """The lowest price that was really paid for a product on a day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    lowest_minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="paid_price_not_negative", condition=Q(lowest_minor__gte=0)),
            models.UniqueConstraint(fields=["product", "day"], name="paid_price_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.day}"
