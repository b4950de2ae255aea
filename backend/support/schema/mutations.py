"""What can be done in the help centre, and at its desk."""

from datetime import datetime
from typing import Any

import graphene

from backend.core.errors import InvalidInput
from backend.core.graphql import JSON, DateTime, Mutation, RequestFacts, Viewer, anyone, bump, role, signed_in
from backend.support import actions, errors
from backend.support.schema.types import (
    HelpArticleType,
    HelpDraftType,
    HelpSectionEnum,
    HelpWayEnum,
    TicketKindEnum,
    TicketNatureEnum,
    TicketType,
)

DESK = role("support")


def plain(value: Any) -> str:
    """The name of an enum's value."""
    return str(getattr(value, "value", value))


def texts(value: Any, field: str) -> Any:
    """A text in each language.

    Raises: InvalidInput.
    """
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise InvalidInput(field)
    return value


def lists(value: Any, field: str) -> Any:
    """Some texts in each language.

    Raises: InvalidInput.
    """
    if not isinstance(value, dict) or not all(isinstance(each, list) for each in value.values()):
        raise InvalidInput(field)
    if not all(isinstance(text, str) for each in value.values() for text in each):
        raise InvalidInput(field)
    return value


class RateHelpArticle(Mutation):
    """Say whether an article helped."""

    class Input:
        article_id = graphene.ID(required=True, description="The article.")
        is_helpful = graphene.Boolean(required=True, description="Whether it did.")

    permission = anyone
    article = graphene.Field(HelpArticleType, description="The article.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Note it."""
        voter = str(viewer.user_id or request.visitor or "")
        article = actions.rate_article(article_id=input.article_id, voter=voter, is_helpful=input.is_helpful, now=now)
        return {"article": article}


class OpenTicket(Mutation):
    """Ask staff something."""

    class Input:
        kind = graphene.InputField(TicketKindEnum, required=True, description="What is wanted.")
        nature = graphene.InputField(TicketNatureEnum, required=True, description="What it is about.")
        words = graphene.String(required=True, description="What happened, at least five letters.")
        order_id = graphene.ID(description="The order it is about.")
        idempotency_key = graphene.ID(required=True, description="Made by the client; a repeat answers the first time.")

    errors = (errors.TooManyTickets,)
    permission = signed_in
    ticket = graphene.Field(TicketType, description="The ticket, with the time by which it is answered.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Ask."""
        ticket = actions.open_ticket(
            person_id=viewer.id,
            kind=plain(input.kind),
            nature=plain(input.nature),
            words=input.words,
            order_id=input.order_id,
            idempotency_key=input.idempotency_key,
            now=now,
        )
        return {"ticket": ticket}


class WriteToTicket(Mutation):
    """Add to one's own question."""

    class Input:
        ticket_id = graphene.ID(required=True, description="The ticket.")
        words = graphene.String(required=True, description="What to add.")

    errors = (errors.TicketClosed,)
    permission = signed_in
    ticket = graphene.Field(TicketType, description="The ticket.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Add it."""
        ticket = actions.write_to_ticket(ticket_id=input.ticket_id, person_id=viewer.id, words=input.words, now=now)
        return {"ticket": ticket}


class CloseTicket(Mutation):
    """Say that one's own question is solved."""

    class Input:
        ticket_id = graphene.ID(required=True, description="The ticket.")

    permission = signed_in
    ticket = graphene.Field(TicketType, description="The ticket.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Close it."""
        return {"ticket": actions.close_ticket(ticket_id=input.ticket_id, person_id=viewer.id, now=now)}


class RateTicket(Mutation):
    """Say how one's own question was answered."""

    class Input:
        ticket_id = graphene.ID(required=True, description="The ticket.")
        rating = graphene.Int(required=True, description="From 1 to 5.")

    errors = (errors.NotAnsweredYet, errors.RatedAlready)
    permission = signed_in
    ticket = graphene.Field(TicketType, description="The ticket.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Note it."""
        return {"ticket": actions.rate_ticket(ticket_id=input.ticket_id, person_id=viewer.id, rating=input.rating)}


class TakeDuty(Mutation):
    """Take new questions for some hours, or no more of them."""

    class Input:
        is_on = graphene.Boolean(required=True, description="Whether to take them.")

    permission = DESK
    until = graphene.Field(DateTime, description="Until when; empty when off duty.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Come or go."""
        if input.is_on:
            return {"until": actions.go_on_duty(agent_id=viewer.id, now=now).until}
        actions.go_off_duty(agent_id=viewer.id, now=now)
        return {"until": None}


class AnswerTicket(Mutation):
    """Answer somebody."""

    class Input:
        ticket_id = graphene.ID(required=True, description="The ticket.")
        words = graphene.String(required=True, description="The answer.")
        closes = graphene.Boolean(description="Whether nothing is left to do.")

    errors = (errors.TicketClosed, errors.OwnTicket)
    permission = DESK
    ticket = graphene.Field(TicketType, description="The ticket.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Answer."""
        ticket = actions.answer_ticket(
            ticket_id=input.ticket_id, agent_id=viewer.id, words=input.words, closes=bool(input.closes), now=now
        )
        return {"ticket": ticket}


class AdoptSuggestion(Mutation):
    """Take a suggestion up, and thank for it."""

    class Input:
        ticket_id = graphene.ID(required=True, description="The ticket.")

    errors = (errors.NotASuggestion, errors.OwnTicket)
    permission = DESK
    ticket = graphene.Field(TicketType, description="The ticket.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Adopt it."""
        return {"ticket": actions.adopt_suggestion(ticket_id=input.ticket_id, agent_id=viewer.id, now=now)}


class SaveHelpArticle(Mutation):
    """Write an article, or a new version of one."""

    class Input:
        id = graphene.ID(description="The article; leave it out for a new one.")
        seen_version = graphene.Int(description="The version that was changed.")
        slug = graphene.String(required=True, description="Its name in addresses: small letters, digits, hyphens.")
        section = graphene.InputField(HelpSectionEnum, required=True, description="What it is about.")
        way = graphene.InputField(HelpWayEnum, required=True, description="Where it can be done at once.")
        title = graphene.InputField(JSON, required=True, description="The question in each language.")
        body = graphene.InputField(JSON, required=True, description="The answer in each language.")
        phrases = graphene.InputField(JSON, required=True, description="How people ask for it, in each language.")
        is_published = graphene.Boolean(required=True, description="Whether shoppers see it.")

    errors = (errors.ArticleChanged, errors.SlugTaken)
    permission = DESK
    article = graphene.Field(HelpDraftType, description="The article.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Save it, and let shared answers be made anew."""
        text = actions.ArticleText(
            slug=input.slug,
            section=plain(input.section),
            way=plain(input.way),
            title=texts(input.title, "title"),
            body=texts(input.body, "body"),
            phrases=lists(input.phrases, "phrases"),
            is_published=input.is_published,
        )
        article = actions.save_article(
            article_id=input.id, seen_version=input.seen_version, text=text, editor_id=viewer.id, now=now
        )
        bump("help")
        return {"article": article}


class Mutations:
    """The mutations of help."""

    rate_help_article = RateHelpArticle.field()
    open_ticket = OpenTicket.field()
    write_to_ticket = WriteToTicket.field()
    close_ticket = CloseTicket.field()
    rate_ticket = RateTicket.field()
    take_duty = TakeDuty.field()
    answer_ticket = AnswerTicket.field()
    adopt_suggestion = AdoptSuggestion.field()
    save_help_article = SaveHelpArticle.field()
