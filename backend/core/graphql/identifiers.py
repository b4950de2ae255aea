"""Every id of the API is a UUID: `graphene.ID` arguments and inputs reach the code as `uuid.UUID`."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

import graphene

from backend.core.errors import NotFound, camel

Convert = Callable[[Any], Any]


def as_uuid(value: Any, *, field: str | None = None) -> uuid.UUID:
    """Read an id; one that cannot be an id names nothing that exists.

    Raises: NotFound.
    """
    try:
        return value if isinstance(value, uuid.UUID) else uuid.UUID(str(value))
    except ValueError as error:
        raise NotFound(field=field) from error


def converter_of(type_: Any, *, field: str | None = None) -> Convert | None:
    """Give the function that turns ids inside a value of this input type into UUIDs; nothing if it holds none."""
    if isinstance(type_, graphene.NonNull):
        return converter_of(type_.of_type, field=field)
    if isinstance(type_, graphene.List):
        inner = converter_of(type_.of_type, field=field)
        return None if inner is None else lambda value: value if value is None else [inner(item) for item in value]
    if type_ is graphene.ID:
        return lambda value: None if value is None else as_uuid(value, field=field)
    if isinstance(type_, type) and issubclass(type_, graphene.InputObjectType):
        return _object_converter(vars(type_)["_meta"].fields)
    return None


def converters_of(arguments: Mapping[str, Any]) -> dict[str, Convert]:
    """Give the converters of named arguments or input fields, leaving out those that hold no id."""
    found = {name: converter_of(argument.type, field=camel(name)) for name, argument in arguments.items()}
    return {name: convert for name, convert in found.items() if convert is not None}


def convert_arguments(given: dict[str, Any], converters: Mapping[str, Convert]) -> dict[str, Any]:
    """Turn the ids among given arguments into UUIDs."""
    for name, convert in converters.items():
        if name in given:
            given[name] = convert(given[name])
    return given


def _object_converter(fields: Mapping[str, Any]) -> Convert | None:
    converters = converters_of(fields)
    if not converters:
        return None

    def convert(value: Any) -> Any:
        if value is None:
            return None
        for name, change in converters.items():
            if name in value:
                value[name] = change(value[name])
                setattr(value, name, value[name])
        return value

    return convert
