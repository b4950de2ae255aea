"""A contest with an entry, and the right input of everything that can be done with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.accounts.models import User
from tests.factories.catalogue import make_picture
from tests.factories.community import make_post
from tests.factories.contests import make_contest, make_entry


def make_contests(owner: User, bystander: User) -> dict[str, UUID]:
    """A contest in which somebody else takes part, and a post of the owner that could."""
    contest = make_contest()
    fitting = make_post(owner, picture_ids=[make_picture(owner_id=owner.id).id], now=contest.starts_at)
    return {
        "contest": contest.pk,
        "contest_entry": make_entry(contest, bystander).pk,
        "contest_post": fitting.pk,
    }


def inputs_of(ids: dict[str, str]) -> dict[str, dict[str, Any]]:
    """The right input of every mutation of contests."""
    return {
        "enterContest": {"contestId": ids["contest"], "postId": ids["contest_post"]},
        "voteInContest": {"entryId": ids["contest_entry"]},
        "takeContestVoteBack": {"contestId": ids["contest"]},
    }


def arguments_of(ids: dict[str, str]) -> dict[str, dict[str, Any]]:
    """What the root fields are asked with."""
    return {"Query.contest": {"id": ids["contest"]}, "Query.contests": {"topic": "plants"}}
