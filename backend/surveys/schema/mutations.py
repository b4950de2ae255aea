"""What can be done with a survey."""

from datetime import datetime
from typing import Any

import graphene

from backend.core.errors import InvalidInput
from backend.core.graphql import JSON, Mutation, RequestFacts, Viewer, signed_in
from backend.surveys import actions, errors
from backend.surveys.models import Invitation
from backend.surveys.schema.types import SurveyType


def faces_in(value: Any) -> dict[str, int]:
    """A face for each question.

    Raises: InvalidInput.
    """
    if not isinstance(value, dict) or not all(type(each) is int for each in value.values()):
        raise InvalidInput("faces")
    return value


class OpenSurvey(Mutation):
    """Look at the questions: from now on the time is taken."""

    class Input:
        id = graphene.ID(required=True, description="The invitation.")

    errors = (errors.SurveyClosed,)
    permission = signed_in
    survey = graphene.Field(SurveyType, description="The questions.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Note it."""
        return {"survey": actions.open_survey(invitation_id=input.id, person_id=viewer.id, now=now)}


class AnswerSurvey(Mutation):
    """Answer all the questions, once."""

    class Input:
        id = graphene.ID(required=True, description="The invitation.")
        faces = graphene.InputField(JSON, required=True, description="A face from 1 to 5 for each question.")
        words = graphene.String(description="A sentence, if there is more to say.")

    errors = (errors.AnsweredAlready, errors.SurveyClosed, errors.SurveyNotOpened)
    permission = signed_in
    survey = graphene.Field(SurveyType, description="The questions, answered.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Answer."""
        answer = actions.answer_survey(
            invitation_id=input.id, person_id=viewer.id, faces=faces_in(input.faces), words=input.words or "", now=now
        )
        invitation: Invitation = answer.invitation
        return {"survey": invitation}


class Mutations:
    """The mutations of surveys."""

    open_survey = OpenSurvey.field()
    answer_survey = AnswerSurvey.field()
