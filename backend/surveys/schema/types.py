"""Types of surveys."""

from typing import Any

import graphene

from backend.core.graphql import DateTime, ObjectType, object_field
from backend.core.languages import translate
from backend.surveys.models import Fault, QuestionKind
from backend.surveys.rules.figures import Share
from backend.surveys.selectors import surveys

SurveyFault = graphene.Enum(
    "SurveyFault", [(each.value, each.value) for each in Fault], description="Why an answer does not count."
)
SurveyQuestionKind = graphene.Enum(
    "SurveyQuestionKind", [(each.value, each.value) for each in QuestionKind], description="How one answers."
)
SurveyChange = graphene.Enum(
    "SurveyChange",
    [(each, each) for each in ("BETTER", "SAME", "WORSE", "TOO_FEW")],
    description="How a figure stands beside the same number of weeks before; TOO_FEW where nothing can be said.",
)


class SurveyQuestionType(ObjectType):
    """One question."""

    key = graphene.String(required=True, description="Its name for programs.")
    kind = graphene.Field(SurveyQuestionKind, required=True, description="How it is answered.")
    text = object_field(
        graphene.String,
        lambda row, info: translate(row["text"], info.context.viewer.locale),
        required=True,
        description="The question in the reader's language.",
    )


class SurveyType(ObjectType):
    """Questions that the viewer may answer about one order."""

    id = graphene.ID(required=True, description="The invitation's id.")
    title = object_field(
        graphene.String,
        lambda row, info: translate(row.survey.title, info.context.viewer.locale),
        required=True,
        description="What it is about.",
    )
    questions = object_field(
        graphene.List(graphene.NonNull(SurveyQuestionType)),
        lambda row, info: row.survey.questions,
        required=True,
        size=4,
        description="The questions in their order.",
    )
    order_id = graphene.ID(required=True, description="The order it is about.")
    order_number = object_field(
        graphene.String, lambda row, info: row.order.number, required=True, description="That order's number."
    )
    closes_at = graphene.Field(DateTime, required=True, description="Until when it can be answered.")
    is_open = object_field(
        graphene.Boolean,
        lambda row, info: info.context.now < row.closes_at,
        required=True,
        description="Whether it can still be answered.",
    )
    is_answered = object_field(
        graphene.Boolean,
        lambda row, info: surveys.answer_to(row) is not None,
        required=True,
        description="Whether the viewer has answered.",
    )


class SurveyShareType(ObjectType):
    """A part of a count with the bounds between which the true part lies in 19 of 20 cases."""

    count = graphene.Int(required=True, description="How many people answered.")
    value = graphene.Float(description="The part that is content, four or five faces of five.")
    low = graphene.Float(description="The lower bound.")
    high = graphene.Float(description="The upper bound.")
    is_too_few = graphene.Boolean(required=True, description="Whether it is too few to say anything.")


class SurveyMeanType(ObjectType):
    """The mean of one question."""

    key = graphene.String(required=True, description="The question.")
    mean = graphene.Float(required=True, description="From one to five.")


def means_of(row: Any, info: Any) -> list[dict[str, Any]]:
    """The means of a row of the report."""
    return [{"key": key, "mean": mean} for key, mean in row["means"].items()]


def share_of(name: str) -> Any:
    """A share of a row of the report."""

    def resolve(row: Any, info: Any) -> Share:
        share: Share = row[name]
        return share

    return resolve


class SurveyRowType(ObjectType):
    """The answers about one carrier or from one province."""

    name = graphene.String(required=True, description="The carrier's code, or the province.")
    share = object_field(SurveyShareType, share_of("share"), required=True, description="How many are content.")
    before = object_field(
        SurveyShareType, share_of("before"), required=True, description="The same in as many weeks before."
    )
    change = graphene.Field(SurveyChange, required=True, description="How it stands beside the weeks before.")
    means = object_field(
        graphene.List(graphene.NonNull(SurveyMeanType)),
        means_of,
        required=True,
        size=3,
        description="The mean of each question.",
    )


class SurveyWeekType(ObjectType):
    """The answers of one week."""

    week = graphene.Field(graphene.Date, required=True, description="Its Monday.")
    share = object_field(SurveyShareType, share_of("share"), required=True, description="How many are content.")
    means = object_field(
        graphene.List(graphene.NonNull(SurveyMeanType)),
        means_of,
        required=True,
        size=3,
        description="The mean of each question.",
    )


class SurveyLeftOutType(ObjectType):
    """How many answers do not count for one reason."""

    fault = graphene.Field(SurveyFault, required=True, description="The reason.")
    count = graphene.Int(required=True, description="How many.")


class SurveyReportType(ObjectType):
    """What the answers of some weeks say."""

    weeks = graphene.Int(required=True, description="How many weeks.")
    invited_count = graphene.Int(required=True, description="How many were asked.")
    answered_count = graphene.Int(required=True, description="How many answered, also those that do not count.")
    left_out = graphene.List(
        graphene.NonNull(SurveyLeftOutType), required=True, description="How many do not count, by reason."
    )
    questions = graphene.List(graphene.NonNull(SurveyQuestionType), required=True, description="What is asked.")
    total = graphene.Field(SurveyRowType, required=True, description="All together.")
    carriers = object_field(
        graphene.List(graphene.NonNull(SurveyRowType)),
        lambda row, info: row["carriers"],
        required=True,
        size=6,
        description="By carrier, the most answers first.",
    )
    provinces = object_field(
        graphene.List(graphene.NonNull(SurveyRowType)),
        lambda row, info: row["provinces"],
        required=True,
        size=34,
        description="By province, the most answers first.",
    )
    by_week = object_field(
        graphene.List(graphene.NonNull(SurveyWeekType)),
        lambda row, info: row["by_week"],
        required=True,
        size=26,
        description="Week by week, also the weeks before, the oldest first.",
    )


class SurveyAnswerType(ObjectType):
    """One answer as the desk sees it: nobody's name stands beside it."""

    id = graphene.ID(required=True, description="The answer's id.")
    fault = graphene.Field(SurveyFault, required=True, description="Why it does not count.")
    faces = object_field(
        graphene.List(graphene.NonNull(SurveyMeanType)),
        lambda row, info: [{"key": key, "mean": face} for key, face in row.faces.items()],
        required=True,
        size=3,
        description="The faces by question.",
    )
    words = graphene.String(required=True, description="The sentence, often empty.")
    seconds = graphene.Int(required=True, description="Seconds between opening and sending.")
    carrier = graphene.String(required=True, description="Who brought the parcel.")
    days_late = object_field(
        graphene.Int,
        lambda row, info: row.facts.get("days_late"),
        description="Days past the promise; below zero is early.",
    )
    answered_at = graphene.Field(DateTime, required=True, description="When it was sent.")
