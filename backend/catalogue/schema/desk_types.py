"""What the merchandising desk sees: products with their review, revisions, reports, imports."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import graphene
from django.core.files.storage import default_storage

from backend.accounts.schema.types import PersonType
from backend.accounts.selectors import public_people
from backend.catalogue.schema.loaders import product_of
from backend.catalogue.schema.types import ProductType, TryOnEnum, picture_field
from backend.catalogue.selectors import desk
from backend.catalogue.selectors.content import current_content
from backend.catalogue.wording import problem_words
from backend.core.graphql import JSON, BigInt, DateTime, MoneyType, ObjectType, PictureType, object_field
from backend.core.pictures.storing import picture_urls
from backend.core.videos.models import VideoState
from backend.core.videos.storing import video_facts

ReviewState = graphene.Enum(
    "RevisionState",
    [
        (name, name)
        for name in (
            "DRAFT",
            "FIRST_CHECK",
            "SECOND_CHECK",
            "FINAL_APPROVAL",
            "RETURNED",
            "PUBLISHED",
            "DISCARDED",
        )
    ],
    description="Where a revision stands on its way to the shelf.",
)
ProductStateEnum = graphene.Enum(
    "ProductState",
    [(name, name) for name in ("DRAFT", "PUBLISHED", "RETIRED")],
    description="Whether shoppers see a product.",
)
VerdictEnum = graphene.Enum(
    "RevisionVerdict", [(name, name) for name in ("APPROVED", "REFUSED")], description="What somebody decided."
)
ReportedPartEnum = graphene.Enum(
    "ReportedPart",
    [(name, name) for name in ("PRICE", "PICTURE", "DESCRIPTION", "SPECIFICATION", "OTHER")],
    description="What is said to be wrong.",
)
AttributeKind = graphene.Enum(
    "AttributeKind",
    [(name, name) for name in ("TEXT", "NUMBER", "CHOICE", "BOOLEAN")],
    description="What kind of value an attribute takes.",
)


def person_field(column: str, description: str) -> Any:
    """A field that shows the person whose id stands in a column."""
    return object_field(PersonType, lambda row, info: _person(getattr(row, column), info), description=description)


def preload_people(info: Any, user_ids: Iterable[UUID | None]) -> None:
    """Read all these people with one statement."""
    known = info.context.loaders.setdefault("catalogue.people", {})
    missing = {each for each in user_ids if each is not None} - known.keys()
    if missing:
        known.update(public_people(missing))


def _person(user_id: UUID | None, info: Any) -> Any:
    preload_people(info, [user_id])
    return info.context.loaders["catalogue.people"].get(user_id)


class StoredFileType(ObjectType):
    """A file that was sent."""

    id = graphene.ID(required=True, description="Its id.")
    kind = graphene.String(required=True, description="VIDEO, MODEL, DOCUMENT or TABLE.")
    url = object_field(
        graphene.String, lambda row, info: default_storage.url(row.name), required=True, description="Where it is."
    )
    media_type = graphene.String(required=True, description="Such as video/mp4.")
    size_bytes = graphene.Field(BigInt, required=True, description="How large it is.")
    is_ready = object_field(
        graphene.Boolean,
        lambda row, info: row.video is None or row.video.state == VideoState.READY,
        required=True,
        description="Whether it can be opened; a video is made anew first.",
    )
    problem = object_field(
        graphene.String,
        lambda row, info: video_facts(row.video)["problem"] if row.video else "",
        required=True,
        description="Why a video could not be prepared, in words; empty otherwise.",
    )


class DeskPictureType(ObjectType):
    """A picture that a content speaks of."""

    id = graphene.ID(required=True, description="Its id.")
    picture = object_field(
        PictureType, lambda row, info: picture_urls(row), required=True, description="The picture itself."
    )


class GoodsType(ObjectType):
    """A product in the list of the desk."""

    id = graphene.ID(required=True, description="The product's id.")
    slug = graphene.String(required=True, description="The name in addresses.")
    title = graphene.String(required=True, description="The name in the reader's language.")
    state = graphene.Field(ProductStateEnum, required=True, description="Whether shoppers see it.")
    review_state = graphene.Field(ReviewState, description="Where its open revision stands; empty if there is none.")
    revision_id = graphene.ID(description="Its open revision.")
    price = graphene.Field(MoneyType, required=True, description="The lowest price of buying alone.")
    picture = picture_field("The picture in lists.", required=False)
    category = graphene.String(required=True, description="The shelf it stands on.")
    brand = graphene.String(description="Who made it.")
    variants_count = graphene.Int(required=True, description="How many variants are offered.")
    sold_count = graphene.Field(BigInt, required=True, description="How many were sold and kept.")
    reports_count = graphene.Int(required=True, description="How many reports of wrong information are open.")
    changed_at = graphene.Field(DateTime, required=True, description="When it last changed.")


class RevisionDecisionType(ObjectType):
    """What one person decided at one level."""

    id = graphene.ID(required=True, description="Its id.")
    round = graphene.Int(required=True, description="The how-manieth time the revision had been handed in.")
    level = graphene.Int(required=True, description="1, 2 or 3.")
    verdict = graphene.Field(VerdictEnum, required=True, description="What was decided.")
    reason = graphene.String(required=True, description="Why; empty for most approvals.")
    at = graphene.Field(DateTime, required=True, description="When.")
    decided_by = person_field("decided_by_id", "Who decided.")


class RevisionChangeType(ObjectType):
    """One thing that a revision would change."""

    path = graphene.String(required=True, description="Where, such as title.en or variants.2.options.size.")
    before = graphene.Field(JSON, description="What stands there; nothing if it is new.")
    after = graphene.Field(JSON, description="What would stand there; nothing if it goes away.")


class RevisionType(ObjectType):
    """A proposed content of a product on its way over three checks."""

    id = graphene.ID(required=True, description="Its id.")
    product_id = graphene.ID(required=True, description="The product.")
    product = object_field(
        ProductType, lambda row, info: product_of(info, row.product_id), description="The product as it stands."
    )
    state = graphene.Field(ReviewState, required=True, description="Where it stands.")
    round = graphene.Int(required=True, description="How often it was handed in.")
    content = graphene.Field(JSON, required=True, description="The whole proposed content.")
    changes = object_field(
        graphene.List(graphene.NonNull(RevisionChangeType)),
        lambda row, info: desk.changes_of(row),
        required=True,
        size=20,
        description="What it would change of what shoppers see.",
    )
    decisions = object_field(
        graphene.List(graphene.NonNull(RevisionDecisionType)),
        lambda row, info: desk.decisions_of(row.pk),
        required=True,
        size=6,
        description="What was decided so far, oldest first.",
    )
    can_decide = object_field(
        graphene.Boolean,
        lambda row, info: desk.may_decide(row, user_id=info.context.viewer.id),
        personal=True,
        required=True,
        description="Whether the viewer may make the next check.",
    )
    submitted_by = person_field("submitted_by_id", "Who handed it in.")
    submitted_at = graphene.Field(DateTime, description="When it was handed in.")
    started_at = graphene.Field(DateTime, required=True, description="When it was begun.")
    changed_at = graphene.Field(DateTime, required=True, description="When it last changed.")


class PriceChangeType(ObjectType):
    """A price that was asked from a moment on."""

    sku = object_field(graphene.String, lambda row, info: row.variant.sku, required=True, description="The variant.")
    price = object_field(
        MoneyType, lambda row, info: row.price_minor, description="The price; empty where it was no longer offered."
    )
    at = graphene.Field(DateTime, required=True, description="Since when.")
    changed_by = person_field("changed_by_id", "Who asked it.")


class DeskVariantType(ObjectType):
    """A variant with its present price."""

    id = graphene.ID(required=True, description="Its id.")
    sku = graphene.String(required=True, description="The stock number.")
    price = object_field(
        MoneyType, lambda row, info: row.price_minor, required=True, description="The price of buying alone."
    )


class GoodsDetailType(ObjectType):
    """One product at the desk."""

    id = graphene.ID(required=True, description="The product's id.")
    slug = graphene.String(required=True, description="The name in addresses.")
    state = graphene.Field(ProductStateEnum, required=True, description="Whether shoppers see it.")
    content = object_field(
        JSON,
        lambda row, info: current_content(row.pk),
        required=True,
        description="What stands in the tables now.",
    )
    revision = object_field(
        RevisionType, lambda row, info: desk.open_revision_of(row.pk), description="Its open revision."
    )
    past_revisions = object_field(
        graphene.List(graphene.NonNull(RevisionType)),
        lambda row, info: desk.past_revisions(row.pk),
        required=True,
        size=5,
        description="Its last revisions, newest first.",
    )
    variants = object_field(
        graphene.List(graphene.NonNull(DeskVariantType)),
        lambda row, info: desk.variants_for_desk(row.pk),
        required=True,
        description="The variants that are offered.",
    )
    price_changes = object_field(
        graphene.List(graphene.NonNull(PriceChangeType)),
        lambda row, info: desk.price_changes_of(row.pk),
        required=True,
        description="Every price that was asked, newest first.",
    )
    reference_price = object_field(
        MoneyType, lambda row, info: row.reference_price_minor, description="The honest price to compare with."
    )


class InformationReportType(ObjectType):
    """A shopper says that something is wrong."""

    id = graphene.ID(required=True, description="Its id.")
    product = object_field(
        ProductType, lambda row, info: product_of(info, row.product_id), required=True, description="The product."
    )
    part = graphene.Field(ReportedPartEnum, required=True, description="What is said to be wrong.")
    text = graphene.String(required=True, description="What the shopper wrote.")
    reported_at = graphene.Field(DateTime, required=True, description="When.")
    reporter = person_field("reporter_id", "Who reported it.")
    was_right = graphene.Boolean(description="Whether the shopper was right; empty while nobody has answered.")
    answer = graphene.String(required=True, description="The answer; empty while there is none.")
    answered_by = person_field("answered_by_id", "Who answered.")
    answered_at = graphene.Field(DateTime, description="When it was answered.")


class ImportProblemType(ObjectType):
    """A row that was not taken."""

    row_number = graphene.Int(required=True, description="Its number in the table; the header is 1.")
    reason = object_field(
        graphene.String,
        lambda row, info: problem_words(row.reason, row.details),
        required=True,
        description="Why, in the reader's language.",
    )


class CatalogueImportType(ObjectType):
    """A table of products that was handed in."""

    id = graphene.ID(required=True, description="Its id.")
    file_name = graphene.String(required=True, description="What the file was called.")
    state = graphene.String(required=True, description="WAITING, RUNNING, DONE or FAILED.")
    rows_count = graphene.Field(BigInt, required=True, description="How many rows it has.")
    read_rows = graphene.Field(BigInt, required=True, description="How many were read so far.")
    made_count = graphene.Field(BigInt, required=True, description="How many products were made.")
    changed_count = graphene.Field(BigInt, required=True, description="How many products were changed.")
    unchanged_count = graphene.Field(BigInt, required=True, description="How many stood there already as written.")
    refused_rows = graphene.Field(BigInt, required=True, description="How many rows came back.")
    problems_url = object_field(
        graphene.String,
        lambda row, info: f"/catalogue/imports/{row.pk}/problems.csv" if row.refused_rows else None,
        description="Where the rows that came back can be fetched with their reasons.",
    )
    owner = person_field("owner_id", "Who sent it.")
    handed_in_at = graphene.Field(DateTime, required=True, description="When it was sent.")
    ended_at = graphene.Field(DateTime, description="When it had been read to its end.")


class AttributeDefinitionType(ObjectType):
    """What a shelf asks for of its products."""

    id = graphene.ID(required=True, description="Its id.")
    category_id = graphene.ID(required=True, description="The shelf; shelves in it ask for it too.")
    key = graphene.String(required=True, description="The key of the value.")
    names = object_field(JSON, lambda row, info: row.name, required=True, description="Its name in each language.")
    type = graphene.Field(AttributeKind, required=True, description="What kind of value it takes.")
    unit = graphene.String(required=True, description="The unit of a number; empty if it has none.")
    choices = graphene.Field(JSON, required=True, description="The choices: key and label in each language.")
    is_required = graphene.Boolean(required=True, description="Whether a product needs it to go on the shelf.")
    position = graphene.Int(required=True, description="Its place among the others.")


class DeskCategoryType(ObjectType):
    """A shelf with all its words."""

    id = graphene.ID(required=True, description="Its id.")
    slug = graphene.String(required=True, description="The name in addresses.")
    names = object_field(JSON, lambda row, info: row.name, required=True, description="Its name in each language.")
    parent_id = graphene.ID(description="The shelf it stands in; empty at the top.")
    depth = graphene.Int(required=True, description="How deep it stands: 1 at the top, 3 at most.")
    position = graphene.Int(required=True, description="Its place among the others.")
    picture_id = graphene.ID(required=True, description="Its picture.")
    try_on = object_field(
        TryOnEnum,
        lambda row, info: row.try_on or None,
        description="Where the colours of its products can be tried on.",
    )


class DeskCountsType(ObjectType):
    """How much waits."""

    in_review = graphene.Int(required=True, description="Revisions that wait for a check.")
    returned = graphene.Int(required=True, description="Revisions that came back to their editors.")
    open_reports = graphene.Int(required=True, description="Reports that nobody has answered.")
    drafts = graphene.Int(required=True, description="Products that were never on the shelf.")
