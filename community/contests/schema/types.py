"""A contest and its entries, as they are shown."""

from typing import Any
from uuid import UUID

import graphene

from backend.core import clock
from backend.core.graphql import DateTime, ObjectType, connection_field, object_field
from backend.core.languages import translate
from backend.core.paging import Page
from community.contests import selectors
from community.contests.models import Contest, ContestEntry
from community.forum import selectors as forum
from community.forum.schema.types import PostType, TopicType, prepared, topic

COUNTS, POSTS = "contests.counts", "contests.posts"


class ContestPhase(graphene.Enum):
    """Where a contest stands."""

    SOON = "SOON"
    OPEN = "OPEN"
    PAUSED = "PAUSED"
    COUNTING = "COUNTING"
    JUDGED = "JUDGED"


class EntrySort(graphene.Enum):
    """How entries are ordered."""

    TOP = "TOP"
    NEW = "NEW"


class ContestEntryType(ObjectType):
    """A post that takes part in a contest."""

    class Meta:
        name = "ContestEntry"

    id = graphene.ID(required=True, description="The entry's id.")
    post = graphene.Field(PostType, required=True, description="The post.")
    votes_count = graphene.Int(required=True, description="How many people voted for it.")
    rank = graphene.Int(description="Its rank, once the contest is judged.")
    prize_points = graphene.Int(required=True, description="The points it won.")
    has_my_vote = object_field(
        graphene.Boolean, required=True, personal=True, description="Whether the viewer voted for it."
    )
    is_mine = object_field(graphene.Boolean, required=True, personal=True, description="Whether the viewer entered it.")

    def resolve_post(root: ContestEntry, info: Any) -> Any:
        known: dict[UUID, Any] = info.context.loaders.setdefault(POSTS, {})
        if root.post_id not in known:
            with_posts(info, [root])
        return known[root.post_id]

    def resolve_has_my_vote(root: ContestEntry, info: Any) -> bool:
        return bool(getattr(root, "has_my_vote", False))

    def resolve_is_mine(root: ContestEntry, info: Any) -> bool:
        return bool(root.author_id == info.context.viewer.user_id)


class ContestType(ObjectType):
    """People show what they bought; who gets the most votes gets points."""

    class Meta:
        name = "Contest"

    id = graphene.ID(required=True, description="The contest's id.")
    name = graphene.String(required=True, description="Its name.")
    topic = graphene.Field(TopicType, required=True, description="The circle in which it takes place.")
    phase = graphene.Field(ContestPhase, required=True, description="Where it stands now.")
    starts_at = DateTime(required=True, description="When entries and votes begin.")
    ends_at = DateTime(required=True, description="When they end.")
    prizes = graphene.List(graphene.NonNull(graphene.Int), required=True, description="Points by rank.")
    must_have_bought = graphene.Boolean(required=True, description="Whether entries show something bought and kept.")
    least_votes = graphene.Int(required=True, description="The votes that a prize needs.")
    entries_count = graphene.Int(required=True, description="How many take part.")
    my_entry = object_field(ContestEntryType, personal=True, description="With what the viewer takes part.")
    winners = graphene.List(
        graphene.NonNull(ContestEntryType), required=True, description="The entries with a prize, once judged."
    )
    entries = connection_field(
        lambda: ContestEntryType,
        lambda root, info, first, after=None, sort="TOP": entries_of(root, info, first, after, sort),
        personal=True,
        sort=EntrySort(description="The most votes first, or the newest."),
        description="The entries.",
    )

    def resolve_name(root: Contest, info: Any) -> str:
        return translate(root.names, info.context.viewer.locale)

    def resolve_topic(root: Contest, info: Any) -> Any:
        return topic(info, root.topic_id)

    def resolve_phase(root: Contest, info: Any) -> str:
        return selectors.phase_of(root, clock.now())

    def resolve_entries_count(root: Contest, info: Any) -> int:
        known: dict[UUID, int] = info.context.loaders.setdefault(COUNTS, {})
        if root.pk not in known:
            counted(info, [root])
        return known[root.pk]

    def resolve_my_entry(root: Contest, info: Any) -> ContestEntry | None:
        mine = selectors.entry_of(contest_id=root.pk, author_id=info.context.viewer.user_id)
        return with_posts(info, [mine])[0] if mine else None

    def resolve_winners(root: Contest, info: Any) -> list[ContestEntry]:
        return with_posts(info, selectors.winners_of(root.pk, info.context.viewer.user_id)) if root.judged_at else []


def entries_of(contest: Contest, info: Any, first: int, after: str | None, sort: Any) -> Page:
    """One page of entries, with their posts."""
    page = selectors.entries_page(
        contest_id=contest.pk,
        viewer_id=info.context.viewer.user_id,
        sort=getattr(sort, "value", sort),
        first=first,
        after=after,
    )
    with_posts(info, page.nodes)
    return page


def with_posts(info: Any, entries: list[ContestEntry]) -> list[ContestEntry]:
    """Read the posts of some entries with one statement for each part of them."""
    posts = forum.posts_by_id([entry.post_id for entry in entries], info.context.viewer.user_id)
    info.context.loaders.setdefault(POSTS, {}).update({post.pk: post for post in prepared(info, posts)})
    return entries


def counted(info: Any, contests: list[Contest]) -> list[Contest]:
    """Read how many take part in some contests with one statement."""
    ids = [contest.pk for contest in contests]
    counts = selectors.entries_count(ids)
    info.context.loaders.setdefault(COUNTS, {}).update({pk: counts.get(pk, 0) for pk in ids})
    return contests
