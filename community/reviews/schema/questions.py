"""What the API shows of questions and answers."""

from typing import Any

import graphene

from backend.accounts.schema.types import PersonType
from backend.catalogue.schema.loaders import product_of
from backend.catalogue.schema.types import ProductType
from backend.core.graphql import DateTime, ObjectType, object_field
from community.reviews.models import Answer, Question, QuestionTopic
from community.reviews.schema.loaders import answers_to, author_of, may_answer

QuestionTopicEnum = graphene.Enum.from_enum(QuestionTopic, name="QuestionTopic")


class AnswerType(ObjectType):
    """What the shop, or somebody who has the product, answers."""

    id = graphene.ID(required=True, description="The answer's id.")
    body = graphene.String(required=True, description="The text.")
    author = graphene.Field(PersonType, description="Who answers; nobody where the shop does.")
    is_official = graphene.Boolean(required=True, description="Whether the shop answers.")
    is_buyer = graphene.Boolean(required=True, description="Whether somebody answers who received the product.")
    is_accepted = graphene.Boolean(required=True, description="Whether the asker says that it helped.")
    is_mine = object_field(graphene.Boolean, required=True, personal=True, description="Whether the viewer wrote it.")
    helpful_count = graphene.Int(required=True, description="How many people found it helpful.")
    solved_count = graphene.Int(required=True, description="How many other owners it spared sending something back.")
    is_helpful = object_field(
        graphene.Boolean, required=True, personal=True, description="Whether the viewer found it helpful."
    )
    visibility = graphene.String(required=True, description="PUBLIC, PENDING, LIMITED, QUARANTINED or REMOVED.")
    created_at = DateTime(required=True, description="When.")

    def resolve_author(root: Answer, info: Any) -> Any:
        return None if root.is_official else author_of(info, root.author_id)

    def resolve_is_buyer(root: Answer, info: Any) -> bool:
        return not root.is_official

    def resolve_is_accepted(root: Answer, info: Any) -> bool:
        return bool(root.question.accepted_id == root.id)

    def resolve_is_mine(root: Answer, info: Any) -> bool:
        return bool(root.author_id == info.context.viewer.user_id)

    def resolve_is_helpful(root: Answer, info: Any) -> bool:
        return bool(getattr(root, "is_helpful", False))


class QuestionType(ObjectType):
    """What somebody wants to know of a product."""

    id = graphene.ID(required=True, description="The question's id.")
    body = graphene.String(required=True, description="The text.")
    topic = graphene.Field(QuestionTopicEnum, required=True, description="What it is about.")
    author = graphene.Field(PersonType, required=True, description="Who asks.")
    product = graphene.Field(ProductType, description="The product.")
    created_at = DateTime(required=True, description="When.")
    answers_count = graphene.Int(required=True, description="How many answers there are.")
    answers = object_field(
        graphene.List(graphene.NonNull(AnswerType)),
        lambda root, info: answers_to(info, root),
        required=True,
        size=5,
        description="The accepted answer first, then the shop's, then the most helpful; fifty at most.",
    )
    is_mine = object_field(graphene.Boolean, required=True, personal=True, description="Whether the viewer asks.")
    can_answer = object_field(
        graphene.Boolean,
        lambda root, info: may_answer(info, root),
        required=True,
        personal=True,
        description="Whether the viewer could answer: staff, or somebody who received the product.",
    )
    visibility = graphene.String(required=True, description="PUBLIC, PENDING, LIMITED, QUARANTINED or REMOVED.")

    def resolve_author(root: Question, info: Any) -> Any:
        return author_of(info, root.author_id)

    def resolve_product(root: Question, info: Any) -> Any:
        return product_of(info, root.product_id)

    def resolve_is_mine(root: Question, info: Any) -> bool:
        return bool(root.author_id == info.context.viewer.user_id)


class OwnersAnswerType(ObjectType):
    """An answer that helped other owners, shown before something is sent back."""

    answer = object_field(AnswerType, lambda root, info: root, required=True, description="The answer.")
    question = object_field(
        graphene.String, lambda root, info: root.question.body, required=True, description="What was asked."
    )
    question_id = graphene.ID(required=True, description="The question.")
    is_solved = graphene.Boolean(required=True, description="Whether the viewer said that it solved it.")


class SparedType(ObjectType):
    """What owners spared one another in ninety days."""

    helped = graphene.Int(
        required=True, description="How often an answer solved somebody's problem, 14 days ago or more."
    )
    spared = graphene.Int(required=True, description="After how many of those no case was opened within 14 days.")
