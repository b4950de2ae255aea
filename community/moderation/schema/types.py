"""What the API shows of moderation."""

from typing import Any

import graphene

from backend.accounts.schema.types import PersonType
from backend.core.graphql import JSON, DateTime, ObjectType, PictureType, VideoType, extend, object_field, translate
from backend.core.pictures import picture_urls
from backend.core.videos.storing import video_facts
from community.forum.schema.types import CommentType, PostType, VisibilityEnum
from community.moderation import selectors, wording
from community.moderation.models import Case, CaseState, Decision, DecisionAction, Policy, Report, ReportCategory
from community.moderation.ports import known_kinds
from community.moderation.schema.loaders import PARTS, is_senior, parts, parts_around
from community.moderation.schema.notices import notice_of
from community.reviews.schema.questions import AnswerType, QuestionType
from community.reviews.schema.types import ReviewType

CaseStateEnum = graphene.Enum("CaseState", [(name, name) for name in (*CaseState.values, selectors.LEASED)])
DecisionActionEnum = graphene.Enum(
    "DecisionAction", [(name, name) for name in DecisionAction.values if name != DecisionAction.REVERSE]
)
ReportKindEnum = graphene.Enum("ReportKind", [(name, name) for name in known_kinds()])
ReportCategoryEnum = graphene.Enum.from_enum(ReportCategory, name="ReportCategory")


class PolicyType(ObjectType):
    """A rule of the community."""

    code = graphene.String(required=True, description="The code by which moderators name it.")
    title = graphene.String(required=True, description="The rule in a few words.")
    text = graphene.String(required=True, description="The rule.")
    severity = graphene.String(required=True, description="MINOR, MEDIUM or SEVERE.")

    def resolve_title(root: Policy, info: Any) -> str:
        return translate(root.titles, info.context.viewer.locale)

    def resolve_text(root: Policy, info: Any) -> str:
        return translate(root.texts, info.context.viewer.locale)


class DecisionType(ObjectType):
    """What a moderator did, and why."""

    id = graphene.ID(required=True, description="The decision's id.")
    action = graphene.String(required=True, description="ALLOW, LIMIT, QUARANTINE, REMOVE or REVERSE.")
    action_label = graphene.String(required=True, description="The action in the reader's language.")
    policy = graphene.Field(PolicyType, required=True, description="The rule it rests on.")
    statement = graphene.String(required=True, description="The reasons, as the author reads them.")
    decided_by = graphene.Field(PersonType, required=True, description="Who decided.")
    at = DateTime(required=True, description="When.")
    reversed_at = DateTime(description="When it was taken back.")
    reversed_by = graphene.Field(PersonType, description="Who took it back.")
    is_reversible = object_field(
        graphene.Boolean, required=True, personal=True, description="Whether the viewer could take it back now."
    )
    effects = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="What it changed, one line for each change."
    )

    def resolve_action_label(root: Decision, info: Any) -> str:
        return wording.action_label(root)

    def resolve_decided_by(root: Decision, info: Any) -> Any:
        return parts_around(info, root).people[root.decided_by_id]

    def resolve_reversed_at(root: Decision, info: Any) -> Any:
        return root.reversal.at if selectors.is_reversed(root) else None

    def resolve_reversed_by(root: Decision, info: Any) -> Any:
        if not selectors.is_reversed(root):
            return None
        return parts_around(info, root).people[root.reversal.decided_by_id]

    def resolve_is_reversible(root: Decision, info: Any) -> bool:
        viewer = info.context.viewer
        visibility = parts_around(info, root).visibilities[root.case.subject_id]
        return selectors.is_reversible(root, visibility=visibility, moderator_id=viewer.id, is_senior=is_senior(viewer))

    def resolve_effects(root: Decision, info: Any) -> list[str]:
        return wording.effect_lines(root)


class CaseSubjectType(ObjectType):
    """The content as it was when it was last reported."""

    kind = graphene.String(required=True, description="POST, COMMENT, REVIEW, REVIEW_REPLY, QUESTION or ANSWER.")
    id = graphene.ID(required=True, description="The content's id.")
    title = graphene.String(required=True, description="The title; empty where there is none.")
    body = graphene.String(required=True, description="The text.")
    pictures = object_field(
        graphene.List(graphene.NonNull(PictureType)), required=True, size=3, description="Its pictures."
    )
    video = graphene.Field(VideoType, description="Its video, with how far its making is.")
    visibility = graphene.Field(VisibilityEnum, required=True, description="Who sees it now.")
    url = graphene.String(required=True, description="Where it stands in the shop.")
    snapshot_at = DateTime(required=True, description="When this was kept.")
    sha256 = graphene.String(required=True, description="The digest of what was kept.")


class CaseReportType(ObjectType):
    """One person's complaint."""

    reporter = graphene.Field(PersonType, required=True, description="Who reports.")
    category = graphene.String(required=True, description="Why.")
    category_label = graphene.String(required=True, description="Why, in the reader's language.")
    detail = graphene.String(required=True, description="What they add.")
    at = DateTime(required=True, description="When.")
    weight = graphene.Float(required=True, description="What the report counts; 1 for a stranger, 2 for a buyer.")

    def resolve_category_label(root: Report, info: Any) -> str:
        return str(ReportCategory(root.category).label)

    def resolve_reporter(root: Report, info: Any) -> Any:
        return info.context.loaders[PARTS].people[root.reporter_id]

    def resolve_weight(root: Report, info: Any) -> float:
        return root.weight_bps / 10_000


class CaseAuthorType(ObjectType):
    """What a moderator should know of the author."""

    person = graphene.Field(PersonType, required=True, description="The author.")
    joined_at = DateTime(required=True, description="Since when they have an account.")
    orders_count = graphene.Int(required=True, description="How many orders they kept.")
    strike_score = graphene.Float(
        required=True, description="What past breaches still weigh; each counts half after ninety days."
    )
    history = object_field(
        graphene.List(graphene.NonNull(DecisionType)),
        required=True,
        size=5,
        description="The last decisions about them, newest first.",
    )


class LeaseType(ObjectType):
    """Who is on a case."""

    by = graphene.Field(PersonType, required=True, description="The moderator.")
    is_mine = object_field(graphene.Boolean, required=True, personal=True, description="Whether it is the viewer.")
    until = DateTime(required=True, description="When it ends, unless it is renewed.")


class CaseType(ObjectType):
    """All reports about one content, waiting for one decision."""

    id = graphene.ID(required=True, description="The case's id.")
    number = graphene.String(required=True, description="The number by which people name it.")
    state = graphene.Field(CaseStateEnum, required=True, description="Where it stands; LEASED while somebody is on it.")
    kind = graphene.String(required=True, description="POST, COMMENT, REVIEW, REVIEW_REPLY, QUESTION or ANSWER.")
    priority = graphene.Int(required=True, description="0 to 99, the most pressing highest.")
    severity = graphene.String(required=True, description="MINOR, MEDIUM or SEVERE.")
    opened_at = DateTime(required=True, description="When it was first reported.")
    sla_at = DateTime(required=True, description="Until when it should be decided.")
    subject = graphene.Field(CaseSubjectType, required=True, description="The content.")
    author = graphene.Field(CaseAuthorType, required=True, description="Who wrote it.")
    reports = object_field(
        graphene.List(graphene.NonNull(CaseReportType)), required=True, size=5, description="The reports, newest first."
    )
    evidence = object_field(
        graphene.List(graphene.NonNull(graphene.String)),
        lambda root, info: parts(info, root).evidence.get(root.subject_id, []),
        required=True,
        size=5,
        description="What the rules of the shop found against the content, each with its weight.",
    )
    lease = graphene.Field(LeaseType, description="Who is on it.")
    fence = graphene.Int(required=True, description="Rises with each claim; whoever acts sends the one they got.")
    version = graphene.Int(required=True, description="Rises with each move; a decision sends the one it saw.")
    evidence_revision = graphene.Int(
        required=True, description="Rises with each report; a decision sends the one it saw."
    )
    decisions = object_field(
        graphene.List(graphene.NonNull(DecisionType)),
        required=True,
        size=2,
        description="What was decided, newest first.",
    )

    def resolve_number(root: Case, info: Any) -> str:
        return str(root)

    def resolve_kind(root: Case, info: Any) -> str:
        return root.subject_kind

    def resolve_state(root: Case, info: Any) -> str:
        return selectors.shown_state(root, info.context.now)

    def resolve_subject(root: Case, info: Any) -> dict[str, Any]:
        found = parts(info, root)
        kept = found.snapshots[root.id]
        return {
            "kind": root.subject_kind,
            "id": root.subject_id,
            "title": kept.title,
            "body": kept.body,
            "pictures": [picture_urls(found.pictures[each]) for each in kept.picture_ids if each in found.pictures],
            "video": video_facts(found.videos[kept.video_id]) if kept.video_id in found.videos else None,
            "visibility": found.visibilities[root.subject_id],
            "url": kept.url,
            "snapshot_at": kept.taken_at,
            "sha256": kept.sha256,
        }

    def resolve_author(root: Case, info: Any) -> dict[str, Any]:
        found = parts(info, root)
        record = found.authors[root.author_id]
        return {
            "person": found.people[root.author_id],
            "joined_at": record.joined_at,
            "orders_count": record.orders_count,
            "strike_score": record.strike_score,
            "history": record.history,
        }

    def resolve_reports(root: Case, info: Any) -> list[Report]:
        return parts(info, root).reports[root.id]

    def resolve_lease(root: Case, info: Any) -> dict[str, Any] | None:
        if root.lease_by_id is None or selectors.shown_state(root, info.context.now) != selectors.LEASED:
            return None
        return {
            "by": parts(info, root).people[root.lease_by_id],
            "is_mine": root.lease_by_id == info.context.viewer.user_id,
            "until": root.lease_until,
        }

    def resolve_decisions(root: Case, info: Any) -> list[Decision]:
        return parts(info, root).decisions[root.id]


class ReportType(ObjectType):
    """The viewer's own report."""

    id = graphene.ID(required=True, description="The report's id.")
    state = graphene.String(required=True, description="RECEIVED or DECIDED.")

    def resolve_state(root: Report, info: Any) -> str:
        return wording.report_state(root.case)


class ModerationCountsType(ObjectType):
    """The numbers above the queue."""

    open = graphene.Int(required=True, description="Cases that wait for a decision.")
    mine = graphene.Int(required=True, description="Cases that the viewer holds.")
    overdue = graphene.Int(required=True, description="Cases that should have been decided already.")
    decided_today = graphene.Int(required=True, description="Decisions of the last 24 hours.")
    by_kind = graphene.Field(JSON, required=True, description="Waiting cases of each kind of content.")


class ModerationNoticeType(ObjectType):
    """What the author of a content is told about a restriction, and nobody else."""

    action = graphene.String(required=True, description="LIMIT, QUARANTINE or REMOVE.")
    action_label = graphene.String(required=True, description="The action in the reader's language.")
    policy = graphene.String(required=True, description="The rule it rests on; empty while nothing is decided.")
    statement = graphene.String(required=True, description="The reasons.")
    decided_at = DateTime(required=True, description="Since when.")
    how_to_appeal = graphene.String(required=True, description="How it can be looked at again.")


class QueueHintType(ObjectType):
    """The queue has changed; read it again."""

    open = graphene.Int(required=True, description="Cases that wait for a decision.")
    case_id = graphene.ID(description="The case that changed.")


for content, kind in (
    (PostType, "POST"),
    (CommentType, "COMMENT"),
    (ReviewType, "REVIEW"),
    (QuestionType, "QUESTION"),
    (AnswerType, "ANSWER"),
):
    extend(
        content,
        moderation_notice=object_field(
            ModerationNoticeType,
            lambda root, info, kind=kind: notice_of(info, kind=kind, content=root),
            personal=True,
            description="Why it is restricted; only its author is told.",
        ),
    )
