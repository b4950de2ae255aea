"""The table of videos. The files lie in Django's storage, under names made of their content."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.core.ids import new_id
from backend.core.pictures.models import Picture


class VideoState(models.TextChoices):
    """Whether a video can be played."""

    WAITING = "WAITING", _("Being prepared")
    READY = "READY", _("Can be played")
    REFUSED = "REFUSED", _("Could not be prepared")


class Video(models.Model):
    """One video that somebody sent. Nobody else sees it before it was made anew."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner_id = models.UUIDField(null=True, blank=True, db_index=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    state = models.CharField(max_length=8, choices=VideoState.choices, default=VideoState.WAITING)
    problem = models.CharField(max_length=20, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    duration_ms = models.PositiveIntegerField()
    size_bytes = models.PositiveIntegerField()
    poster = models.ForeignKey(Picture, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    stored_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="READY") | Q(poster__isnull=False), name="video_ready_has_a_poster"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {self.width}x{self.height} {self.state}"


class VideoMaking(models.Model):
    """A sent video that is still to be made anew; gone when it is, or when it cannot be.

    `due_at` is when a worker looks at it next, `held_until` how long the one who makes it has.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(db_index=True)
    held_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256[:12]
