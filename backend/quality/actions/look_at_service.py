"""Drawing samples of service, looking at them from two sides, and writing to the agent."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from backend.core.clock import business_day
from backend.core.errors import InvalidInput, NotFound
from backend.core.locks import advisory_lock, lock_one
from backend.core.months import month_after, month_of
from backend.core.outbox import emit
from backend.core.privacy import GONE
from backend.quality.errors import NotYourSample, ReviewedAlready, ReviewFirst
from backend.quality.events import ServiceNoteWritten, ServiceReviewed
from backend.quality.models import NoteKind, Reviewer, ServiceNote, ServiceReview, ServiceSample
from backend.quality.rules import service as rules
from backend.quality.selectors.service import finished_in_month


@transaction.atomic
def draw_samples(*, now: datetime) -> list[ServiceSample]:
    """Draw some of what each agent finished last month; who was drawn for already is filled up, never drawn again."""
    advisory_lock("quality.draw", "all")
    month = month_after(month_of(now), months=-1)
    drawn = []
    for agent_id, things in sorted(finished_in_month(month).items()):
        have = ServiceSample.objects.filter(agent_id=agent_id, month=month).count()
        for kind, thing_id in rules.draw(things, month=month, wanted=rules.SAMPLES_PER_MONTH - have):
            of = {"case_id": thing_id} if kind == "case" else {"ticket_id": thing_id}
            drawn.append(ServiceSample.objects.create(agent_id=agent_id, month=month, drawn_at=now, **of))
    return drawn


@transaction.atomic
def review_sample(
    *, sample_id: UUID, reviewer_id: UUID, is_lead: bool, marks: Mapping[str, int], words: str, now: datetime
) -> ServiceReview:
    """Look at a sample: the agent at the own work, somebody else as the second person, each once and for good.

    Raises: NotYourSample, ReviewedAlready, NotFound, InvalidInput.
    Emits: ServiceReviewed.
    """
    sample = lock_one(ServiceSample, sample_id)
    if set(marks) != set(rules.POINTS) or not all(
        rules.LEAST_MARK <= mark <= rules.MOST_MARK for mark in marks.values()
    ):
        raise InvalidInput("marks")
    if len(words) > rules.LONGEST_WORDS:
        raise InvalidInput("words")
    side = Reviewer.SELF if sample.agent_id == reviewer_id else Reviewer.LEAD
    if side == Reviewer.LEAD and not is_lead:
        raise NotYourSample
    if ServiceReview.objects.filter(sample=sample, as_whom=side).exists():
        raise ReviewedAlready
    review = ServiceReview.objects.create(
        sample=sample, as_whom=side, reviewer_id=reviewer_id, words=words.strip(), at=now, **marks
    )
    emit(ServiceReviewed(sample_id=sample.id, agent_id=sample.agent_id, as_whom=side, at=now))
    return review


@transaction.atomic
def write_to_agent(
    *, sample_id: UUID, writer_id: UUID, kind: str, words: str, due: date | None, now: datetime
) -> ServiceNote:
    """Praise an agent for a sample, or name something to practise until a day; the own look comes first.

    Raises: NotYourSample, ReviewFirst, NotFound, InvalidInput.
    Emits: ServiceNoteWritten.
    """
    sample = lock_one(ServiceSample, sample_id)
    if sample.agent_id == writer_id:
        raise NotYourSample
    if not ServiceReview.objects.filter(sample=sample, reviewer_id=writer_id, as_whom=Reviewer.LEAD).exists():
        raise ReviewFirst
    if kind not in NoteKind.values:
        raise InvalidInput("kind")
    if not 2 <= len(words.strip()) <= rules.LONGEST_WORDS:
        raise InvalidInput("words")
    if (kind == NoteKind.COACHING) != (due is not None) or (due is not None and due < business_day(now)):
        raise InvalidInput("due")
    note = ServiceNote.objects.create(
        sample=sample, agent_id=sample.agent_id, kind=kind, words=words.strip(), due_on=due, written_by_id=writer_id,
        at=now,
    )  # fmt: skip
    emit(
        ServiceNoteWritten(
            sample_id=sample.id, note_id=note.id, agent_id=sample.agent_id, kind=kind, words=note.words, at=now
        )
    )
    return note


@transaction.atomic
def finish_practice(*, note_id: UUID, agent_id: UUID, now: datetime) -> ServiceNote:
    """Say that something was practised; only the agent does, and a repeat changes nothing.

    Raises: NotFound.
    """
    note = lock_one(ServiceNote, note_id)
    if note.agent_id != agent_id or note.kind != NoteKind.COACHING:
        raise NotFound
    if note.done_at is None:
        note.done_at = now
        note.save(update_fields=["done_at"])
    return note


@transaction.atomic
def forget_person(*, person_id: UUID) -> None:
    """Take out what was written to an agent; that there was a note stays for the counts."""
    ServiceNote.objects.filter(agent_id=person_id).update(words=GONE)
