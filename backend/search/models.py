"""The tables of search: copies that can be built anew at any time, and what people looked for."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from backend.core.ids import new_id

# The furthest that learning moves a product, in the unit of the score: less than half of what lies between a word in
# the name and the same word on the shelf, so that no two steps together cross that.
LARGEST_STEP = 150_000


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


class Deed(models.TextChoices):
    """How far somebody went with a find."""

    OPENED = "OPENED"
    CARTED = "CARTED"
    BOUGHT = "BOUGHT"


class SearchQuery(models.Model):
    """One search that somebody made, without a name: `someone` is a keyed hash that changes every week.

    `asked` is what was understood, the same for all ways to type it; `shown` the finds that fit, in the order in which
    that person saw them.
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


class Placement(models.Model):
    """A product that the shop shows on the page of results for money or effort, always marked as such.

    `words` are written by the staff, `asked` what they are understood as. Its time ends it, or the openings it was
    given: each person counts once a day.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="+")
    words = ArrayField(models.CharField(max_length=40), default=list)
    asked = ArrayField(models.CharField(max_length=200), default=list)
    category = models.ForeignKey(
        "catalogue.Category", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    openings_limit = models.PositiveIntegerField(null=True, blank=True)
    openings_count = models.PositiveIntegerField(default=0)
    stopped_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="placement_for_words_or_shelf", condition=Q(asked__len__gt=0) | Q(category__isnull=False)
            ),
            models.CheckConstraint(name="placement_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="placement_within_budget",
                condition=Q(openings_limit__isnull=True) | Q(openings_count__lte=F("openings_limit")),
            ),
        ]
        indexes = [models.Index(fields=["ends_at"], condition=Q(stopped_at=None), name="placement_running")]

    def __str__(self) -> str:
        return f"{self.product_id} {self.words}"


class PlacementOpening(models.Model):
    """That somebody opened a placement on a day, so that nobody uses its openings up. `someone` has no name."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="+")
    someone = models.CharField(max_length=32)
    on_day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["placement", "someone", "on_day"], name="placement_opened_once_a_day")
        ]
        indexes = [models.Index(fields=["on_day"], name="placement_opening_age")]

    def __str__(self) -> str:
        return f"{self.placement_id} {self.on_day}"


class HotWords(models.Model):
    """Words that many people looked for lately, shown under the search field, for readers of one language."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    locale = models.CharField(max_length=10)
    words = models.CharField(max_length=200)
    people_count = models.PositiveIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "hot searches"
        constraints = [models.UniqueConstraint(fields=["locale", "position"], name="hot_search_place")]

    def __str__(self) -> str:
        return self.words


class KeptSearch(models.Model):
    """What a person searched for, kept for that person alone, once per text."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "words"], name="kept_search_once")]
        indexes = [models.Index(fields=["person", "-at"], name="kept_search_newest")]

    def __str__(self) -> str:
        return self.words


class Look(models.Model):
    """That a person opened a product from a search, kept for that person's own order of results."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    product_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "product_id"], name="look_once")]
        indexes = [models.Index(fields=["person", "-at"], name="look_newest")]

    def __str__(self) -> str:
        return str(self.product_id)


class SearchHabit(models.Model):
    """What a person lets search do: keep a history, and put first what suits him. Without a row both are on."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    keeps_history = models.BooleanField(default=True)
    is_personal = models.BooleanField(default=True)

    def __str__(self) -> str:
        return str(self.person_id)
