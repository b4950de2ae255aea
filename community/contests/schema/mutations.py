"""Writes of contests."""

from datetime import datetime
from typing import Any

import graphene

from backend.core.graphql import Mutation, RequestFacts, Viewer, signed_in
from community.contests import actions
from community.contests.errors import (
    ContestClosed,
    EnteredAlready,
    EntryNotFitting,
    NoVoteForOneself,
    PurchaseNeeded,
    VoterTooNew,
)
from community.contests.schema.types import ContestEntryType, ContestType
from community.contests.selectors import contest_by_id, entry_for


class EnterContest(Mutation):
    """Take part in a contest with one's own post."""

    class Input:
        contest_id = graphene.ID(required=True, description="The contest.")
        post_id = graphene.ID(required=True, description="One's own post in the circle of the contest.")

    errors = (ContestClosed, EntryNotFitting, PurchaseNeeded, EnteredAlready)
    permission = signed_in
    contest = graphene.Field(ContestType, description="The contest, with one's entry.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        entry = actions.enter_contest(contest_id=input.contest_id, post_id=input.post_id, author_id=viewer.id, now=now)
        return {"contest": contest_by_id(entry.contest_id)}


class VoteInContest(Mutation):
    """Vote for an entry; a vote given to another entry of the contest moves here."""

    class Input:
        entry_id = graphene.ID(required=True, description="The entry.")

    errors = (ContestClosed, NoVoteForOneself, VoterTooNew)
    permission = signed_in
    entry = graphene.Field(ContestEntryType, description="The entry with its new count.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        actions.vote(entry_id=input.entry_id, voter_id=viewer.id, now=now)
        return {"entry": entry_for(input.entry_id, viewer.id)}


class TakeContestVoteBack(Mutation):
    """Take one's vote in a contest back."""

    class Input:
        contest_id = graphene.ID(required=True, description="The contest.")

    errors = (ContestClosed,)
    permission = signed_in
    contest = graphene.Field(ContestType, description="The contest.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        return {"contest": actions.take_vote_back(contest_id=input.contest_id, voter_id=viewer.id, now=now)}


class Mutations:
    """Root mutations of contests."""

    enter_contest = EnterContest.field()
    vote_in_contest = VoteInContest.field()
    take_contest_vote_back = TakeContestVoteBack.field()
