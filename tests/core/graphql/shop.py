"""A small shop of its own: the schema on which the base is tested, apart from the real apps."""

from __future__ import annotations

from typing import Any

import graphene

from backend.core.errors import DomainError
from backend.core.graphql import (
    BigInt,
    CacheRule,
    Keyset,
    MoneyType,
    Mutation,
    ObjectType,
    anyone,
    connection,
    connection_field,
    extend,
    object_field,
    query_field,
    role,
    signed_in,
    subscription_field,
)
from backend.core.graphql.joining import CoreQuery

calls: list[str] = []


class SoldOut(DomainError):
    """Nothing is left."""

    message = "Sold out. Choose another."
    left: int


class GoodType(ObjectType):
    """Something for sale."""

    id = graphene.ID(required=True, description="Its id.")
    name = graphene.String(required=True, description="Its name.")
    price = graphene.Field(MoneyType, required=True, description="Its price.")
    is_liked = object_field(graphene.Boolean, lambda root, info: False, personal=True, description="By the viewer.")
    friends = object_field(
        graphene.List(graphene.NonNull(lambda: GoodType)), lambda root, info: rows(10), description="Like it."
    )
    like = connection_field(
        lambda: GoodType, lambda root, info, first, after=None: page(first, after), description="Like it, paged."
    )


def rows(count: int, start: int = 0) -> list[dict[str, Any]]:
    return [{"id": str(n), "n": n, "name": f"good {n}", "price": n * 100} for n in range(start, start + count)]


def page(first: int, after: str | None) -> Any:
    keyset = Keyset("n", first=first, after=after)
    start = keyset.after[0] + 1 if keyset.after else 0
    return keyset.page(rows(min(keyset.limit, 250 - start), start))


def good(root: Any, info: Any, name: str) -> dict[str, Any]:
    calls.append(name)
    if name == "broken":
        raise ZeroDivisionError("a secret of the inside")
    return {"id": "1", "name": name, "price": 1990}


class Query(CoreQuery):
    good = query_field(
        GoodType,
        good,
        permission=anyone,
        public_cache=CacheRule(("good:{name}", "goods")),
        name=graphene.Argument(graphene.String, required=True),
        description="One good.",
    )
    goods = query_field(
        connection(GoodType),
        lambda root, info, first, after=None: page(first, after),
        permission=anyone,
        public_cache=CacheRule(("goods",)),
        description="All goods.",
    )
    by_id = query_field(
        graphene.String,
        lambda root, info, id: type(id).__name__,
        permission=anyone,
        id=graphene.ID(required=True),
        description="What an id becomes.",
    )
    mine = query_field(graphene.String, lambda root, info: "mine", permission=signed_in, description="Mine.")
    secret = query_field(graphene.String, lambda root, info: "s", permission=role("growth"), description="Staff.")
    locale = query_field(
        graphene.String, lambda root, info: info.context.viewer.locale, permission=anyone, description="The language."
    )
    slow = query_field(
        graphene.List(graphene.NonNull(GoodType)), lambda root, info: rows(3), permission=anyone, description="Slow."
    )


class LineInput(graphene.InputObjectType):
    """One line."""

    good_id = graphene.ID(required=True)
    quantity = graphene.Int(required=True)


class BuyGood(Mutation):
    """Buy one good."""

    class Input:
        good_id = graphene.ID(required=True)
        lines = graphene.List(graphene.NonNull(LineInput))
        price = BigInt()
        way = graphene.String()

    errors = (SoldOut,)
    permission = signed_in
    name = graphene.String(description="What was bought.")

    @classmethod
    def perform(cls, viewer: Any, input: Any, now: Any, request: Any) -> dict[str, Any]:
        calls.append("bought")
        match input.way:
            case "sold out":
                raise SoldOut(left=0, field="good_id")
            case "broken":
                raise ZeroDivisionError("a secret of the inside")
        kinds = [type(line.good_id).__name__ for line in input.lines or []]
        return {"name": " ".join([type(input.good_id).__name__, *kinds, str(input.price)])}


class OpenMutation(BuyGood):
    """Buy without an account."""

    permission = anyone


class Mutations:
    buy_good = BuyGood.field()
    buy_openly = OpenMutation.field()


def only_seven(viewer: Any, number: int) -> None:
    if number == 13:
        raise SoldOut(left=13)


def resolve_good_changed(event: Any, info: Any, number: int) -> Any:
    """Pass the event on, and note that it was resolved."""
    calls.append("resolved")
    return event


class Subscriptions:
    good_changed = subscription_field(
        GoodType,
        topic=lambda viewer, number: f"good:{number}",
        authorise=only_seven,
        resolver=resolve_good_changed,
        permission=anyone,
        number=graphene.Int(required=True),
        description="A good changed.",
    )
    mine_changed = subscription_field(
        graphene.String,
        topic=lambda viewer: f"user:{viewer.id}",
        resolver=lambda event, info: event["text"],
        permission=signed_in,
        description="Something of mine changed.",
    )


extend(GoodType, shout=object_field(graphene.String, lambda root, info: root["name"].upper(), description="Louder."))

schema = graphene.Schema(
    query=type("Query", (Query, graphene.ObjectType), {}),
    mutation=type("Mutation", (Mutations, graphene.ObjectType), {}),
    subscription=type("Subscription", (Subscriptions, graphene.ObjectType), {}),
)
