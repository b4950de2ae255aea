"""Who gets what: every root field and every personal field, asked as everybody about the owner's things.

The table beside this file is made from the schema and reviewed by people. A field that is not in it fails, and so does
an answer that differs. After a change: look at the difference, run with UPDATE_PERMISSIONS=1, and commit the table.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graphql import GraphQLObjectType, get_named_type, is_leaf_type

from backend.accounts.selectors import roles_of
from backend.core.errors import DomainError
from backend.core.graphql.joining import facts_of, installed_schema
from backend.core.graphql.subscriptions import SubscriptionField
from backend.core.graphql.viewer import Viewer
from tests.core.graphql.walking import ROOTS, root_fields
from tests.security.asking import Asker, body, codes, outcome, refill, shown
from tests.security.world import ROLES, World, arguments_of

TABLE = Path(__file__).with_name("matrix.txt")
SHORT = {"SIGN_IN_REQUIRED": "sign-in", "NOT_ALLOWED": "forbidden", "NOT_FOUND": "not-found"}
# How each type with personal fields is reached: the way down from the root, and what it is asked with.
WAYS: dict[str, tuple[str, str, str]] = {
    "AfterSaleCase": ("afterSaleCase(id: $id)", "", "sale_fresh"),
    "AfterSaleDesk": ("afterSaleCase(id: $id)", "desk { % }", "sale_fresh"),
    "AfterSaleEvent": ("afterSaleCase(id: $id)", "history { % }", "sale_fresh"),
    "AgentAbsence": ("agentAbsences", "", ""),
    "Answer": ("question(id: $id)", "answers { % }", "question"),
    "Campaign": ("campaign(id: $id)", "", "draft"),
    "Cart": ("cart", "", ""),
    "Collaboration": ("viewer", "creator { collaborations { edges { node { % } } } }", ""),
    "Comment": ("post(id: $id)", "comments { edges { node { % } } }", "limited"),
    "Contest": ("contest(id: $id)", "", "contest"),
    "ContestEntry": ("contest(id: $id)", "entries { edges { node { % } } }", "contest"),
    "CouponOffer": ("productCoupons(productId: $id)", "", "product"),
    "CreatorApplication": ("creatorApplications", "edges { node { % } }", ""),
    "CreatorCentre": ("viewer", "creator { % }", ""),
    "CreatorStatement": ("creatorStatement(id: $id)", "", "creator_statement"),
    "Decision": ("moderationCase(id: $id)", "decisions { % }", "past_case"),
    "DrawEntry": ("draw(id: $id)", "entries { % }", "drawn_group"),
    "Grant": ("pointGrants", "", ""),
    "Group": ("group(id: $id)", "", "group"),
    "HelpArticle": ('helpArticle(slug: "return")', "", ""),
    "InviteCentre": ("viewer", "invites { % }", ""),
    "KnowledgeEntry": ("afterSaleCase(id: $id)", "desk { knowledge { % } }", "sale_fresh"),
    "Lease": ("moderationCase(id: $id)", "lease { % }", "case"),
    "MallDeskItem": ("mallDesk", "", ""),
    "MallItem": ("mallItems", "", ""),
    "Order": ("order(id: $id)", "", "order"),
    "OrderProtection": ("orderProtection(orderId: $id)", "", "order"),
    "Payment": ("order(id: $id)", "payment { % }", "order"),
    "PaymentProvider": ("paymentProviders", "", ""),
    "PayoutBatch": ("payoutBatches", "edges { node { % } }", ""),
    "Person": ("post(id: $id)", "author { % }", "post"),
    "Picks": ("picks", "", ""),
    "PointsAccount": ("viewer", "points { % }", ""),
    "Post": ("post(id: $id)", "", "limited"),
    "Product": ("product(slug: $id)", "", "slug:product"),
    "Profile": ("profile(id: $id)", "", "owner"),
    "Question": ("question(id: $id)", "", "question"),
    "Quote": ("quote(input: $id)", "", "input:quote"),
    "Review": ("review(id: $id)", "", "review"),
    "Revision": ("revision(id: $id)", "", "key"),
    "Room": ("room(id: $id)", "", "room"),
    "Search": ("search(query: $id)", "", "slug:product"),
    "Seat": ("group(id: $id)", "seats { % }", "group"),
    "Shipment": ("order(id: $id)", "shipments { % }", "shipped"),
    "StockMovement": ("stockMovements(variantId: $id)", "edges { node { % } }", "variant"),
    "Ticket": ("ticket(id: $id)", "", "ticket"),
    "Topic": ("topic(slug: $id)", "", "slug:topic"),
    "Viewer": ("viewer", "", ""),
    "Wallet": ("viewer", "wallet { % }", ""),
}


def test_everybody_gets_what_was_reviewed(asker: Asker) -> None:
    lines = [*root_lines(asker), *object_lines(asker)]
    table = "\n".join([line("", ROLES), *sorted(lines)]) + "\n"

    if os.environ.get("UPDATE_PERMISSIONS"):
        TABLE.write_text(table)

    assert table == TABLE.read_text()
    assert "internal" not in table


def root_lines(asker: Asker) -> Iterator[str]:
    for root, name, facts in root_fields():
        given = arguments_of(asker.world, root, name)
        if isinstance(facts, SubscriptionField):
            cells = [opened(facts, viewer_of(asker.world, who), given) for who in ROLES]
        else:
            cells = [outcome(asker.ask(who, root, name, given)) for who in ROLES]
        yield line(f"{root}.{name}", cells)
    refill()


def object_lines(asker: Asker) -> Iterator[str]:
    for type_name, fields in personal_fields().items():
        head, below, thing = WAYS[type_name]
        inner = " ".join(
            name if is_leaf_type(named(type_name, name)) else f"{name} {{ __typename }}" for name in fields
        )
        asked = below.replace("%", inner) if below else inner
        kind = {"slug": "String!", "input": "QuoteInput!"}.get(thing.partition(":")[0], "ID!")
        text = f"query {f'($id: {kind})' if thing else ''} {{ {head} {{ {asked} }} }}"
        variables = {"id": thing_of(asker.world, thing)} if thing else {}
        answers = [asker.world.apis[who].post(body(text, variables)).json for who in ROLES]
        for name in fields:
            yield line(f"{type_name}.{name}", [found(answer, name) for answer in answers])


def personal_fields() -> dict[str, list[str]]:
    """Every object field that depends on the viewer or has a permission of its own, by type."""
    fields: dict[str, list[str]] = {}
    for type_name, type_ in installed_schema().type_map.items():
        if isinstance(type_, GraphQLObjectType) and type_name not in ROOTS:
            for name in type_.fields:
                if (facts := facts_of(type_, name)) is not None and (facts.personal or facts.permission):
                    fields.setdefault(type_name, []).append(name)
    return fields


def named(type_name: str, field: str) -> Any:
    type_: Any = installed_schema().get_type(type_name)
    return get_named_type(type_.fields[field].type)


def thing_of(world: World, thing: str) -> Any:
    if thing.startswith("input:"):
        return arguments_of(world, "Query", "quote")["input"]
    return world.slugs[thing.removeprefix("slug:")] if thing.startswith("slug:") else world.ids[thing]


def viewer_of(world: World, who: str) -> Viewer:
    if who == "nobody":
        return Viewer()
    person = world.people[who].id
    return Viewer(user_id=person, roles=frozenset(roles_of(person)))


def opened(facts: SubscriptionField, viewer: Viewer, given: dict[str, Any]) -> str:
    try:
        facts.open(viewer, dict(given))
    except DomainError as refused:
        return refused.code
    return "some"


def found(answer: dict[str, Any], field: str) -> str:
    """The first value of the field, wherever it is in the answer."""
    if refused := codes(answer):
        return refused[0]
    waiting: list[Any] = [answer["data"]]
    while waiting:
        current = waiting.pop(0)
        if isinstance(current, dict):
            if field in current:
                return shown(current[field])
            waiting.extend(current.values())
        elif isinstance(current, list):
            waiting.extend(current)
    return "nothing"


def line(name: str, cells: Any) -> str:
    shortened = [SHORT.get(cell, cell).lower().replace("_", "-") for cell in cells]
    return (f"{name:<36}" + "".join(f"{cell:<20}" for cell in shortened)).rstrip()
