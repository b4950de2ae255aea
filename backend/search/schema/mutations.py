"""What people can tell search, and what the growth team can."""

from datetime import datetime
from typing import Any

import graphene

from backend.core.graphql import DateTime, Mutation, RequestFacts, Viewer, anyone, role, signed_in
from backend.search.actions.associating import fix_association, rule_association
from backend.search.actions.learning import switch_learning
from backend.search.actions.needs import NeedText, reset_need, save_need
from backend.search.actions.placing import note_placement_opened, open_placement, stop_placement
from backend.search.actions.remembering import forget_searches, note_opening, note_search, set_search_habit
from backend.search.actions.synonyms import delete_synonym, save_synonym
from backend.search.errors import NeedUnreadable, PlacementForNothing, PlacementTimeWrong, SynonymUnreadable
from backend.search.rules.synonyms import SynonymLine, write_line
from backend.search.schema.loading import need_row, placement_row
from backend.search.schema.types import NeedKindEnum, NeedType, PlacementType, SearchHabitType, SynonymType
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
        is_as_found = graphene.Boolean(
            description="Whether the list stood by relevance, unfiltered: only then its order learns. Yes if not said."
        )

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
            is_as_found=input.get("is_as_found") is not False,
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


class SaveNeed(Mutation):
    """Keep what answers a need."""

    class Input:
        code = graphene.String(description="The need to change; leave it out for a new one.")
        kind = graphene.Argument(NeedKindEnum, required=True, description="What kind of need it is.")
        says = graphene.List(
            graphene.NonNull(graphene.String),
            required=True,
            description="The ways to say it; “…” stands for a few signs or words between.",
        )
        finds = graphene.List(
            graphene.NonNull(graphene.String), required=True, description="The words that answer it, the best first."
        )
        shelves = graphene.List(
            graphene.NonNull(graphene.String), required=True, description="Shelves of which everything answers it."
        )
        attributes = graphene.List(
            graphene.NonNull(graphene.String), required=True, description="Attributes that answer it, as `key=value`."
        )
        is_on = graphene.Boolean(required=True, description="Whether search knows of it.")

    errors = (NeedUnreadable,)
    permission = role("growth")
    need = graphene.Field(NeedType, description="The need as it was kept.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        text = NeedText(
            kind=input.kind.value,
            says=input.says,
            finds=input.finds,
            shelves=input.shelves,
            attributes=input.attributes,
            is_on=input.is_on,
        )
        kept = save_need(text=text, code=input.get("code"), actor_id=viewer.id, now=now)
        return {"need": need_row(kept)}


class ResetNeed(Mutation):
    """Take back what the staff wrote of a need."""

    class Input:
        code = graphene.String(required=True, description="The need.")

    permission = role("growth")
    is_reset = graphene.Boolean(description="That it is as it was shipped, or gone.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        reset_need(code=input.code)
        return {"is_reset": True}


class RuleAssociation(Mutation):
    """Show what was learnt from what people searched for next no longer, or again."""

    class Input:
        id = graphene.ID(required=True, description="What was learnt.")
        is_on = graphene.Boolean(required=True, description="Whether it is shown.")

    permission = role("growth")
    is_on = graphene.Boolean(description="Whether it is shown now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        rule_association(association_id=input.id, is_on=input.is_on, actor_id=viewer.id, now=now)
        return {"is_on": input.is_on}


class FixAssociation(Mutation):
    """Make a line of synonyms of what was learnt, so that it holds whatever people do."""

    class Input:
        id = graphene.ID(required=True, description="What was learnt.")

    errors = (SynonymUnreadable,)
    permission = role("growth")
    synonym = graphene.Field(SynonymType, description="The line.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        kept = fix_association(association_id=input.id, actor_id=viewer.id, now=now)
        line = write_line(SynonymLine(tuple(kept.words), tuple(kept.also)))
        return {"synonym": {"id": kept.id, "line": line, "changed_at": kept.changed_at}}


class SwitchLearning(Mutation):
    """Let the order of finds learn from what people open, or stop it and forget what was learnt."""

    class Input:
        is_on = graphene.Boolean(required=True, description="Whether the order learns.")

    permission = role("growth")
    is_on = graphene.Boolean(description="Whether the order learns now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        return {"is_on": switch_learning(is_on=input.is_on, actor_id=viewer.id, now=now).is_on}


class OpenPlacement(Mutation):
    """Show a product, marked, among the finds for some words or a shelf."""

    class Input:
        product_id = graphene.ID(required=True, description="The product.")
        words = graphene.List(
            graphene.NonNull(graphene.String), required=True, description="For searches that contain one of these."
        )
        category = graphene.String(description="Also where the best find stands on this shelf, by slug.")
        starts_at = graphene.InputField(DateTime, required=True, description="From when.")
        ends_at = graphene.InputField(DateTime, required=True, description="Until when, at most a year later.")
        openings_limit = graphene.Int(description="After how many openings it ends; leave it out for no limit.")

    errors = (PlacementForNothing, PlacementTimeWrong)
    permission = role("growth")
    placement = graphene.Field(PlacementType, description="The placement.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        limit = input.get("openings_limit")
        opened = open_placement(
            product_id=input.product_id,
            words=input.words,
            category_slug=input.get("category"),
            starts_at=input.starts_at,
            ends_at=input.ends_at,
            openings_limit=max(1, limit) if limit is not None else None,
            actor_id=viewer.id,
            now=now,
        )
        return {"placement": placement_row(opened, now=now)}


class StopPlacement(Mutation):
    """Show a product no longer among the finds, for good."""

    class Input:
        id = graphene.ID(required=True, description="The placement.")

    permission = role("growth")
    placement = graphene.Field(PlacementType, description="The placement.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        return {"placement": placement_row(stop_placement(placement_id=input.id, now=now), now=now)}


class NotePlacementOpened(Mutation):
    """Say that a placement was opened. It counts once a day for each person, and the order of finds learns nothing."""

    class Input:
        id = graphene.ID(required=True, description="The placement.")

    permission = anyone
    is_noted = graphene.Boolean(description="Whether it counted.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        is_noted = note_placement_opened(
            placement_id=input.id, person_id=viewer.user_id, visitor=request.visitor, now=now
        )
        return {"is_noted": is_noted}


class Mutations:
    """What can be told to search."""

    note_search = NoteSearch.field()
    note_opening = NoteOpening.field()
    forget_searches = ForgetSearches.field()
    set_search_habit = SetSearchHabit.field()
    save_synonym = SaveSynonym.field()
    delete_synonym = DeleteSynonym.field()
    save_need = SaveNeed.field()
    reset_need = ResetNeed.field()
    rule_association = RuleAssociation.field()
    fix_association = FixAssociation.field()
    switch_learning = SwitchLearning.field()
    open_placement = OpenPlacement.field()
    stop_placement = StopPlacement.field()
    note_placement_opened = NotePlacementOpened.field()
