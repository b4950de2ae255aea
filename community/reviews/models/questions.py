"""Questions about a product, and who answers them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.core.ids import new_id
from community.reviews.models.reviews import Visibility


class QuestionTopic(models.TextChoices):
    """What a question is about; all but the first help whoever is about to send something back."""

    GENERAL = "GENERAL", _("Something else")
    USE = "USE", _("How to use it")
    DEFECT = "DEFECT", _("Something is wrong with it")
    CARE = "CARE", _("How to care for it")


class Question(models.Model):
    """What somebody wants to know of a product."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=200)
    topic = models.CharField(
        max_length=8, choices=QuestionTopic.choices, default=QuestionTopic.GENERAL, db_default=QuestionTopic.GENERAL
    )
    visibility = models.CharField(max_length=16, choices=Visibility.choices, default=Visibility.PUBLIC)
    answers_count = models.PositiveIntegerField(default=0)
    accepted = models.ForeignKey("Answer", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["product", "-answers_count", "-id"],
                name="question_of_product",
                condition=Q(visibility="PUBLIC"),
            ),
            models.Index(
                fields=["created_at", "id"],
                name="question_unanswered",
                condition=Q(visibility="PUBLIC", answers_count=0),
            ),
            models.Index(fields=["author", "-created_at"], name="question_of_author"),
        ]

    def __str__(self) -> str:
        return self.body[:40]


class Answer(models.Model):
    """What somebody answers: the shop's staff, or a buyer of the product."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=1000)
    is_official = models.BooleanField(default=False)
    visibility = models.CharField(max_length=16, choices=Visibility.choices, default=Visibility.PUBLIC)
    helpful_count = models.PositiveIntegerField(default=0)
    solved_count = models.PositiveIntegerField(default=0, db_default=0)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["question", "author"],
                condition=~Q(visibility="AUTHOR_DELETED"),
                name="answer_once_per_person",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["question", "-helpful_count", "id"], name="answer_of_question"),
            models.Index(fields=["author", "-created_at"], name="answer_of_author"),
        ]

    def __str__(self) -> str:
        return self.body[:40]


class AnswerVote(models.Model):
    """One person finds one answer helpful."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["answer", "user"], name="answer_helpful_once")]

    def __str__(self) -> str:
        return f"{self.user_id} finds {self.answer_id} helpful"


class SolvedMark(models.Model):
    """One owner says that an answer solved the problem."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["answer", "user"], name="answer_solved_once")]
        indexes: ClassVar = [models.Index(fields=["user", "-at"], name="solved_mark_of_user")]

    def __str__(self) -> str:
        return f"{self.answer_id} solved it for {self.user_id}"


class QuestionInvite(models.Model):
    """A buyer who was asked to answer a question; few a week for each person."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["question", "user"], name="question_invite_once")]
        indexes: ClassVar = [models.Index(fields=["user", "-at"], name="question_invite_of_user")]

    def __str__(self) -> str:
        return f"{self.user_id} is asked {self.question_id}"
