"""What can be asked about surveys."""

from typing import Any

import graphene

from backend.core.errors import NotFound
from backend.core.graphql import Page, connection, query_field, role, signed_in
from backend.surveys.handlers import DELIVERY
from backend.surveys.models import Invitation
from backend.surveys.schema.types import SurveyAnswerType, SurveyReportType, SurveyType
from backend.surveys.selectors import report, surveys

DESK = role("support", "growth")
MOST_WEEKS = 26


def resolve_survey(root: Any, info: Any, id: Any) -> Invitation | None:
    """An invitation of the viewer."""
    try:
        return surveys.visible_invitation(invitation_id=id, person_id=info.context.viewer.id)
    except NotFound:
        return None


def resolve_left_out(root: Any, info: Any, first: int, after: str | None = None) -> Page:
    """One page of answers that do not count."""
    return report.left_out_answers(key=DELIVERY, first=first, after=after)


class Query:
    """The root fields of surveys."""

    survey = query_field(
        SurveyType,
        resolve_survey,
        permission=signed_in,
        id=graphene.ID(required=True, description="The invitation's id."),
        description="Questions that the viewer was asked; nothing for strangers.",
    )
    order_survey = query_field(
        SurveyType,
        lambda root, info, order_id: surveys.invitation_about(order_id=order_id, person_id=info.context.viewer.id),
        permission=signed_in,
        order_id=graphene.ID(required=True, description="An order of the viewer."),
        description="What the viewer is asked about an order, if anything.",
    )
    survey_report = query_field(
        SurveyReportType,
        lambda root, info, weeks: report.survey_report(
            key=DELIVERY, weeks=max(1, min(weeks, MOST_WEEKS)), now=info.context.now
        ),
        permission=DESK,
        required=True,
        weeks=graphene.Int(default_value=4, description="How many weeks, 26 at most."),
        description="What people say of deliveries, answers that do not count left out.",
    )
    left_out_answers = query_field(
        connection(SurveyAnswerType),
        resolve_left_out,
        permission=DESK,
        description="Answers that do not count and why, the newest first.",
    )
