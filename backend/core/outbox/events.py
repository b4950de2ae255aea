"""What an event is, and how it becomes JSON and comes back."""

import dataclasses
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Any, ClassVar, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

PLAIN = (str, int, bool, NoneType)
E = TypeVar("E", bound="Event")

_known: dict[str, type["Event"]] = {}


@dataclasses.dataclass(frozen=True)
class Event:
    """Something that happened. Subclasses are frozen, keyword-only, and hold ids, amounts and times only."""

    aggregate: ClassVar[str]

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        twin = _known.get(cls.__name__)
        if twin is not None and twin.__module__ != cls.__module__:
            raise TypeError(f"{cls.__module__} and {twin.__module__} both say {cls.__name__}.")
        _known[cls.__name__] = cls

    @classmethod
    def event_name(cls) -> str:
        """The name under which the event is stored."""
        return cls.__name__

    @property
    def aggregate_id(self) -> str:
        """The id of the thing whose events are delivered in order."""
        return str(getattr(self, self.aggregate))


def event_type_named(name: str) -> type[Event] | None:
    """Find the class of a stored event, or None when the code no longer knows it."""
    return _known.get(name)


def encode(event: Event) -> dict[str, object]:
    """Turn an event into JSON values."""
    return {field.name: _encode(getattr(event, field.name)) for field in dataclasses.fields(event)}


def decode(event_type: type[E], payload: dict[str, object]) -> E:
    """Turn JSON values back into the event; fields that the class no longer has are left out."""
    hints = get_type_hints(event_type)
    names = [field.name for field in dataclasses.fields(event_type) if field.name in payload]
    return event_type(**{name: _decode(hints[name], payload[name]) for name in names})


def _encode(value: object) -> object:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_encode(item) for item in value]
    if type(value) in PLAIN or isinstance(value, str):
        return value
    raise TypeError(f"An event holds ids, whole numbers, text and times, not {value!r}.")


def _decode(hint: Any, value: Any) -> Any:
    if get_origin(hint) in (Union, UnionType):
        if value is None:
            return None
        return _decode(next(option for option in get_args(hint) if option is not NoneType), value)
    if get_origin(hint) is tuple and get_args(hint)[-1] is not Ellipsis:
        return tuple(_decode(each, item) for each, item in zip(get_args(hint), value, strict=True))
    if get_origin(hint) in (tuple, list):
        items = [_decode(get_args(hint)[0], item) for item in value]
        return tuple(items) if get_origin(hint) is tuple else items
    if hint is UUID:
        return UUID(value)
    if hint is datetime or hint is date:
        return hint.fromisoformat(value)
    return value
