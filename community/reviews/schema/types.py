"""What the API shows of reviews."""

from typing import Any

import graphene

from backend.accounts.schema.types import PersonType
from backend.aftersales.schema.protection import BuyerProtectionType
from backend.catalogue.schema.loaders import product_of
from backend.catalogue.schema.types import ProductType
from backend.core.graphql import DateTime, ObjectType, PictureType, VideoType, extend, object_field, translate
from backend.core.pictures import picture_urls
from backend.core.videos.models import VideoState
from backend.core.videos.storing import video_facts
from community.reviews import selectors
from community.reviews.models import EvidenceKind, Fit, PicturePart, Reply, Review, Visibility
from community.reviews.rules import writing as rules
from community.reviews.schema.loaders import author_of, evidence_against, is_over_limit, reply_of, reward_of
from community.reviews.selectors.reading import AspectCount, Fall

ReviewSort = graphene.Enum("ReviewSort", [("USEFUL", "USEFUL"), ("NEW", "NEW")])
FitEnum = graphene.Enum.from_enum(Fit, name="Fit")


class ReplyType(ObjectType):
    """The shop's answer to a review."""

    id = graphene.ID(required=True, description="The answer's id.")
    body = graphene.String(required=True, description="The text.")
    at = DateTime(required=True, description="When.")


class ReviewType(ObjectType):
    """What the buyer of one order line says of it. Each comes from a parcel that arrived."""

    id = graphene.ID(required=True, description="The review's id.")
    stars = graphene.Int(required=True, description="One to five.")
    body = graphene.String(required=True, description="The text; may be empty.")
    pictures = graphene.List(graphene.NonNull(PictureType), required=True, description="Its pictures.")
    video = object_field(
        VideoType,
        personal=True,
        description="Its video; while it is prepared, or if it could not be, only its author is told.",
    )
    fit = graphene.Field(FitEnum, description="How the size turned out, if it was said.")
    option_title = graphene.String(required=True, description="The variant that was bought.")
    author_name = graphene.String(required=True, description="The author's name; masked if they want no name.")
    author = graphene.Field(PersonType, description="The author; nobody for a nameless review of somebody else.")
    is_anonymous = graphene.Boolean(required=True, description="Whether it is shown without a name.")
    is_mine = object_field(graphene.Boolean, required=True, personal=True, description="Whether the viewer wrote it.")
    is_refunded = graphene.Boolean(
        required=True, description="Whether all pieces went back; then it does not count for the rating."
    )
    product = graphene.Field(ProductType, description="The product.")
    created_at = DateTime(required=True, description="When it was written.")
    edited_at = DateTime(description="When it was last changed.")
    used_days = graphene.Int(required=True, description="Days between the parcel's arrival and the review.")
    appended_body = graphene.String(required=True, description="What was added later; may be empty.")
    appended_pictures = graphene.List(graphene.NonNull(PictureType), required=True, description="Pictures of that.")
    appended_at = DateTime(description="When it was added to.")
    appended_after_days = graphene.Int(description="How many days after the review it was added to.")
    helpful_count = graphene.Int(required=True, description="How many people found it helpful.")
    is_helpful = object_field(
        graphene.Boolean, required=True, personal=True, description="Whether the viewer found it helpful."
    )
    reply = graphene.Field(ReplyType, description="The shop's answer.")
    visibility = graphene.String(required=True, description="PUBLIC, PENDING, LIMITED, QUARANTINED or REMOVED.")
    waiting_for = object_field(
        graphene.List(graphene.NonNull(graphene.String)),
        required=True,
        personal=True,
        size=3,
        description="Why one's own review waits for a moderator, in words; empty for everybody else.",
    )
    can_append = object_field(
        graphene.Boolean, required=True, personal=True, description="Whether the viewer could add to it now."
    )
    can_edit = object_field(
        graphene.Boolean, required=True, personal=True, description="Whether the viewer could change it now."
    )
    points = object_field(
        graphene.Int, personal=True, description="Points paid for one's own review; nothing for somebody else's."
    )

    is_over_limit = object_field(
        graphene.Boolean,
        required=True,
        personal=True,
        description="Whether one's own review earned nothing because three of that day were paid already.",
    )

    def resolve_is_over_limit(root: Review, info: Any) -> bool:
        return _is_own(root, info) and is_over_limit(info, root)

    def resolve_pictures(root: Review, info: Any) -> list[Any]:
        return _pictures(root, PicturePart.FIRST)

    def resolve_appended_pictures(root: Review, info: Any) -> list[Any]:
        return _pictures(root, PicturePart.APPENDED)

    def resolve_video(root: Review, info: Any) -> dict[str, Any] | None:
        video = root.video
        if video is None or (video.state != VideoState.READY and not _is_own(root, info)):
            return None
        return video_facts(video)

    def resolve_fit(root: Review, info: Any) -> str | None:
        return root.fit or None

    def resolve_option_title(root: Review, info: Any) -> str:
        return translate(root.option_title, info.context.viewer.locale) if root.option_title else ""

    def resolve_author_name(root: Review, info: Any) -> str:
        person = author_of(info, root.author_id)
        name = person["name"] if person else ""
        return rules.masked(name) if root.is_anonymous else name

    def resolve_author(root: Review, info: Any) -> Any:
        return author_of(info, root.author_id) if not root.is_anonymous or _is_own(root, info) else None

    def resolve_is_mine(root: Review, info: Any) -> bool:
        return _is_own(root, info)

    def resolve_product(root: Review, info: Any) -> Any:
        return product_of(info, root.product_id)

    def resolve_used_days(root: Review, info: Any) -> int:
        return max(0, (root.created_at - root.received_at).days)

    def resolve_appended_after_days(root: Review, info: Any) -> int | None:
        return (root.appended_at - root.created_at).days if root.appended_at else None

    def resolve_is_helpful(root: Review, info: Any) -> bool:
        return bool(getattr(root, "is_helpful", False))

    def resolve_reply(root: Review, info: Any) -> Reply | None:
        return reply_of(info, root)

    def resolve_waiting_for(root: Review, info: Any) -> list[str]:
        if not _is_own(root, info) or root.visibility != Visibility.PENDING:
            return []
        return [str(EvidenceKind(each.kind).label) for each in evidence_against(info, root)]

    def resolve_can_append(root: Review, info: Any) -> bool:
        return _stands_for_author(root, info) and rules.may_append(
            created_at=root.created_at, appended_at=root.appended_at, now=info.context.now
        )

    def resolve_can_edit(root: Review, info: Any) -> bool:
        return _stands_for_author(root, info) and rules.may_edit(created_at=root.created_at, now=info.context.now)

    def resolve_points(root: Review, info: Any) -> int | None:
        reward = reward_of(info, root) if _is_own(root, info) else None
        return reward.points if reward else None


class StarCountType(ObjectType):
    """How many reviews gave so many stars."""

    stars = graphene.Int(required=True, description="One to five.")
    count = graphene.Int(required=True, description="How many.")


class FitCountType(ObjectType):
    """How many reviews say this of the size."""

    fit = graphene.Field(FitEnum, required=True, description="Small, true or large.")
    count = graphene.Int(required=True, description="How many.")


class AspectCountType(ObjectType):
    """How many reviews praise and blame one side of a product."""

    key = graphene.String(required=True, description="The aspect's key, to filter by.")
    name = graphene.String(required=True, description="The aspect in the reader's language.")
    good = graphene.Int(required=True, description="Reviews that praise it.")
    bad = graphene.Int(required=True, description="Reviews that blame it.")

    def resolve_name(root: AspectCount, info: Any) -> str:
        return translate(root.names, info.context.viewer.locale)


class SizeHintType(ObjectType):
    """That many found the size small or large; shown only when enough people spoke of it."""

    says = graphene.Field(FitEnum, required=True, description="SMALL or LARGE.")
    count = graphene.Int(required=True, description="How many people say so.")
    voices = graphene.Int(required=True, description="Of how many who spoke of the size.")
    from_reviews = graphene.Int(required=True, description="Of those, who said it in a review that counts.")
    from_returns = graphene.Int(required=True, description="Of those, who sent it back for its size within 90 days.")
    as_of = DateTime(required=True, description="When this was counted.")


class ReviewSummaryType(ObjectType):
    """What the counted reviews of a product sum up to, and what is left out of it."""

    count = graphene.Int(required=True, description="Counted reviews: each from a parcel that arrived and was kept.")
    average = graphene.Float(description="The plain mean of their stars; empty while there is none.")
    stars = graphene.List(graphene.NonNull(StarCountType), required=True, description="From five stars down to one.")
    pictures_count = graphene.Int(required=True, description="Those with pictures.")
    videos_count = graphene.Int(required=True, description="Those with a video.")
    appended_count = graphene.Int(required=True, description="Those that were added to later.")
    fits = graphene.List(
        graphene.NonNull(FitCountType), required=True, description="What they say of the size; empty where nobody does."
    )
    size_hint = graphene.Field(SizeHintType, description="What most say of the size; empty while too few speak of it.")
    held_count = graphene.Int(required=True, description="Reviews that wait for a moderator and do not count.")
    average_with_held = graphene.Float(description="The mean if those counted too.")
    aspects = object_field(
        graphene.List(graphene.NonNull(AspectCountType)),
        lambda root, info: selectors.aspect_counts(root["product_id"]),
        required=True,
        size=8,
        description="What they speak of, the most mentioned first.",
    )


class ReviewRecordType(ObjectType):
    """Every review of the shop, by what became of it."""

    counted = graphene.Int(required=True, description="Those that count for a rating.")
    low_stars = graphene.Int(required=True, description="Those of them with three stars or fewer.")
    not_counted = graphene.Int(required=True, description="Those whose goods all went back; shown, but not counted.")
    waiting = graphene.Int(required=True, description="Those that wait for a person, with the reason told.")
    removed = graphene.Int(required=True, description="Those that a person took down, with the reason told.")


extend(
    BuyerProtectionType,
    reviews=object_field(
        ReviewRecordType,
        lambda root, info: selectors.review_record(),
        required=True,
        description="How many reviews count, wait, and were taken down.",
    ),
)


class ReviewTaskType(ObjectType):
    """One line of the viewer's orders that has arrived."""

    line_id = graphene.ID(required=True, description="The order line.")
    order_id = graphene.ID(required=True, description="The order.")
    product_slug = graphene.String(required=True, description="The product's name in addresses.")
    title = graphene.String(required=True, description="The product's title when it was bought.")
    option_title = graphene.String(required=True, description="The variant.")
    picture = graphene.Field(PictureType, description="The product's picture.")
    received_at = DateTime(required=True, description="When it arrived.")
    until = DateTime(required=True, description="Until when it can be reviewed.")
    can_review = graphene.Boolean(required=True, description="Whether it can be reviewed now.")
    asks_fit = graphene.Boolean(required=True, description="Whether it has sizes, so that one may say how they fit.")
    review = graphene.Field(ReviewType, description="The viewer's review, if there is one.")


class FallingAspectType(ObjectType):
    """A side of a product that is praised less than before."""

    product_id = graphene.ID(required=True, description="The product.")
    product_slug = graphene.String(required=True, description="Its name in addresses.")
    product_title = graphene.String(required=True, description="Its title.")
    key = graphene.String(required=True, description="The aspect's key.")
    name = graphene.String(required=True, description="The aspect.")
    mentions = graphene.Int(required=True, description="How often it was spoken of in the last thirty days.")
    mentions_before = graphene.Int(required=True, description="In the thirty days before.")
    share = graphene.Float(required=True, description="The share of praise in the last thirty days, 0 to 1.")
    share_before = graphene.Float(required=True, description="The share before.")

    def resolve_product_slug(root: Fall, info: Any) -> str:
        return root.slug

    def resolve_product_title(root: Fall, info: Any) -> str:
        return translate(root.title, info.context.viewer.locale)

    def resolve_name(root: Fall, info: Any) -> str:
        return translate(root.names, info.context.viewer.locale)


class AspectWordType(ObjectType):
    """A word of the lexicon."""

    word = graphene.String(required=True, description="The word, folded.")
    aspect = object_field(
        graphene.String,
        lambda root, info: root.aspect_id,
        description="The aspect's key; none for a word that is only good or bad.",
    )
    polarity = graphene.Int(required=True, description="1 for it, -1 against it, 0 if it only names the aspect.")


class AspectType(ObjectType):
    """One side of a product that people talk about."""

    key = graphene.String(required=True, description="The aspect's key.")
    name = graphene.String(required=True, description="The aspect in the reader's language.")

    def resolve_name(root: Any, info: Any) -> str:
        return translate(root.names, info.context.viewer.locale)


def _pictures(review: Review, part: str) -> list[Any]:
    shown = [each for each in review.pictures.all() if each.part == part]
    return [{**picture_urls(each.picture), "id": each.picture_id} for each in shown]


def _is_own(review: Review, info: Any) -> bool:
    return bool(review.author_id == info.context.viewer.user_id)


def _stands_for_author(review: Review, info: Any) -> bool:
    return _is_own(review, info) and review.visibility in (*rules.SEEN_BY_ALL, Visibility.PENDING)
