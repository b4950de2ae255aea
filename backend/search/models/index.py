"""The index: copies that can be built anew at any time, and what the staff say about words."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from backend.core.ids import new_id


class SearchDocument(models.Model):
    """One thing that can be found: its words, and what a list of finds is narrowed and ordered by.

    `head` holds the name (A), category and brand (B), and the short facts (C); `everything` the long text (D) too.
    `standing` is how well the thing stands with shoppers, between 0 and 1, whatever is looked for.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    head = SearchVectorField()
    everything = SearchVectorField()
    categories = ArrayField(models.CharField(max_length=60), default=list)
    brand = models.CharField(max_length=80, blank=True, default="")
    attributes = ArrayField(models.CharField(max_length=120), default=list)
    price_minor = models.BigIntegerField(default=0)
    sold_count = models.BigIntegerField(default=0)
    rating_tenths = models.PositiveSmallIntegerField(default=0)
    published_at = models.DateTimeField()
    standing = models.FloatField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_id"], name="search_document_once"),
            models.CheckConstraint(name="search_standing_from_0_to_1", condition=Q(standing__gte=0, standing__lte=1)),
        ]
        indexes = [
            GinIndex(fields=["everything"], name="search_everything", fastupdate=False),
            GinIndex(fields=["categories"], name="search_categories", fastupdate=False),
            models.Index(fields=["kind", "-standing", "-subject_id"], name="search_by_standing"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"


class SearchWord(models.Model):
    """A word or short phrase that some document holds: how it sounds, how it is written, and how often it occurs.

    `word` is folded; `shown_hans`, `shown_hant` and `shown_en` are the ways the documents write it.
    """

    word = models.CharField(max_length=40, primary_key=True)
    stem = models.CharField(max_length=40, blank=True, default="")
    sound = models.CharField(max_length=120, blank=True, default="")
    syllables = models.CharField(max_length=160, blank=True, default="")
    initials = models.CharField(max_length=20, blank=True, default="")
    shown_hans = models.CharField(max_length=40, blank=True, default="")
    shown_hant = models.CharField(max_length=40, blank=True, default="")
    shown_en = models.CharField(max_length=40, blank=True, default="")
    is_phrase = models.BooleanField(default=False)
    is_name = models.BooleanField(default=False)
    documents_count = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(OpClass(F("word"), name="varchar_pattern_ops"), name="search_word_begins"),
            models.Index(OpClass(F("sound"), name="varchar_pattern_ops"), name="search_sound_begins"),
            models.Index(OpClass(F("initials"), name="varchar_pattern_ops"), name="search_initials_begin"),
            models.Index(fields=["stem"], name="search_word_stem"),
            GinIndex(fields=["word"], name="search_word_near", opclasses=["gin_trgm_ops"]),
            GinIndex(fields=["sound"], name="search_sound_near", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.word


class Synonym(models.Model):
    """What the staff say means the same. Each of `words` finds the others and all of `also`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    words = ArrayField(models.CharField(max_length=40))
    also = ArrayField(models.CharField(max_length=40), default=list)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="search_synonym_has_words", condition=Q(words__len__gt=0))]
        indexes = [GinIndex(fields=["words"], name="search_synonym_words")]

    def __str__(self) -> str:
        return " = ".join(self.words)


class NeedKind(models.TextChoices):
    """What kind of need it is: for whom, for which day, for which weather, against what, for doing what."""

    RECIPIENT = "RECIPIENT"
    OCCASION = "OCCASION"
    SEASON = "SEASON"
    PROBLEM = "PROBLEM"
    ACTIVITY = "ACTIVITY"


class Need(models.Model):
    """What people say who do not name a thing, and what answers it, as the staff wrote it.

    It stands in place of the shipped need of the same code; `is_on` false takes that away.
    """

    code = models.CharField(max_length=40, primary_key=True)
    kind = models.CharField(max_length=9, choices=NeedKind.choices)
    says = ArrayField(models.CharField(max_length=40))
    finds = ArrayField(models.CharField(max_length=40), default=list)
    shelves = ArrayField(models.CharField(max_length=60), default=list)
    attributes = ArrayField(models.CharField(max_length=120), default=list)
    is_on = models.BooleanField(default=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="search_need_is_said", condition=Q(says__len__gt=0)),
            models.CheckConstraint(
                name="search_need_is_answered",
                condition=Q(finds__len__gt=0) | Q(shelves__len__gt=0) | Q(attributes__len__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return self.code
