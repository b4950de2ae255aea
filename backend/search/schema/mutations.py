"""What people can tell search, and what the growth team can."""

from datetime import datetime
from typing import Any

import graphene

from backend.core.graphql import Mutation, RequestFacts, Viewer, anyone, role, signed_in
from backend.search.actions.remembering import forget_searches, note_opening, note_search, set_search_habit
from backend.search.actions.synonyms import delete_synonym, save_synonym
from backend.search.errors import SynonymUnreadable
from backend.search.rules.synonyms import SynonymLine, write_line
from backend.search.schema.types import SearchHabitType, SynonymType
from backend.search.selectors.suggesting import kept_searches


class NoteSearch(Mutation):
    """Say that a search was made, so that it stands in the viewer's history and counts among the hot ones."""

    class Input:
        words = graphene.String(required=True, description="What was typed.")

    permission = anyone
    history = graphene.List(graphene.NonNull(graphene.String), description="The viewer's history now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        note_search(words=input.words, locale=viewer.locale, person_id=viewer.user_id, visitor=request.visitor, now=now)
        return {"history": kept_searches(person_id=viewer.user_id) if viewer.user_id else []}


class NoteOpening(Mutation):
    """Say that a find was opened, so that the shop learns and the viewer's own order with it."""

    class Input:
        words = graphene.String(required=True, description="What was searched for.")
        product_id = graphene.ID(required=True, description="What was opened.")

    permission = anyone
    is_noted = graphene.Boolean(description="That it was noted.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        note_opening(
            words=input.words,
            product_id=input.product_id,
            person_id=viewer.user_id,
            visitor=request.visitor,
            now=now,
        )
        return {"is_noted": True}


class ForgetSearches(Mutation):
    """Throw the viewer's history away, or one line of it."""

    class Input:
        words = graphene.String(description="The line; all of it if not said.")

    permission = signed_in
    history = graphene.List(graphene.NonNull(graphene.String), description="The viewer's history now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        forget_searches(person_id=viewer.id, words=input.words)
        return {"history": kept_searches(person_id=viewer.id)}


class SetSearchHabit(Mutation):
    """Switch the viewer's history or own order on or off."""

    class Input:
        keeps_history = graphene.Boolean(description="Whether searches are kept for the viewer.")
        is_personal = graphene.Boolean(description="Whether finds may stand in the viewer's own order.")

    permission = signed_in
    habit = graphene.Field(SearchHabitType, description="What holds now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        habit = set_search_habit(
            person_id=viewer.id, keeps_history=input.keeps_history, is_personal=input.is_personal, now=now
        )
        return {"habit": habit}


class SaveSynonym(Mutation):
    """Keep that words mean the same."""

    class Input:
        id = graphene.ID(description="The line to change; leave it out for a new one.")
        line = graphene.String(required=True, description="Such as `a = b` or `a > b, c`.")

    errors = (SynonymUnreadable,)
    permission = role("growth")
    synonym = graphene.Field(SynonymType, description="The line as it was kept.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        kept = save_synonym(line=input.line, synonym_id=input.id, actor_id=viewer.id, now=now)
        line = write_line(SynonymLine(tuple(kept.words), tuple(kept.also)))
        return {"synonym": {"id": kept.id, "line": line, "changed_at": kept.changed_at}}


class DeleteSynonym(Mutation):
    """Take a line of synonyms out."""

    class Input:
        id = graphene.ID(required=True, description="The line.")

    permission = role("growth")
    is_deleted = graphene.Boolean(description="That it is gone.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        delete_synonym(synonym_id=input.id)
        return {"is_deleted": True}


class Mutations:
    """What can be told to search."""

    note_search = NoteSearch.field()
    note_opening = NoteOpening.field()
    forget_searches = ForgetSearches.field()
    set_search_habit = SetSearchHabit.field()
    save_synonym = SaveSynonym.field()
    delete_synonym = DeleteSynonym.field()
