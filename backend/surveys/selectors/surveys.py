"""Reads of surveys and of who was asked. A stranger's invitation is not found."""

from datetime import datetime
from uuid import UUID

from backend.core.errors import NotFound
from backend.surveys.models import Answer, Invitation, SurveyVersion


def survey_in_force(*, key: str, now: datetime) -> SurveyVersion | None:
    """The version of a survey that holds now."""
    return SurveyVersion.objects.filter(key=key, valid_from__lte=now).order_by("-version").first()


def invited_since(*, key: str, person_id: UUID, since: datetime) -> bool:
    """Whether a person was asked after a moment."""
    return Invitation.objects.filter(key=key, person_id=person_id, invited_at__gt=since).exists()


def answer_to(invitation: Invitation) -> Answer | None:
    """What was answered, if anything was."""
    return Answer.objects.filter(invitation=invitation).first()


def visible_invitation(*, invitation_id: UUID, person_id: UUID) -> Invitation:
    """An invitation of the person.

    Raises: NotFound.
    """
    found = Invitation.objects.select_related("survey", "order").filter(pk=invitation_id, person_id=person_id).first()
    if found is None:
        raise NotFound
    return found


def invitation_about(*, order_id: UUID, person_id: UUID) -> Invitation | None:
    """What a person is asked about an order of theirs, if anything."""
    mine = Invitation.objects.select_related("survey", "order").filter(order_id=order_id, person_id=person_id)
    return mine.order_by("-invited_at").first()
