"""What can be asked about help."""

from typing import Any

import graphene

from backend.core.errors import NotFound
from backend.core.graphql import CacheRule, Page, anyone, connection, query_field, role, signed_in
from backend.support.models import HelpArticle, Ticket
from backend.support.schema.types import (
    HelpArticleType,
    HelpDraftType,
    HelpFiguresType,
    HelpRevisionType,
    TicketType,
    remember_tickets,
)
from backend.support.selectors import articles, tickets

DESK = role("support")


def resolve_article(root: Any, info: Any, slug: str) -> HelpArticle | None:
    """A published article."""
    try:
        return articles.visible_article(slug=slug)
    except NotFound:
        return None


def resolve_articles(root: Any, info: Any, words: str | None = None) -> list[HelpArticle]:
    """Everything, or what fits some words."""
    if words and words.strip():
        return articles.found_articles(words=words, now=info.context.now)
    return list(articles.published_articles())


def resolve_ticket(root: Any, info: Any, id: Any) -> Ticket | None:
    """A ticket of the viewer, or any for the desk."""
    viewer = info.context.viewer
    try:
        return tickets.visible_ticket(
            ticket_id=id, viewer_id=viewer.id, sees_all=bool(viewer.roles & {"support", "admin"})
        )
    except NotFound:
        return None


def resolve_desk(root: Any, info: Any, first: int, after: str | None = None, view: str | None = None) -> Page:
    """One page of the desk."""
    page = tickets.desk_tickets(
        view=view or "open", agent_id=info.context.viewer.id, first=first, after=after, now=info.context.now
    )
    remember_tickets(info, page.nodes)
    return page


class Query:
    """The root fields of help."""

    help_articles = query_field(
        graphene.List(graphene.NonNull(HelpArticleType)),
        resolve_articles,
        permission=anyone,
        public_cache=CacheRule(("help",)),
        required=True,
        size=40,
        words=graphene.String(description="What is asked; everything if not said."),
        description="The help centre: all articles in order, or those that fit some words best.",
    )
    help_article = query_field(
        HelpArticleType,
        resolve_article,
        permission=anyone,
        slug=graphene.String(required=True, description="Its name in addresses."),
        description="A published article.",
    )
    ticket = query_field(
        TicketType,
        resolve_ticket,
        permission=signed_in,
        id=graphene.ID(required=True, description="The ticket's id."),
        description="A ticket of the viewer, or any for the desk; nothing for strangers.",
    )
    help_desk = query_field(
        connection(TicketType),
        resolve_desk,
        permission=DESK,
        view=graphene.String(description="open, mine, answered, closed or suggestions."),
        description="Tickets for the desk; those that wait by the time that was promised.",
    )
    help_figures = query_field(
        HelpFiguresType,
        lambda root, info: tickets.desk_figures(agent_id=info.context.viewer.id, now=info.context.now),
        permission=DESK,
        required=True,
        description="What waits, what is late, and how long the first answer takes.",
    )
    help_drafts = query_field(
        graphene.List(graphene.NonNull(HelpDraftType)),
        lambda root, info: list(articles.all_articles()),
        permission=DESK,
        required=True,
        size=40,
        description="Every article with all its languages, for the desk.",
    )
    help_revisions = query_field(
        graphene.List(graphene.NonNull(HelpRevisionType)),
        lambda root, info, id: articles.revisions_of(article_id=id),
        permission=DESK,
        required=True,
        size=10,
        id=graphene.ID(required=True, description="The article's id."),
        description="The versions of an article, the newest first.",
    )
