"""The table of pictures. The files lie in Django's storage, under names made of their content."""

from django.db import models

from backend.core.ids import new_id


class PictureMaking(models.Model):
    """A sent picture whose other renditions are still to be made; gone when they are.

    `due_at` is when a worker looks at it next; it is empty when all tries failed and the smallest rendition stays.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True, blank=True, db_index=True)
    sent_at = models.DateTimeField()
    problem = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return self.sha256[:12]


class Picture(models.Model):
    """One picture that somebody sent, as it was made anew."""

    class Kind(models.TextChoices):
        """Whether the background shows through."""

        PHOTO = "photo"
        CUTOUT = "cutout"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner_id = models.UUIDField(null=True, blank=True, db_index=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    widths = models.JSONField()
    blur = models.TextField()
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PHOTO)
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {self.width}x{self.height}"
