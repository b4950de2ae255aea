"""Offering a survey, never more often than its version says."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from backend.core.locks import advisory_lock
from backend.core.outbox import emit
from backend.core.rows import insert_row_once
from backend.surveys.events import SurveyOffered
from backend.surveys.models import Invitation
from backend.surveys.selectors.surveys import invited_since, survey_in_force


@transaction.atomic
def offer_survey(*, key: str, person_id: UUID, order_id: UUID, now: datetime) -> Invitation | None:
    """Let somebody answer a survey about an order; nobody is asked twice about one, or again within its pause.

    Emits: SurveyOffered.
    """
    survey = survey_in_force(key=key, now=now)
    if survey is None:
        return None
    advisory_lock("surveys.offer", f"{key}:{person_id}")
    if invited_since(key=key, person_id=person_id, since=now - timedelta(days=survey.repeat_days)):
        return None
    invitation = Invitation(
        survey=survey, key=key, person_id=person_id, order_id=order_id, invited_at=now,
        closes_at=now + timedelta(days=survey.open_days),
    )  # fmt: skip
    if not insert_row_once(invitation):
        return None
    emit(SurveyOffered(invitation_id=invitation.id, key=key, person_id=person_id, order_id=order_id, at=now))
    return invitation
