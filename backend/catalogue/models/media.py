"""Files beside the pictures: videos, 3-D models, test reports."""

from django.db import models
from django.db.models import F, Q

from backend.accounts.models import User
from backend.catalogue.models.products import Product
from backend.core.ids import new_id
from backend.core.models import Picture, Video


class FileKind(models.TextChoices):
    """What a stored file is, as its first bytes showed."""

    VIDEO = "VIDEO"
    MODEL = "MODEL"
    DOCUMENT = "DOCUMENT"
    TABLE = "TABLE"


class StoredFile(models.Model):
    """A file in the storage. Its name is the sum of its content, so it never changes under its name.

    A video is made anew first; its name is that of the made one, which is there once `video` is ready.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20, choices=FileKind.choices)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()
    video = models.ForeignKey(Video, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="stored_file_not_empty", condition=Q(size_bytes__gt=0))]
        indexes = [models.Index(fields=["sha256"], name="stored_file_by_content")]

    def __str__(self) -> str:
        return self.name


class ProductMedia(models.Model):
    """A video or a 3-D model of a product."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="media")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=[(each, each) for each in ("VIDEO", "MODEL")])
    title = models.JSONField(default=dict)
    poster = models.ForeignKey(Picture, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["product", "position"], name="product_media_place")]

    def __str__(self) -> str:
        return f"{self.product_id} {self.kind}"


class TestReport(models.Model):
    """What a laboratory found, as a document. One that has run out is no longer shown."""

    __test__ = False

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="reports")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    title = models.JSONField()
    issuer = models.CharField(max_length=120)
    number = models.CharField(max_length=60)
    issued_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["product", "number"], name="test_report_once"),
            models.CheckConstraint(
                name="test_report_ends_after_its_day",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("issued_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issuer} {self.number}"
