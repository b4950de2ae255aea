"""What anybody can ask of search, and what the growth team can ask about it."""

from typing import Any

import graphene

from backend.catalogue.schema.asking import asked_fields
from backend.core.graphql import anyone, query_field, role, signed_in
from backend.search.rules.narrowing import Narrowing
from backend.search.rules.synonyms import SynonymLine, write_line
from backend.search.schema.inputs import SearchFilter, SearchSort
from backend.search.schema.loading import learnt_rows, need_rows, placement_rows, suggested_rows
from backend.search.schema.types import (
    AssociationType,
    LearntType,
    NeedKindEnum,
    NeedType,
    PlacementType,
    SearchHabitType,
    SearchLearningType,
    SearchReportType,
    SearchSuggestionType,
    SearchType,
    SynonymType,
)
from backend.search.selectors import learning, reports
from backend.search.selectors.answering import Viewpoint, search_answer
from backend.search.selectors.associating import association_rows, listed_associations
from backend.search.selectors.finding import Asked
from backend.search.selectors.placing import listed_placements
from backend.search.selectors.suggesting import habit_of, hot_words, kept_searches, suggestions


def resolve_search(
    root: Any,
    info: Any,
    query: str,
    first: int,
    after: str | None = None,
    sort: Any = None,
    exactly: bool = False,  # noqa: FBT001, FBT002 - the name of a GraphQL argument.
    **narrowed: Any,
) -> dict[str, Any]:
    """One page of finds."""
    viewer = info.context.viewer
    asked = Asked(
        narrowing=Narrowing(**(narrowed.get("filter") or {})),
        sort=sort.value if sort else "RELEVANCE",
        first=first,
        after=after,
        is_exact=exactly,
        has_counts="counts" in asked_fields(info),
    )
    seen_by = Viewpoint(viewer.locale, viewer.user_id, asked_fields(info, "finds", "edges", "node", "product"))
    return search_answer(text=query, asked=asked, seen_by=seen_by, now=info.context.now)


def resolve_suggestions(root: Any, info: Any, prefix: str) -> list[dict[str, Any]]:
    """What may be meant."""
    viewer = info.context.viewer
    return suggested_rows(info, suggestions(prefix=prefix, locale=viewer.locale, person_id=viewer.user_id))


def resolve_report(root: Any, info: Any) -> dict[str, Any]:
    """How search has done."""
    now = info.context.now
    return {
        **reports.search_figures(now=now),
        "missing": reports.searches_without_finds(now=now),
        "unopened": reports.searches_without_opening(now=now),
    }


def resolve_synonyms(root: Any, info: Any) -> list[dict[str, Any]]:
    """What the staff say means the same."""
    return [
        {
            "id": each.id,
            "line": write_line(SynonymLine(tuple(each.words), tuple(each.also))),
            "changed_at": each.changed_at,
        }
        for each in reports.synonym_lines()
    ]


def resolve_learning(root: Any, info: Any) -> dict[str, Any]:
    """Whether the order learns, and for which words it has."""
    wishes = [{**row, "words": row["asked"]} for row in learning.learnt_wishes()]
    return {"is_on": learning.learns(), "wishes": wishes}


class Query:
    """Searching."""

    search = query_field(
        SearchType,
        resolve_search,
        permission=anyone,
        required=True,
        weight=5,
        query=graphene.String(required=True, description="Words in any language, pinyin, initials, prices in words."),
        filter=SearchFilter(description="What narrows the finds down."),
        sort=SearchSort(description="The order; relevance if not said."),
        exactly=graphene.Boolean(description="Take the words as they are: correct nothing."),
        first=graphene.Int(description="How many rows, 1 to 100; 20 if not said."),
        after=graphene.String(description="The cursor after which the page begins."),
        description="What can be found with these words. There is always an answer, and it says how it came about.",
    )
    search_suggestions = query_field(
        graphene.List(graphene.NonNull(SearchSuggestionType)),
        resolve_suggestions,
        permission=anyone,
        required=True,
        size=10,
        prefix=graphene.String(required=True, description="What is typed so far."),
        description="What may be meant by what is typed so far.",
    )
    hot_searches = query_field(
        graphene.List(graphene.NonNull(graphene.String)),
        lambda root, info: hot_words(locale=info.context.viewer.locale),
        permission=anyone,
        required=True,
        size=10,
        description="What many people looked for in the last days.",
    )
    my_searches = query_field(
        graphene.List(graphene.NonNull(graphene.String)),
        lambda root, info: kept_searches(person_id=info.context.viewer.id),
        permission=signed_in,
        required=True,
        size=20,
        description="What the viewer searched for, the latest first; empty if it is not kept.",
    )
    my_search_habit = query_field(
        SearchHabitType,
        lambda root, info: habit_of(info.context.viewer.id),
        permission=signed_in,
        required=True,
        description="What the viewer lets search do.",
    )
    search_report = query_field(
        SearchReportType,
        resolve_report,
        permission=role("growth"),
        required=True,
        description="How search has done in the last thirty days.",
    )
    search_synonyms = query_field(
        graphene.List(graphene.NonNull(SynonymType)),
        resolve_synonyms,
        permission=role("growth"),
        required=True,
        size=50,
        description="What the staff say means the same.",
    )
    search_learning = query_field(
        SearchLearningType,
        resolve_learning,
        permission=role("growth"),
        required=True,
        description="Whether the order of finds learns from what people open, and where it has learnt most.",
    )
    search_learnt = query_field(
        graphene.List(graphene.NonNull(LearntType)),
        lambda root, info, words: learnt_rows(info, learning.learnt_for(words)),
        permission=role("growth"),
        required=True,
        size=50,
        words=graphene.String(required=True, description="The words, however they are typed."),
        description="What was learnt for some words and what it rests on, the furthest up first.",
    )
    search_associations = query_field(
        graphene.List(graphene.NonNull(AssociationType)),
        lambda root, info: association_rows(list(listed_associations()[:50])),
        permission=role("growth"),
        required=True,
        size=50,
        description="Other words that people meant by some, as their next searches taught it, the weightiest first.",
    )
    search_needs = query_field(
        graphene.List(graphene.NonNull(NeedType)),
        lambda root, info, kind: need_rows(list(reports.written_needs()), kind.value),
        permission=role("growth"),
        required=True,
        size=100,
        kind=graphene.Argument(NeedKindEnum, required=True, description="Which kind."),
        description="What people need and what answers it, the shipped needs and those of the staff.",
    )
    search_placements = query_field(
        graphene.List(graphene.NonNull(PlacementType)),
        lambda root, info: placement_rows(info, list(listed_placements())),
        permission=role("growth"),
        required=True,
        size=50,
        description="The products that are or were shown, marked, among the finds; those that end last first.",
    )
