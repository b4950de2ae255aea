"""The kinds of notification. The app that owns the happening registers its kind in `AppConfig.ready()`.

Title and text are message ids of the owner's own translations, with `%(name)s` places. They are put together
when the notification is read, in the reader's language. A parameter that is a translated column is translated;
`person` and `others_count` are filled from the people who caused the notification. A kind that nobody registered
reads as its own parameters `title` and `body` say.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from backend.core.languages import LOCALES, translate


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of notification reads."""

    key: str
    title: str | Promise
    body: str | Promise
    body_for_many: str | Promise | None = None


class _Places(dict[str, object]):
    """Parameters of a text; a missing one leaves an empty place, because a row outlives the code that wrote it."""

    def __missing__(self, key: str) -> str:
        return ""


_kinds: dict[str, Kind] = {}


def register_kind(
    key: str, *, title: str | Promise, body: str | Promise, body_for_many: str | Promise | None = None
) -> None:
    """Say how a kind reads. `body_for_many` is used when more than one person caused it."""
    _kinds[key] = Kind(key, title, body, body_for_many)


def is_registered(key: str) -> bool:
    """Whether some app owns this kind."""
    return key in _kinds


def registered_kinds() -> list[str]:
    """Every kind, by name."""
    return sorted(_kinds)


def words_of(
    key: str, params: Mapping[str, object], *, locale: str, people: list[str], people_count: int
) -> tuple[str, str]:
    """Title and text of a notification in the language that is active now."""
    places = _Places({name: _readable(value, locale) for name, value in params.items()})
    kind = _kinds.get(key)
    if kind is None:
        return str(places["title"]), str(places["body"])
    if people:
        places.setdefault("person", people[0])
    places["others_count"] = max(people_count - 1, 0)
    body = kind.body_for_many if kind.body_for_many is not None and people_count > 1 else kind.body
    return str(kind.title) % places, str(body) % places


def _readable(value: object, locale: str) -> object:
    if isinstance(value, Mapping) and value.keys() & set(LOCALES):
        return translate({str(name): str(text) for name, text in value.items()}, locale)
    return value
