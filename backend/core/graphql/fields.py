"""Fields that carry what the API must know about them: who may ask, what may be cached, what it costs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import graphene
from graphene.types.utils import get_field_as

from backend.core.errors import DomainError
from backend.core.graphql.connections import Connection, connection
from backend.core.graphql.identifiers import Convert, convert_arguments, converters_of
from backend.core.graphql.permissions import Permission
from backend.core.paging import check_first

Resolver = Callable[..., Any]
ASSUMED_LIST_SIZE = 10


@dataclass(frozen=True, slots=True)
class CacheRule:
    """An answer may be shared between viewers until one of these keys is bumped or the time is over.

    A key may name arguments of the field: `"product:{slug}"`.
    """

    keys: tuple[str, ...]
    seconds: int = 60

    def named(self, arguments: Mapping[str, Any]) -> list[str]:
        """Give the keys for one call of the field."""
        return [key.format_map(_Blank(arguments)) for key in self.keys]


class _Blank(dict[str, Any]):
    """Arguments of which those that were not given read as nothing."""

    def __missing__(self, name: str) -> str:
        return ""


class ApiField(graphene.Field):
    """A field with its permission, its cache rule, its weight, and whether its value depends on the viewer."""

    def __init__(
        self,
        type_: Any,
        *,
        permission: Permission | None = None,
        public_cache: CacheRule | None = None,
        personal: bool = False,
        size: int | None = None,
        weight: int = 1,
        raises: tuple[type[DomainError], ...] = (),
        **options: Any,
    ) -> None:
        super().__init__(type_, **options)
        self.permission = permission
        self.public_cache = public_cache
        self.personal = personal
        self.size = size
        self.weight = weight
        self.raises = raises

    @cached_property
    def converters(self) -> dict[str, Convert]:
        """How ids among the arguments become UUIDs."""
        return converters_of(self.args)

    @cached_property
    def is_paged(self) -> bool:
        """Whether the field takes a page size."""
        return "first" in self.args

    def wrap_resolve(self, parent_resolver: Resolver) -> Resolver:
        """Check the permission and the arguments before the resolver runs."""
        resolve = self.resolver or parent_resolver
        if self.permission is None and not self.args:
            return resolve

        def guarded(root: Any, info: Any, **given: Any) -> Any:
            if self.permission is not None:
                self.permission.check(info.context.viewer)
            if self.is_paged:
                given["first"] = check_first(given.get("first"))
            return resolve(root, info, **convert_arguments(given, self.converters))

        return guarded


def query_field(
    type_: Any,
    resolver: Resolver,
    *,
    permission: Permission,
    public_cache: CacheRule | None = None,
    required: bool = False,
    description: str,
    size: int | None = None,
    weight: int = 1,
    **arguments: Any,
) -> ApiField:
    """A field of Query. `resolver(root, info, **arguments)` calls one selector.

    A connection type brings `first` and `after` by itself and is never null.
    """
    return _field(
        type_,
        resolver,
        required=required,
        arguments=arguments,
        permission=permission,
        public_cache=public_cache,
        personal=permission.needs_sign_in,
        description=description,
        size=size,
        weight=weight,
    )


def object_field(
    type_: Any,
    resolver: Resolver | None = None,
    *,
    permission: Permission | None = None,
    required: bool = False,
    personal: bool = False,
    description: str,
    size: int | None = None,
    weight: int = 1,
    **arguments: Any,
) -> ApiField:
    """A field of any other type. `personal` marks a value that depends on the viewer, such as `isLiked`."""
    return _field(
        type_,
        resolver,
        required=required,
        arguments=arguments,
        permission=permission,
        personal=personal or bool(permission and permission.needs_sign_in),
        description=description,
        size=size,
        weight=weight,
    )


def connection_field(node: Any, resolver: Resolver, **options: Any) -> ApiField:
    """A paged list of a type that may still be unknown: `connection_field(lambda: PostType, …)`."""
    lazy = node if callable(node) and not isinstance(node, type) else lambda: node
    return object_field(lambda: graphene.NonNull(connection(lazy())), resolver, **_page_arguments(), **options)


def extend(type_: type[graphene.ObjectType], **fields: Any) -> None:
    """Add fields to a type of a lower app, from the upper app's `schema/types.py`."""
    for name, value in fields.items():
        mounted = get_field_as(value, graphene.Field)
        if not isinstance(mounted, graphene.Field):
            raise TypeError(f"{type_.__name__}.{name}: {value!r} is no field")
        if name in type_._meta.fields:
            raise ValueError(f"{type_.__name__} already has a field {name}")
        type_._meta.fields[name] = mounted


def _field(
    type_: Any, resolver: Resolver | None, *, required: bool, arguments: dict[str, Any], **options: Any
) -> ApiField:
    if isinstance(type_, type) and issubclass(type_, Connection):
        arguments = {**_page_arguments(), **arguments}
        required = True
    return ApiField(type_, args=arguments, resolver=resolver, required=required, **options)


def _page_arguments() -> dict[str, Any]:
    return {
        "first": graphene.Argument(graphene.Int, description="How many rows, 1 to 100; 20 if not said."),
        "after": graphene.Argument(graphene.String, description="The cursor after which the page begins."),
    }
