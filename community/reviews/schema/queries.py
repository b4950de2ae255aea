"""Questions about reviews."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import graphene

from backend.aftersales.schema.types import AfterSaleReasonEnum
from backend.aftersales.selectors.returns import sizes_sent_back
from backend.core.errors import NotFound
from backend.core.graphql import Edge, Page, anyone, connection, query_field, role, signed_in, translate
from backend.core.pictures import picture_urls
from community.reviews import selectors
from community.reviews.models import Question, Review
from community.reviews.rules import writing as rules
from community.reviews.rules.sizing import size_hint
from community.reviews.schema.loaders import prepared, prepared_answers, prepared_questions
from community.reviews.schema.questions import OwnersAnswerType, QuestionType, SparedType
from community.reviews.schema.types import (
    AspectType,
    AspectWordType,
    FallingAspectType,
    ReviewSort,
    ReviewSummaryType,
    ReviewTaskType,
    ReviewType,
)
from community.reviews.selectors.reviews import reviews_of_lines, sized_products

DESK = role("support", "growth")
MOST_LINES = 10
ReviewShelf = graphene.Enum("ReviewShelf", [("UNANSWERED", "UNANSWERED"), ("ALL", "ALL")])


def resolve_summary(root: Any, info: Any, product_id: Any) -> dict[str, Any]:
    """What the reviews of a product sum up to."""
    found = selectors.standing_of(product_id)
    return {
        "product_id": product_id,
        "count": found.count,
        "average": round(found.average, 2) if found.average else None,
        "stars": [{"stars": number, "count": found.by_stars[number]} for number in range(5, 0, -1)],
        "pictures_count": found.pictures,
        "videos_count": found.videos,
        "appended_count": found.appended,
        "fits": [{"fit": fit, "count": count} for fit, count in found.fits.items()] if any(found.fits.values()) else [],
        "size_hint": _hint(found.fits, product_id, info),
        "held_count": found.held,
        "average_with_held": round(found.average_with_held, 2) if found.average_with_held else None,
    }


def _hint(fits: Mapping[str, int], product_id: Any, info: Any) -> dict[str, Any] | None:
    """What those who kept it and those who sent it back say of the size; asked only where somebody does."""
    if not any(fits.values()):
        return None
    small_back, large_back = sizes_sent_back(product_id=product_id, now=info.context.now)
    found = size_hint(
        small=fits["SMALL"], true=fits["TRUE"], large=fits["LARGE"], small_back=small_back, large_back=large_back
    )
    return {**asdict(found), "as_of": info.context.now} if found else None


def resolve_reviews(
    root: Any, info: Any, product_id: Any, first: int, after: str | None = None, sort: Any = "USEFUL", **wanted: Any
) -> Page:
    """One page of reviews as asked for."""
    page = selectors.reviews_page(
        product_id=product_id,
        viewer_id=info.context.viewer.user_id,
        wanted=wanted,
        sort=getattr(sort, "value", sort),
        first=first,
        after=after,
    )
    prepared(info, page.nodes)
    return page


def resolve_review(root: Any, info: Any, id: Any) -> Review | None:
    """One review, or nothing when the viewer may not see it."""
    try:
        found = selectors.visible_review(review_id=id, viewer_id=info.context.viewer.user_id)
    except NotFound:
        return None
    return prepared(info, [found])[0]


def resolve_own(root: Any, info: Any, first: int, after: str | None = None) -> Page:
    """One page of the viewer's reviews."""
    page = selectors.own_reviews_page(author_id=info.context.viewer.id, first=first, after=after)
    prepared(info, page.nodes)
    return page


def resolve_tasks(root: Any, info: Any, first: int, after: str | None = None, order_id: Any = None) -> Page:
    """One page of lines that the viewer may review."""
    viewer, now = info.context.viewer, info.context.now
    page = selectors.lines_to_review(buyer_id=viewer.id, order_id=order_id, now=now, first=first, after=after)
    written = reviews_of_lines([line.pk for line in page.nodes], viewer.id)
    sized = sized_products({line.product_id for line in page.nodes})
    prepared(info, list(written.values()))
    for line in page.nodes:
        line.shown = {
            "review": written.get(line.pk),
            "asks_fit": line.product_id in sized,
            "can_review": line.pk not in written and rules.may_review(received_at=line.received_at, now=now),
        }
    return _mapped(page, lambda line: _task(line, viewer.locale))


def _task(line: Any, locale: str) -> dict[str, Any]:
    return {
        "line_id": line.pk,
        "order_id": line.order_id,
        "product_slug": line.product_slug,
        "title": translate(line.title, locale),
        "option_title": translate(line.option_title, locale) if line.option_title else "",
        "picture": picture_urls(line.picture) if line.picture else None,
        "received_at": line.received_at,
        "until": line.received_at + rules.WRITE_WITHIN,
        **line.shown,
    }


def _mapped(page: Page, read: Any) -> Page:
    return Page(edges=[Edge(node=read(edge.node), cursor=edge.cursor) for edge in page.edges], page_info=page.page_info)


def resolve_questions(root: Any, info: Any, product_id: Any, first: int, after: str | None = None) -> Page:
    """One page of questions."""
    viewer_id = info.context.viewer.user_id
    page = selectors.questions_page(product_id=product_id, viewer_id=viewer_id, first=first, after=after)
    prepared_questions(info, page.nodes)
    return page


def resolve_question(root: Any, info: Any, id: Any) -> Question | None:
    """One question, or nothing when the viewer may not see it."""
    try:
        found = selectors.question_for(question_id=id, viewer_id=info.context.viewer.user_id)
    except NotFound:
        return None
    return prepared_questions(info, [found])[0]


def resolve_desk(root: Any, info: Any, first: int, after: str | None = None, show: Any = "UNANSWERED") -> Page:
    """One page of reviews for the desk."""
    page = selectors.desk_page(show=getattr(show, "value", show), first=first, after=after)
    prepared(info, page.nodes)
    return page


def resolve_unanswered(root: Any, info: Any, first: int, after: str | None = None) -> Page:
    """One page of questions that wait for more than a day."""
    page = selectors.unanswered_page(now=info.context.now, first=first, after=after)
    prepared_questions(info, page.nodes)
    return page


def resolve_owners_answers(root: Any, info: Any, line_ids: list[Any], reason: Any) -> list[Any]:
    """What solved it for others who have the same products."""
    viewer_id = info.context.viewer.id
    found = selectors.helpful_answers(
        line_ids=line_ids[:MOST_LINES], reason=getattr(reason, "value", reason), viewer_id=viewer_id
    )
    prepared_answers(info, found)
    return found


class Query:
    """Root fields of reviews."""

    review_summary = query_field(
        ReviewSummaryType,
        resolve_summary,
        permission=anyone,
        required=True,
        weight=3,
        product_id=graphene.ID(required=True, description="The product."),
        description="What the reviews of a product sum up to.",
    )
    reviews = query_field(
        connection(ReviewType),
        resolve_reviews,
        permission=anyone,
        product_id=graphene.ID(required=True, description="The product."),
        sort=ReviewSort(description="The most useful first, or the newest."),
        stars=graphene.List(graphene.NonNull(graphene.Int), description="Only with so many stars."),
        with_pictures=graphene.Boolean(description="Only with pictures."),
        with_video=graphene.Boolean(description="Only with a video."),
        appended=graphene.Boolean(description="Only those that were added to later."),
        variant_id=graphene.ID(description="Only of this variant."),
        aspect=graphene.String(description="Only those that speak of this aspect."),
        polarity=graphene.Int(description="With an aspect: 1 for praise, -1 for blame."),
        description="Reviews of a product.",
    )
    review = query_field(
        ReviewType,
        resolve_review,
        permission=anyone,
        id=graphene.ID(required=True, description="The review's id."),
        description="One review.",
    )
    my_reviews = query_field(
        connection(ReviewType), resolve_own, permission=signed_in, description="What the viewer wrote, newest first."
    )
    review_tasks = query_field(
        connection(ReviewTaskType),
        resolve_tasks,
        permission=signed_in,
        order_id=graphene.ID(description="Every arrived line of this order, also those that are reviewed."),
        description="Lines of the viewer's orders that can be reviewed, the latest first.",
    )
    questions = query_field(
        connection(QuestionType),
        resolve_questions,
        permission=anyone,
        product_id=graphene.ID(required=True, description="The product."),
        description="Questions about a product, those with most answers first.",
    )
    question = query_field(
        QuestionType,
        resolve_question,
        permission=anyone,
        id=graphene.ID(required=True, description="The question's id."),
        description="One question.",
    )
    owners_answers = query_field(
        graphene.List(graphene.NonNull(OwnersAnswerType)),
        resolve_owners_answers,
        permission=signed_in,
        required=True,
        size=3,
        weight=3,
        line_ids=graphene.List(
            graphene.NonNull(graphene.ID), required=True, description="Lines of the viewer's orders, ten at most."
        ),
        reason=AfterSaleReasonEnum(required=True, description="Why."),
        description="Answers of other owners that solved the same, three at most.",
    )
    spared_cases = query_field(
        SparedType,
        lambda root, info: selectors.spared_cases(now=info.context.now),
        permission=DESK,
        required=True,
        description="How many cases were not needed because owners helped one another.",
    )
    review_desk = query_field(
        connection(ReviewType),
        resolve_desk,
        permission=DESK,
        show=ReviewShelf(description="Those of one to three stars without an answer, or all."),
        description="Reviews for the desk, newest first.",
    )
    unanswered_questions = query_field(
        connection(QuestionType),
        resolve_unanswered,
        permission=DESK,
        description="Questions that nobody has answered for a day, the oldest first.",
    )
    falling_aspects = query_field(
        graphene.List(graphene.NonNull(FallingAspectType)),
        lambda root, info: selectors.falling_aspects(now=info.context.now),
        permission=DESK,
        required=True,
        size=20,
        weight=5,
        description="What is praised less in the last thirty days than in the thirty before.",
    )
    aspects = query_field(
        graphene.List(graphene.NonNull(AspectType)),
        lambda root, info: selectors.aspects(),
        permission=anyone,
        required=True,
        size=10,
        description="Every side of a product that reviews are read for.",
    )
    aspect_words = query_field(
        connection(AspectWordType),
        lambda root, info, first, after=None, aspect=None: selectors.words_page(
            aspect=aspect, first=first, after=after
        ),
        permission=DESK,
        aspect=graphene.String(description="Only words of this aspect."),
        description="The lexicon by which reviews are read.",
    )
