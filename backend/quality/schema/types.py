"""Types of quality."""

from typing import Any

import graphene

from backend.accounts.schema.types import PersonType
from backend.accounts.selectors import public_people
from backend.core.graphql import DateTime, ObjectType, object_field
from backend.core.languages import translate
from backend.fulfilment.rules import LANES, Zone
from backend.fulfilment.schema.types import carrier_name
from backend.quality.models import ImprovementState, NoteKind, Sign, Standing, Team
from backend.quality.rules.service import POINTS
from backend.quality.selectors import improvements
from backend.surveys.schema.types import SurveyMeanType, SurveyShareType


def _enum(name: str, choices: Any, description: str) -> Any:
    return graphene.Enum(name, [(each.name, each.value) for each in choices], description=description)


DeliveryZone = _enum("DeliveryZone", Zone, "How far a region is from the warehouse.")
CarrierStandingEnum = _enum("CarrierStandingKind", Standing, "How a carrier is taken in a region.")
ImprovementTeam = _enum("ImprovementTeam", Team, "Who sees to an improvement.")
ImprovementSign = _enum("ImprovementSign", Sign, "What showed that something is wrong.")
ImprovementStateEnum = _enum("ImprovementState", ImprovementState, "Whether it is still worked on.")
ServiceNoteKind = _enum("ServiceNoteKind", NoteKind, "What a second person writes to an agent.")


def person(name: str) -> Any:
    """Somebody of the staff, all of one answer read together."""

    def resolve(row: Any, info: Any) -> Any:
        known = info.context.loaders.setdefault("quality.people", {})
        person_id = getattr(row, f"{name}_id")
        if person_id is not None and person_id not in known:
            wanted = {person_id, *info.context.loaders.get("quality.wanted", ())}
            known.update(public_people(wanted))
        return known.get(person_id)

    return resolve


def want_people(info: Any, *ids: Any) -> None:
    """Note whom one answer shows, so that they are read together."""
    info.context.loaders.setdefault("quality.wanted", set()).update(each for each in ids if each is not None)


class CarrierStandingType(ObjectType):
    """One decision about a carrier in a region."""

    id = graphene.ID(required=True, description="The decision's id.")
    zone = graphene.Field(DeliveryZone, required=True, description="The region.")
    standing = graphene.Field(CarrierStandingEnum, required=True, description="What was decided.")
    reason = graphene.String(required=True, description="Why.")
    set_by = object_field(PersonType, person("set_by"), description="Who decided it.")
    set_at = graphene.Field(DateTime, required=True, description="When.")


class ScorecardType(ObjectType):
    """How one carrier did."""

    carrier = graphene.String(required=True, description="The carrier's code.")
    name = object_field(
        graphene.String, lambda row, info: carrier_name(row.carrier), required=True, description="What it is called."
    )
    rank = graphene.Int(description="Its place by what is certain of coming in time; empty of too few parcels.")
    zones = object_field(
        graphene.List(graphene.NonNull(DeliveryZone)),
        lambda row, info: sorted({zone.value for lane in LANES if lane.carrier == row.carrier for zone in lane.zones}),
        required=True,
        description="The regions where it goes.",
    )
    on_time = graphene.Field(SurveyShareType, required=True, description="How many came by the promised day.")
    on_time_before = graphene.Field(SurveyShareType, required=True, description="The same in as many days before.")
    trouble = graphene.Field(SurveyShareType, required=True, description="How many met with something on the way.")
    house_hours = graphene.Float(description="The middle of the hours from packing to handing over.")
    road_hours = graphene.Float(description="The middle of the hours from handing over to the courier.")
    door_hours = graphene.Float(description="The middle of the hours from the courier to the door.")
    content = object_field(
        SurveyShareType, lambda row, info: row.marks.share, required=True, description="How many people are content."
    )
    means = object_field(
        graphene.List(graphene.NonNull(SurveyMeanType)),
        lambda row, info: [{"key": key, "mean": mean} for key, mean in row.marks.means().items()],
        required=True,
        size=3,
        description="What people say of speed, accuracy and attitude.",
    )
    standings = object_field(
        graphene.List(graphene.NonNull(CarrierStandingType)),
        lambda row, info: row.standings,
        required=True,
        size=4,
        description="What people decided about it, by region.",
    )


class ImprovementNoteType(ObjectType):
    """One thing that was written down."""

    id = graphene.ID(required=True, description="The note's id.")
    words = graphene.String(required=True, description="What was written.")
    author = object_field(PersonType, person("author"), description="Who wrote it.")
    at = graphene.Field(DateTime, required=True, description="When.")


class ImprovementMeasureType(ObjectType):
    """The figure of one day."""

    day = graphene.Field(graphene.Date, required=True, description="The day.")
    value = graphene.Int(required=True, description="Basis points, or minutes for times.")


def _of_case(name: str, read: Any) -> Any:
    """Rows of the cases of one answer, read together."""

    def resolve(row: Any, info: Any) -> Any:
        loaded = info.context.loaders.setdefault(f"quality.{name}", {})
        if row.id not in loaded:
            wanted = [each for each in info.context.loaders.get("quality.cases", {row.id}) if each not in loaded]
            wanted = wanted if row.id in wanted else [*wanted, row.id]
            loaded.update({each: [] for each in wanted})
            found = read(wanted)
            loaded.update(found)
            if name == "notes":
                want_people(info, *(note.author_id for notes in found.values() for note in notes))
        return loaded[row.id]

    return resolve


class ImprovementType(ObjectType):
    """Something to make better."""

    id = graphene.ID(required=True, description="The case's id.")
    number = graphene.String(required=True, description="Its number.")
    sign = graphene.Field(ImprovementSign, required=True, description="What showed that something is wrong.")
    subject = graphene.String(required=True, description="What it is about: a product's id, a carrier's code.")
    subject_name = object_field(
        graphene.String,
        lambda row, info: translate(row.subject_names, info.context.viewer.locale) if row.subject_names else "",
        required=True,
        description="What that is called.",
    )
    title = graphene.String(required=True, description="What a person wrote; empty when a figure opened it.")
    team = graphene.Field(ImprovementTeam, required=True, description="Who sees to it.")
    owner = object_field(PersonType, person("owner"), description="Which person sees to it.")
    state = graphene.Field(ImprovementStateEnum, required=True, description="Whether it is worked on.")
    due_on = graphene.Field(graphene.Date, required=True, description="Until when.")
    value_before = graphene.Int(description="The figure when it was opened: basis points, or minutes for times.")
    value_now = graphene.Int(description="The figure of the last measure.")
    limit = graphene.Int(description="Where the figure begins to ask for a person.")
    opened_by = object_field(PersonType, person("opened_by"), description="Who opened it; nobody when a figure did.")
    opened_at = graphene.Field(DateTime, required=True, description="When it was opened.")
    measured_at = graphene.Field(DateTime, description="When the figure was measured last.")
    closed_at = graphene.Field(DateTime, description="When it was closed.")
    closed_by = object_field(PersonType, person("closed_by"), description="Who closed it.")
    changed = graphene.String(required=True, description="What was changed; empty while it is worked on.")
    notes = object_field(
        graphene.List(graphene.NonNull(ImprovementNoteType)),
        _of_case("notes", improvements.notes_of),
        required=True,
        size=10,
        description="What was written, in order.",
    )
    measures = object_field(
        graphene.List(graphene.NonNull(ImprovementMeasureType)),
        _of_case("measures", improvements.measures_of),
        required=True,
        size=60,
        description="The figure day by day.",
    )


class ServiceMarksType(ObjectType):
    """What one side says of a sample."""

    marks = object_field(
        graphene.List(graphene.NonNull(SurveyMeanType)),
        lambda row, info: [{"key": point, "mean": getattr(row, point)} for point in POINTS],
        required=True,
        size=5,
        description="A mark from 1 to 5 for each point of the checklist.",
    )
    words = graphene.String(required=True, description="What was written beside them.")
    at = graphene.Field(DateTime, required=True, description="When.")


class ServiceNoteType(ObjectType):
    """Praise, or something to practise."""

    id = graphene.ID(required=True, description="The note's id.")
    kind = graphene.Field(ServiceNoteKind, required=True, description="Which of the two.")
    words = graphene.String(required=True, description="What was written.")
    due_on = graphene.Field(graphene.Date, description="Until when it is practised.")
    done_at = graphene.Field(DateTime, description="When the agent said it was.")
    at = graphene.Field(DateTime, required=True, description="When it was written.")


class ServiceSampleType(ObjectType):
    """A finished case that is looked at again. Nothing of the other side is shown before the own look."""

    id = graphene.ID(required=True, description="The sample's id.")
    number = graphene.String(required=True, description="The number of what was drawn.")
    month = object_field(graphene.Date, lambda row, info: row.row.month, required=True, description="Its month.")
    case_id = object_field(graphene.ID, lambda row, info: row.row.case_id, description="The after-sales case.")
    ticket_id = object_field(graphene.ID, lambda row, info: row.row.ticket_id, description="The ticket.")
    agent = object_field(PersonType, lambda row, info: person("agent")(row.row, info), description="Whose work it is.")
    is_own = graphene.Boolean(required=True, description="Whether it is the viewer's own work.")
    mine = graphene.Field(ServiceMarksType, description="What the viewer's side says.")
    other = graphene.Field(ServiceMarksType, description="What the other side says, after the own look.")
    rating = graphene.Int(description="What the buyer gave, after the own look.")
    notes = graphene.List(
        graphene.NonNull(ServiceNoteType), required=True, description="What was written to the agent."
    )


class ServiceSheetType(ObjectType):
    """One agent and month: three views side by side."""

    agent = object_field(PersonType, person("agent"), description="Whose month.")
    samples_count = graphene.Int(required=True, description="How many were drawn.")
    compared_count = graphene.Int(required=True, description="At how many both sides have looked.")
    rating = graphene.Float(description="The mean that buyers gave.")
    ratings_count = graphene.Int(required=True, description="How many buyers gave one.")
    own_mean = graphene.Float(description="The mean of the agent's own marks, where both have looked.")
    lead_mean = graphene.Float(description="The mean of the second person's marks, where both have looked.")
    agreeing_count = graphene.Int(required=True, description="How many marks lie no more than one apart.")
    marks_count = graphene.Int(required=True, description="How many marks were compared.")


class ServiceFiguresType(ObjectType):
    """How service did, for everybody to read."""

    days = graphene.Int(required=True, description="Of how many days.")
    at = graphene.Field(DateTime, required=True, description="When it was worked out.")
    asked_count = graphene.Int(required=True, description="How much was asked.")
    first_answer_minutes = graphene.Int(description="The middle time to the first answer, in minutes.")
    settled_count = graphene.Int(required=True, description="How much of it was asked more than seven days ago.")
    solved_count = graphene.Int(required=True, description="How much of that is solved.")
    rating = graphene.Float(description="The mean that people gave, from 1 to 5.")
    ratings_count = graphene.Int(required=True, description="How many gave one.")
