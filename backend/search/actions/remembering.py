"""What is kept of a search: a nameless line for the shop, and a history for the person alone."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from backend.core.ids import new_id
from backend.core.outbox import emit
from backend.search.events import PersonalOrderSwitched
from backend.search.models import KeptSearch, Look, SearchHabit, SearchOpening, SearchQuery
from backend.search.rules.folding import LONGEST_QUERY, plain
from backend.search.rules.nameless import name_of, names_of
from backend.search.rules.scoring import ALL_GROUPS
from backend.search.selectors.finding import Asked, Finds, finds
from backend.search.selectors.personal import in_viewers_order
from backend.search.selectors.placing import placements_among, without_placed
from backend.search.selectors.suggesting import habit_of

MOST_KEPT = 30
MOST_LOOKS = 200
OPENED_WITHIN = timedelta(hours=1)
KEPT_FOR = timedelta(days=90)
MOST_SHOWN = 20


@transaction.atomic
def note_search(*, words: str, locale: str, person_id: UUID | None, visitor: str | None, now: datetime) -> None:
    """Write down that somebody searched: without a name for the shop, and in the person's own history if he likes."""
    text = plain(words[:LONGEST_QUERY])[:LONGEST_QUERY].strip()
    if not text:
        return
    if someone := _nameless(person_id, visitor, now):
        asked = Asked(first=MOST_SHOWN)
        found = finds(text=text, asked=asked, now=now)
        SearchQuery.objects.create(
            words=text,
            asked=found.wish.asked,
            shown=_shown(found, asked, person_id, now=now),
            locale=locale,
            finds_count=found.found_count,
            help=found.help,
            also=[each.asked for each in found.also],
            someone=someone,
            at=now,
        )
    if person_id and habit_of(person_id).keeps_history:
        KeptSearch.objects.update_or_create(
            person_id=person_id, words=text, defaults={"at": now}, create_defaults={"at": now, "id": new_id()}
        )
        old = KeptSearch.objects.filter(person_id=person_id).order_by("-at", "-id").values("pk")[MOST_KEPT:]
        KeptSearch.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()


@transaction.atomic
def note_opening(
    *,
    words: str,
    product_id: UUID,
    person_id: UUID | None,
    visitor: str | None,
    is_as_found: bool = True,
    now: datetime,
) -> None:
    """Write down that a find was opened: at the nameless line, and for the person's own order if he likes.

    `is_as_found` says that the list stood as search ordered it; otherwise its place says nothing, and nothing is
    learnt from the opening.
    """
    text = plain(words[:LONGEST_QUERY])[:LONGEST_QUERY].strip()
    if someone := _nameless(person_id, visitor, now):
        latest = SearchQuery.objects.filter(words=text, someone=someone, at__gt=now - OPENED_WITHIN)
        if line := latest.order_by("-at").first():
            SearchQuery.objects.filter(pk=line.pk, opened_id=None).update(opened_id=product_id)
            if is_as_found and product_id in line.shown:
                place = line.shown.index(product_id) + 1
                opening = SearchOpening(query_id=line.pk, product_id=product_id, place=place, at=now)
                SearchOpening.objects.bulk_create([opening], ignore_conflicts=True)
    if person_id and habit_of(person_id).is_personal:
        Look.objects.update_or_create(
            person_id=person_id,
            product_id=product_id,
            defaults={"at": now},
            create_defaults={"at": now, "id": new_id()},
        )
        old = Look.objects.filter(person_id=person_id).order_by("-at", "-id").values_list("pk", flat=True)[MOST_LOOKS:]
        Look.objects.filter(pk__in=list(old)).delete()


@transaction.atomic
def forget_searches(*, person_id: UUID, words: str | None = None) -> None:
    """Throw a person's history away, or one line of it."""
    kept = KeptSearch.objects.filter(person_id=person_id)
    (kept.filter(words=words) if words is not None else kept).delete()


@transaction.atomic
def set_search_habit(
    *, person_id: UUID, keeps_history: bool | None = None, is_personal: bool | None = None, now: datetime
) -> SearchHabit:
    """Switch a person's history or own order on or off. What was kept for it goes when it is switched off.

    Emits: PersonalOrderSwitched.
    """
    habit = habit_of(person_id)
    habit.keeps_history = habit.keeps_history if keeps_history is None else keeps_history
    habit.is_personal = habit.is_personal if is_personal is None else is_personal
    SearchHabit.objects.update_or_create(
        person_id=person_id, defaults={"keeps_history": habit.keeps_history, "is_personal": habit.is_personal}
    )
    if not habit.keeps_history:
        KeptSearch.objects.filter(person_id=person_id).delete()
    if not habit.is_personal:
        Look.objects.filter(person_id=person_id).delete()
    if is_personal is not None:
        emit(PersonalOrderSwitched(person_id=person_id, is_personal=is_personal, at=now))
    return habit


@transaction.atomic
def forget_person(*, person_id: UUID, now: datetime) -> None:
    """Delete everything that search keeps about a person, with the nameless lines, whose names can be worked out.

    What was learnt from them is worked out anew without them in the following night.
    """
    for model in (KeptSearch, Look, SearchHabit):
        model._default_manager.filter(person_id=person_id).delete()
    lines = SearchQuery.objects.filter(someone__in=names_of(person_id, since=now - KEPT_FOR, now=now))
    SearchOpening.objects.filter(query__in=lines).delete()
    lines.delete()


@transaction.atomic
def forget_old_searches(*, now: datetime) -> int:
    """Delete nameless lines after ninety days, and say how many."""
    old = SearchQuery.objects.filter(at__lte=now - KEPT_FOR)
    SearchOpening.objects.filter(query__in=old).delete()
    deleted, _by_model = old.delete()
    return deleted


def _shown(found: Finds, asked: Asked, person_id: UUID | None, *, now: datetime) -> list[UUID]:
    """The finds that fit every word, in the order in which this person sees them; none that stands as a placement."""
    page, _reasons, _is_personal = in_viewers_order(found, asked, person_id)
    page = without_placed(page, placements_among(found, page, asked, now=now))
    return [row["subject_id"] for row in page.nodes if row["score"] >= ALL_GROUPS]


def _nameless(person_id: UUID | None, visitor: str | None, now: datetime) -> str | None:
    """Somebody as a keyed hash of this week; nobody where neither is known."""
    who = str(person_id or visitor or "")
    return name_of(who, at=now) if who else None
