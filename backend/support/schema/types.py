"""Types of help, and what they add to the viewer and to searching."""

from typing import Any

import graphene

from backend.accounts.schema.types import PersonType, ViewerType
from backend.accounts.selectors import public_people
from backend.core.graphql import JSON, DateTime, ObjectType, connection_field, extend, object_field
from backend.core.languages import translate
from backend.orders.schema.types import OrderType
from backend.search.schema.types import SearchType
from backend.support.models import HelpSection, HelpWay, Severity, TicketKind, TicketNature, TicketState
from backend.support.selectors import articles, tickets


def _enum(name: str, choices: Any, description: str) -> Any:
    return graphene.Enum(name, [(each.value, each.value) for each in choices], description=description)


HelpSectionEnum = _enum("HelpSection", HelpSection, "What an article is about.")
HelpWayEnum = _enum("HelpWay", HelpWay, "Where the reader can do at once what an article is about.")
TicketKindEnum = _enum("TicketKind", TicketKind, "What somebody wants of us.")
TicketNatureEnum = _enum("TicketNature", TicketNature, "What a ticket is about.")
SeverityEnum = _enum("TicketSeverity", Severity, "How pressing a ticket is.")
TicketStateEnum = _enum("TicketState", TicketState, "Whose turn it is.")


def in_language(name: str) -> Any:
    """A translated column in the reader's language."""
    return lambda row, info: translate(getattr(row, name), info.context.viewer.locale)


def summary(row: Any, info: Any) -> str:
    """The first line of an article."""
    return translate(row.body, info.context.viewer.locale).partition("\n")[0]


def voter_of(info: Any) -> str:
    """Who says whether an article helped: a person, or a browser."""
    return str(info.context.viewer.user_id or info.context.request.visitor or "")


def remember_tickets(info: Any, shown: Any) -> None:
    """Note which tickets one answer shows, so that what belongs to them is read together."""
    info.context.loaders.setdefault("support.page", {}).update({each.id: each for each in shown})


def messages_in(row: Any, info: Any) -> Any:
    remember_tickets(info, [row])
    loaded = info.context.loaders.setdefault("support.messages", {})
    if row.id not in loaded:
        wanted = [each for each in info.context.loaders["support.page"] if each not in loaded]
        loaded.update({each: [] for each in wanted})
        loaded.update(tickets.messages_of(wanted))
    return loaded[row.id]


def person_of(row: Any, info: Any) -> Any:
    remember_tickets(info, [row])
    people = info.context.loaders.setdefault("support.people", {})
    if row.person_id not in people:
        people.update(public_people(each.person_id for each in info.context.loaders["support.page"].values()))
    return people.get(row.person_id)


def agent_of(row: Any, info: Any) -> Any:
    if row.agent_id is None or not info.context.viewer.roles & {"support", "admin"}:
        return None
    remember_tickets(info, [row])
    agents = info.context.loaders.setdefault("support.agents", {})
    if row.agent_id not in agents:
        shown = info.context.loaders["support.page"].values()
        agents.update(public_people(each.agent_id for each in shown if each.agent_id))
    return agents.get(row.agent_id)


class HelpArticleType(ObjectType):
    """One answer of the help centre."""

    id = graphene.ID(required=True, description="The article's id.")
    slug = graphene.String(required=True, description="Its name in addresses.")
    section = graphene.Field(HelpSectionEnum, required=True, description="What it is about.")
    way = graphene.Field(HelpWayEnum, required=True, description="Where it can be done at once.")
    title = object_field(graphene.String, in_language("title"), required=True, description="The question.")
    body = object_field(graphene.String, in_language("body"), required=True, description="The answer, line by line.")
    summary = object_field(graphene.String, summary, required=True, description="Its first line.")
    helpful_count = graphene.Int(required=True, description="How many readers it helped.")
    changed_at = graphene.Field(DateTime, required=True, description="When it was last written.")
    my_vote = object_field(
        graphene.Boolean,
        lambda row, info: articles.vote_of(article_id=row.id, voter=voter_of(info)),
        personal=True,
        description="Whether it helped the viewer; empty if nothing was said.",
    )
    orders = object_field(
        graphene.List(graphene.NonNull(OrderType)),
        lambda row, info: (
            tickets.orders_for_way(way=row.way, buyer_id=info.context.viewer.id, now=info.context.now)
            if info.context.viewer.is_signed_in
            else []
        ),
        required=True,
        personal=True,
        size=3,
        description="The viewer's own orders with which it can be done, the latest first; at most three.",
    )


class HelpDraftType(ObjectType):
    """An article as the desk sees it: every language at once."""

    id = graphene.ID(required=True, description="The article's id.")
    slug = graphene.String(required=True, description="Its name in addresses.")
    section = graphene.Field(HelpSectionEnum, required=True, description="What it is about.")
    way = graphene.Field(HelpWayEnum, required=True, description="Where it can be done at once.")
    title = graphene.Field(JSON, required=True, description="The question in each language.")
    body = graphene.Field(JSON, required=True, description="The answer in each language.")
    phrases = graphene.Field(JSON, required=True, description="How people ask for it, in each language.")
    is_published = graphene.Boolean(required=True, description="Whether shoppers see it.")
    version = graphene.Int(required=True, description="The number of its latest version.")
    helpful_count = graphene.Int(required=True, description="How many readers it helped.")
    unhelpful_count = graphene.Int(required=True, description="How many it did not.")
    changed_at = graphene.Field(DateTime, required=True, description="When it was last written.")


class HelpRevisionType(ObjectType):
    """One version of an article."""

    version = graphene.Int(required=True, description="Its number.")
    title = graphene.Field(JSON, required=True, description="The question in each language.")
    body = graphene.Field(JSON, required=True, description="The answer in each language.")
    changed_at = graphene.Field(DateTime, required=True, description="When it was written.")


class TicketMessageType(ObjectType):
    """One thing that was said in a ticket."""

    id = graphene.ID(required=True, description="Its id.")
    is_from_staff = graphene.Boolean(required=True, description="Whether staff said it.")
    words = graphene.String(required=True, description="What was said.")
    at = graphene.Field(DateTime, required=True, description="When.")


class TicketType(ObjectType):
    """Something that somebody asked of staff."""

    id = graphene.ID(required=True, description="The ticket's id.")
    number = graphene.String(required=True, description="Its number, to be read aloud.")
    kind = graphene.Field(TicketKindEnum, required=True, description="What is wanted.")
    nature = graphene.Field(TicketNatureEnum, required=True, description="What it is about.")
    severity = graphene.Field(SeverityEnum, required=True, description="How pressing it is.")
    state = graphene.Field(TicketStateEnum, required=True, description="Whose turn it is.")
    opened_at = graphene.Field(DateTime, required=True, description="When it was asked.")
    due_at = graphene.Field(DateTime, required=True, description="Until when an answer is promised.")
    answered_at = graphene.Field(DateTime, description="When it was first answered.")
    adopted_at = graphene.Field(DateTime, description="When a suggestion was taken up.")
    is_late = object_field(
        graphene.Boolean,
        lambda row, info: row.state == TicketState.OPEN and row.due_at < info.context.now,
        required=True,
        description="Whether the promised time has passed.",
    )
    order_id = graphene.ID(description="The order it is about.")
    order_number = object_field(
        graphene.String, lambda row, info: row.order.number if row.order else None, description="That order's number."
    )
    person = object_field(PersonType, person_of, description="Who asked; for the viewer's own it is oneself.")
    rating = graphene.Int(description="How the person found the answer, from 1 to 5.")
    agent = object_field(
        PersonType, agent_of, personal=True, description="Who of the desk has it; only the desk sees it."
    )
    messages = object_field(
        graphene.List(graphene.NonNull(TicketMessageType)),
        messages_in,
        required=True,
        size=10,
        description="What was said, in order.",
    )


class HelpFiguresType(ObjectType):
    """How the desk does."""

    open = graphene.Int(required=True, description="How many wait for an answer.")
    late = graphene.Int(required=True, description="How many are past their promised time.")
    answered = graphene.Int(required=True, description="How many have been answered.")
    first_answer_minutes = graphene.Int(description="The mean time to the first answer, in minutes.")
    mine = graphene.Int(required=True, description="How many of those that wait are the viewer's.")
    on_duty_until = graphene.Field(DateTime, description="Until when the viewer takes new questions.")
    on_duty_count = graphene.Int(required=True, description="How many people take new questions now.")


def _own_tickets(root: Any, info: Any, first: int, after: str | None = None) -> Any:
    page = tickets.tickets_of(person_id=info.context.viewer.id, first=first, after=after)
    remember_tickets(info, page.nodes)
    return page


extend(
    ViewerType,
    tickets=connection_field(
        TicketType, _own_tickets, personal=True, description="What the viewer asked of staff, the newest first."
    ),
)
extend(
    SearchType,
    articles=object_field(
        graphene.List(graphene.NonNull(HelpArticleType)),
        lambda row, info: articles.sure_answers(words=row["words"], now=info.context.now) if row["is_first"] else [],
        required=True,
        size=2,
        weight=3,
        description="Help articles that surely answer what was typed, on the first page; most often none.",
    ),
)
