"""A contest of a circle, its entries, and the votes for them."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.core.ids import new_id
from backend.promotions.models import Campaign, CampaignRule
from community.forum.models import Post, Topic


class ContestState(models.TextChoices):
    """Whether the order is final. Whether entries and votes are taken is read from the window and the campaign."""

    OPEN = "OPEN", _("Open")
    JUDGED = "JUDGED", _("Judged")


class Contest(models.Model):
    """One contest, with the terms of the rule that opened it; later versions of the rule do not change them.

    `prizes` are points by rank. All of them were taken from the campaign's budget when the contest was opened.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    rule = models.ForeignKey(CampaignRule, on_delete=models.PROTECT, related_name="+")
    lineage_id = models.UUIDField(unique=True)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")
    names = models.JSONField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    prizes = ArrayField(models.PositiveIntegerField())
    must_have_bought = models.BooleanField()
    least_votes = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=ContestState.choices, default=ContestState.OPEN)
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gte=F("starts_at")), name="contest_ends_after_start"),
            models.CheckConstraint(
                condition=Q(state="OPEN", judged_at=None) | Q(state="JUDGED", judged_at__isnull=False),
                name="contest_judged_has_its_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["ends_at"], name="contest_to_judge", condition=Q(state="OPEN")),
            models.Index(fields=["topic", "-ends_at", "-id"], name="contest_of_topic"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ContestEntry(models.Model):
    """A post that takes part: one of a person in a contest, and a post in one contest only.

    `votes_count` is counted from the votes while the entry is held. Rank and prize are written once, when it is judged.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="+")
    post = models.OneToOneField(Post, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    votes_count = models.PositiveIntegerField(default=0)
    rank = models.PositiveIntegerField(null=True, blank=True)
    prize_points = models.PositiveIntegerField(default=0)
    prize_lot_id = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contest", "author"], name="contest_one_entry_of_a_person"),
            models.UniqueConstraint(fields=["contest", "rank"], name="contest_one_entry_of_a_rank"),
            models.CheckConstraint(condition=Q(prize_points=0) | Q(rank__gte=1), name="contest_prize_has_a_rank"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["contest", "-votes_count", "-id"], name="entry_by_votes"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} in {self.contest_id}"


class ContestVote(models.Model):
    """The vote of one person in one contest; it may move to another entry while the contest is open."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(ContestEntry, on_delete=models.PROTECT, related_name="+")
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contest", "voter"], name="contest_one_vote_of_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.voter_id} for {self.entry_id}"
