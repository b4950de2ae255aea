"""Looking at the questions and answering them."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.errors import InvalidInput, NotFound
from backend.core.locks import lock_one
from backend.core.outbox import emit
from backend.surveys.errors import AnsweredAlready, SurveyClosed, SurveyNotOpened
from backend.surveys.events import SurveyAnswered
from backend.surveys.models import Answer, Fault, Invitation, QuestionKind
from backend.surveys.rules.validity import LEAST_FACE, LONGEST_WORDS, MOST_FACE, fault_of
from backend.surveys.selectors.evidence import delivery_of_order, likeness_of, story_of_order
from backend.surveys.selectors.surveys import answer_to


@transaction.atomic
def open_survey(*, invitation_id: UUID, person_id: UUID, now: datetime) -> Invitation:
    """Look at the questions; the first look is noted, a later one changes nothing.

    Raises: SurveyClosed, NotFound.
    """
    invitation = _own(invitation_id, person_id)
    if answer_to(invitation) is None and now >= invitation.closes_at:
        raise SurveyClosed
    if invitation.opened_at is None:
        invitation.opened_at = now
        invitation.save(update_fields=["opened_at"])
    return invitation


@transaction.atomic
def answer_survey(
    *, invitation_id: UUID, person_id: UUID, faces: Mapping[str, int], words: str, now: datetime
) -> Answer:
    """Answer all the questions once; the same answer again is the first one. What does not count is kept, marked.

    Raises: AnsweredAlready, SurveyClosed, SurveyNotOpened, NotFound, InvalidInput.
    Emits: SurveyAnswered.
    """
    invitation = _own(invitation_id, person_id)
    words = words.strip()
    if (before := answer_to(invitation)) is not None:
        if (before.faces, before.words) != (dict(faces), words):
            raise AnsweredAlready
        return before
    _check(invitation, faces=faces, words=words)
    if now >= invitation.closes_at:
        raise SurveyClosed
    if invitation.opened_at is None:
        raise SurveyNotOpened
    answer = _write(invitation, faces=faces, words=words, seconds=(now - invitation.opened_at).total_seconds(), now=now)
    emit(
        SurveyAnswered(
            invitation_id=invitation.id, answer_id=answer.id, key=invitation.key, person_id=person_id,
            order_id=invitation.order_id, earns_thanks=answer.fault != Fault.TOO_FAST, at=now,
        )
    )  # fmt: skip
    return answer


def _write(invitation: Invitation, *, faces: Mapping[str, int], words: str, seconds: float, now: datetime) -> Answer:
    """Weigh an answer with what is known of its parcel, and keep both."""
    story = story_of_order(invitation.order_id)
    alike = likeness_of(invitation, faces=faces, words=words, now=now)
    carrier, province = delivery_of_order(invitation.order_id)
    return Answer.objects.create(
        invitation=invitation, person_id=invitation.person_id, key=invitation.key, faces=dict(faces), words=words,
        seconds=max(0, int(seconds)), carrier=carrier, province=province, facts={"days_late": story.days_late},
        fault=fault_of(faces=faces, words=words, seconds=seconds, story=story, alike=alike), answered_at=now,
    )  # fmt: skip


def _check(invitation: Invitation, *, faces: Mapping[str, int], words: str) -> None:
    asked = {each["key"] for each in invitation.survey.questions if each["kind"] == QuestionKind.FACES}
    if set(faces) != asked or not all(LEAST_FACE <= face <= MOST_FACE for face in faces.values()):
        raise InvalidInput("faces")
    if len(words) > LONGEST_WORDS:
        raise InvalidInput("words")


def _own(invitation_id: UUID, person_id: UUID) -> Invitation:
    invitation = lock_one(Invitation, invitation_id)
    if invitation.person_id != person_id:
        raise NotFound
    return invitation
