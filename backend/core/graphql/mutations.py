"""Mutations: one input, one payload, and the refusals that the action behind it declares."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, ClassVar

import graphene
from graphene.types.utils import get_field_as

from backend.core.errors import (
    DomainError,
    InvalidInput,
    KeyReused,
    NotAllowed,
    NotFound,
    SignInRequired,
    TooManyRequests,
    camel,
)
from backend.core.graphql.fields import ApiField
from backend.core.graphql.identifiers import Convert, converter_of
from backend.core.graphql.permissions import Permission
from backend.core.graphql.scalars import JSON, ObjectType, sentence

ALWAYS_POSSIBLE: tuple[type[DomainError], ...] = (
    SignInRequired,
    NotAllowed,
    NotFound,
    InvalidInput,
    KeyReused,
    TooManyRequests,
)


class Mutation:
    """Base of every mutation.

    A subclass gives `class Input`, `errors`, `permission`, the fields of its payload, and
    `perform(cls, viewer, input, now, request)`, which calls one action and returns the payload as a dict.
    It is mounted with `join_group = JoinGroup.field()`.
    """

    Input: ClassVar[type]
    errors: ClassVar[tuple[type[DomainError], ...]] = ()
    permission: ClassVar[Permission]
    weight: ClassVar[int] = 10
    perform: ClassVar[Callable[..., Any]]
    made: ClassVar["MadeTypes"]

    def __init_subclass__(cls, *, abstract: bool = False, **options: Any) -> None:
        """Make the input, the error and the payload types of the mutation."""
        super().__init_subclass__(**options)
        if abstract:
            return
        for needed in ("Input", "permission", "perform"):
            if not hasattr(cls, needed):
                raise TypeError(f"{cls.__name__} needs {needed}")
        cls.made = MadeTypes(cls)

    @classmethod
    def declared(cls) -> tuple[type[DomainError], ...]:
        """Every refusal that the payload may carry."""
        return (*cls.errors, *(error for error in ALWAYS_POSSIBLE if error not in cls.errors))

    @classmethod
    def field(cls) -> ApiField:
        """Mount the mutation."""
        return MutationField(
            cls.made.payload,
            mutation=cls,
            permission=cls.permission,
            args={"input": graphene.Argument(cls.made.input, required=True, description="What is asked for.")},
            resolver=_resolver(cls),
            required=True,
            description=sentence(cls.__doc__, cls.__name__),
            weight=cls.weight,
            raises=cls.declared(),
        )


class MutationField(ApiField):
    """A mutation's field: its checks are answered in the payload, so the resolver makes them itself."""

    def __init__(self, type_: Any, *, mutation: type[Mutation], **options: Any) -> None:
        super().__init__(type_, **options)
        self.mutation = mutation

    def wrap_resolve(self, parent_resolver: Callable[..., Any]) -> Callable[..., Any]:
        """Give the resolver as it is."""
        return self.resolver or parent_resolver


class MadeTypes:
    """The GraphQL types of one mutation."""

    def __init__(self, mutation: type[Mutation]) -> None:
        self.mutation = mutation
        self.name = mutation.__name__
        self.fields = _payload_fields(mutation)

    @cached_property
    def input(self) -> type[graphene.InputObjectType]:
        """The one input."""
        attributes = {name: value for name, value in vars(self.mutation.Input).items() if not name.startswith("__")}
        attributes["__doc__"] = f"What {camel_name(self.name)} is asked for."
        return type(f"{self.name}Input", (graphene.InputObjectType,), attributes)

    @cached_property
    def convert(self) -> Convert:
        """Turn the ids of an input into UUIDs."""
        return converter_of(self.input) or (lambda value: value)

    @cached_property
    def code(self) -> Any:
        """The codes of the refusals."""
        described = {error.error_code(): sentence(error.__doc__, error.__name__) for error in self.mutation.declared()}
        return graphene.Enum(
            f"{self.name}ErrorCode",
            [(code, code) for code in described],
            description=lambda value: described[value.value] if value else f"Why {camel_name(self.name)} was refused.",
        )

    @cached_property
    def error(self) -> type[ObjectType]:
        """One refusal."""
        return type(
            f"{self.name}Error",
            (ObjectType,),
            {
                "__doc__": f"Why {camel_name(self.name)} was refused.",
                "code": graphene.Field(self.code, required=True, description="The name of the refusal."),
                "message": graphene.String(required=True, description="What to tell the person, and the way out."),
                "field": graphene.String(description="The input that was refused, where there is one."),
                "details": graphene.Field(JSON, description="Further data of this refusal."),
            },
        )

    @cached_property
    def payload(self) -> type[ObjectType]:
        """What the mutation answers."""
        return type(
            f"{self.name}Payload",
            (ObjectType,),
            {
                "__doc__": f"What {camel_name(self.name)} answers.",
                **self.fields,
                "errors": graphene.List(
                    graphene.NonNull(self.error),
                    required=True,
                    description="The refusals; empty when it was done.",
                ),
            },
        )


def camel_name(name: str) -> str:
    """Turn `JoinGroup` into `joinGroup`."""
    return name[:1].lower() + name[1:]


def refusal(error: DomainError) -> dict[str, Any]:
    """Give a refusal in the shape that payloads carry."""
    return {
        "code": error.code,
        "message": error.text,
        "field": camel(error.field) if error.field else None,
        "details": error.details or None,
    }


def _payload_fields(mutation: type[Mutation]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for base in reversed(mutation.__mro__):
        for name, value in vars(base).items():
            mounted = get_field_as(value, graphene.Field)
            if isinstance(mounted, graphene.Field):
                found[name] = mounted
    return found


def _resolver(mutation: type[Mutation]) -> Callable[..., Any]:
    declared = mutation.declared()

    def resolve(root: Any, info: Any, *, input: Any) -> dict[str, Any]:  # noqa: A002 - the name of the argument
        context = info.context
        try:
            mutation.permission.check(context.viewer)
            given = mutation.made.convert(input)
            answer = mutation.perform(context.viewer, given, context.now, context.request)
        except declared as error:
            return {"errors": [refusal(error)]}
        return {**answer, "errors": []}

    return resolve
