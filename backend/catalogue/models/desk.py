"""What comes in at the desk: reports of wrong information, and tables of products."""

from django.db import models
from django.db.models import Q

from backend.accounts.models import User
from backend.catalogue.models.media import StoredFile
from backend.catalogue.models.products import Product
from backend.core.ids import new_id


class ReportedPart(models.TextChoices):
    """What is said to be wrong."""

    PRICE = "PRICE"
    PICTURE = "PICTURE"
    DESCRIPTION = "DESCRIPTION"
    SPECIFICATION = "SPECIFICATION"
    OTHER = "OTHER"


class InformationReport(models.Model):
    """A shopper says that something on a product's page is wrong. It is open until somebody answers it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    reporter = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=20, choices=ReportedPart.choices)
    text = models.CharField(max_length=500)
    reported_at = models.DateTimeField()
    was_right = models.BooleanField(null=True, blank=True)
    answer = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["product", "reporter", "part"],
                condition=Q(answered_at=None),
                name="information_report_once_while_open",
            ),
            models.CheckConstraint(
                name="information_report_answered_whole",
                condition=Q(answered_at=None, answered_by=None, answer="", was_right=None)
                | (Q(answered_at__isnull=False, answered_by__isnull=False, was_right__isnull=False) & ~Q(answer="")),
            ),
        ]
        indexes = [
            models.Index(fields=["reported_at", "id"], condition=Q(answered_at=None), name="information_report_open"),
            models.Index(fields=["reporter", "-reported_at"], name="information_report_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.part}"


class ImportState(models.TextChoices):
    """How far an import has come."""

    WAITING = "WAITING"
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"


class CatalogueImport(models.Model):
    """One table of products that was handed in, and how far it has been read.

    `read_bytes` is where the next piece begins; rows of one product always belong to one piece.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    encoding = models.CharField(max_length=20)
    header = models.JSONField(default=list)
    state = models.CharField(max_length=20, choices=ImportState.choices, default=ImportState.WAITING)
    failure = models.CharField(max_length=60, blank=True)
    read_bytes = models.BigIntegerField(default=0)
    read_rows = models.BigIntegerField(default=0)
    rows_count = models.BigIntegerField(default=0)
    split_handles = models.JSONField(default=list)
    made_count = models.BigIntegerField(default=0)
    changed_count = models.BigIntegerField(default=0)
    unchanged_count = models.BigIntegerField(default=0)
    refused_rows = models.BigIntegerField(default=0)
    handed_in_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="import_has_its_end",
                condition=Q(state__in=["WAITING", "RUNNING"], ended_at=None)
                | Q(state__in=["DONE", "FAILED"], ended_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["-handed_in_at", "-id"], name="import_by_age")]

    def __str__(self) -> str:
        return self.file_name


class ImportProblem(models.Model):
    """One row of a table that was not taken, and why: the code of the reason and what fills its sentence."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    table = models.ForeignKey(CatalogueImport, on_delete=models.PROTECT, related_name="problems")
    row_number = models.PositiveIntegerField()
    row = models.JSONField()
    reason = models.CharField(max_length=60)
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ["row_number"]
        constraints = [models.UniqueConstraint(fields=["table", "row_number"], name="import_problem_once_per_row")]

    def __str__(self) -> str:
        return f"{self.table_id} {self.row_number}"
