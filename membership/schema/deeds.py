"""What the API shows of tasks and badges."""

from typing import Any

import graphene

from backend.core.graphql import DateTime, ObjectType
from backend.core.languages import translate
from membership.models import Badge, Stage
from membership.ports import known_facts
from membership.selectors import BadgeState, TaskState


class TaskType(ObjectType):
    """A task, and how far the viewer is with it."""

    key = graphene.String(required=True, description="The task's name for programs.")
    title = graphene.String(required=True, description="What is to be done.")
    stage = graphene.String(required=True, description="NEWCOMER, GROWING or REGULAR.")
    stage_label = graphene.String(required=True, description="The stage in the reader's language.")
    count = graphene.Int(required=True, description="How much is done.")
    goal = graphene.Int(required=True, description="How much there is to do.")
    points = graphene.Int(required=True, description="What it earns, once.")
    way = graphene.String(required=True, description="Where one can do it.")
    done_at = graphene.Field(DateTime, description="When it was finished.")

    def resolve_key(root: TaskState, info: Any) -> str:
        return root.rule.key

    def resolve_title(root: TaskState, info: Any) -> str:
        return translate(root.rule.names, info.context.viewer.locale)

    def resolve_stage(root: TaskState, info: Any) -> str:
        return root.rule.stage

    def resolve_stage_label(root: TaskState, info: Any) -> str:
        return str(Stage(root.rule.stage).label)

    def resolve_goal(root: TaskState, info: Any) -> int:
        return root.rule.goal

    def resolve_points(root: TaskState, info: Any) -> int:
        return root.rule.points

    def resolve_way(root: TaskState, info: Any) -> str:
        fact = known_facts().get(root.rule.fact)
        return fact.way if fact else "/"


class BadgeStateType(ObjectType):
    """A badge, and how far the viewer is with it."""

    key = graphene.String(required=True, description="The badge's name for programs.")
    name = graphene.String(required=True, description="What it is called.")
    icon = graphene.String(required=True, description="Its picture.")
    ask = graphene.String(required=True, description="What is counted for it.")
    count = graphene.Int(required=True, description="How much is done.")
    goal = graphene.Int(required=True, description="How much it asks for.")
    earned_at = graphene.Field(DateTime, description="When it was earned.")

    def resolve_key(root: BadgeState, info: Any) -> str:
        return root.rule.key

    def resolve_name(root: BadgeState, info: Any) -> str:
        return translate(root.rule.names, info.context.viewer.locale)

    def resolve_icon(root: BadgeState, info: Any) -> str:
        return root.rule.icon

    def resolve_ask(root: BadgeState, info: Any) -> str:
        fact = known_facts().get(root.rule.fact)
        return str(fact.label) if fact else root.rule.fact

    def resolve_goal(root: BadgeState, info: Any) -> int:
        return root.rule.goal


class BadgeType(ObjectType):
    """A badge that somebody has."""

    key = graphene.String(required=True, description="The badge's name for programs.")
    name = graphene.String(required=True, description="What it is called.")
    icon = graphene.String(required=True, description="Its picture.")
    earned_at = graphene.Field(DateTime, required=True, description="When it was earned.")

    def resolve_key(root: Badge, info: Any) -> str:
        return root.rule.key

    def resolve_name(root: Badge, info: Any) -> str:
        return translate(root.rule.names, info.context.viewer.locale)

    def resolve_icon(root: Badge, info: Any) -> str:
        return root.rule.icon

    def resolve_earned_at(root: Badge, info: Any) -> Any:
        return root.at
