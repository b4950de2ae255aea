"""Refusals: what may be answered instead of what was asked for.

A refusal is the name of the state that refuses (`GroupFull`), a message that says the way out,
and typed attributes that the browser may show. It travels as an exception inside and as a payload error outside.
"""

import inspect
import re
from datetime import date, datetime
from uuid import UUID

from django.utils.functional import Promise, lazystr
from django.utils.translation import gettext_lazy as _

from backend.core.money import Money, Points

_BEFORE_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def screaming(name: str) -> str:
    """Turn `GroupFull` into `GROUP_FULL`."""
    return _BEFORE_CAPITAL.sub("_", name).upper()


def camel(name: str) -> str:
    """Turn `new_total` into `newTotal`."""
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)


class _Filled:
    """A message that is translated and filled when it is read, not when it is raised."""

    def __init__(self, message: str | Promise, attributes: dict[str, object]) -> None:
        self.message = message
        self.attributes = attributes

    def __str__(self) -> str:
        return str(self.message) % {name: readable(value) for name, value in self.attributes.items()}


class DomainError(Exception):
    """An expected refusal.

    Subclasses give a `message` and annotate the attributes they carry; `raise PriceChanged(new_total=…)`
    sets them, puts them into the message where it says `%(new_total)s`, and shows them as `details`.
    """

    message: str | Promise = _("This cannot be done now. Reload the page and try again.")
    field: str | None = None

    def __init__(self, *, field: str | None = None, **attributes: object) -> None:
        unknown = attributes.keys() - self.attribute_names()
        if unknown:
            raise TypeError(f"{type(self).__name__} does not carry {', '.join(sorted(unknown))}.")
        if field is not None:
            self.field = field
        for name, value in attributes.items():
            setattr(self, name, value)
        self.attributes = attributes
        if attributes:
            self.message = lazystr(_Filled(self.message, attributes))
        super().__init__(self.code)

    @classmethod
    def error_code(cls) -> str:
        """The code of this refusal: its class name in SCREAMING_SNAKE."""
        return screaming(cls.__name__)

    @classmethod
    def attribute_names(cls) -> frozenset[str]:
        """The names of the data that this refusal carries."""
        names: set[str] = set()
        for base in cls.__mro__:
            if base is DomainError:
                break
            names.update(inspect.get_annotations(base).keys() - {"message", "field"})
        return frozenset(names)

    @property
    def code(self) -> str:
        """The code of this refusal: its class name in SCREAMING_SNAKE."""
        return self.error_code()

    @property
    def text(self) -> str:
        """The message in the reader's language."""
        return str(self.message)

    @property
    def details(self) -> dict[str, object]:
        """The public data of the refusal, camelCased and ready for JSON."""
        return {camel(name): public(value) for name, value in self.attributes.items()}

    def __str__(self) -> str:
        return f"{self.code}: {self.text}"


def readable(value: object) -> object:
    """Turn a value of the domain into words for a message."""
    if isinstance(value, Money):
        yuan, fen = divmod(abs(value.minor), 100)
        sign = "-" if value.minor < 0 else ""
        return f"{sign}{'¥' if value.currency == 'CNY' else value.currency + ' '}{yuan}.{fen:02d}"
    return public(value)


def public(value: object) -> object:
    """Turn a value of the domain into one that JSON can carry."""
    if isinstance(value, Money):
        return {"minor": value.minor, "currency": value.currency}
    if isinstance(value, Points):
        return value.amount
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID | Promise):
        return str(value)
    if isinstance(value, list | tuple):
        return [public(item) for item in value]
    if isinstance(value, dict):
        return {str(key): public(item) for key, item in value.items()}
    return value


class NotFound(DomainError):
    """There is no such thing, or the viewer must not know that there is."""

    message = _("This no longer exists or is not visible to you. Go back and choose another.")


class NotAllowed(DomainError):
    """The viewer is known and has no right to do this."""

    message = _("Your account is not allowed to do this. Ask an administrator for the role.")


class SignInRequired(DomainError):
    """Nobody is signed in."""

    message = _("Sign in to go on.")


class InvalidInput(DomainError):
    """One field of the request cannot be read or is out of range."""

    message: str | Promise = _("Check what you entered and try again.")

    def __init__(self, field: str, message: str | Promise | None = None) -> None:
        super().__init__(field=field)
        if message is not None:
            self.message = message


class KeyReused(DomainError):
    """The same idempotency key came with another request."""

    message = _("This step was already sent with other details. Reload the page and send it again.")


class TooManyRequests(DomainError):
    """The viewer asks more often than allowed."""

    message = _("Too many attempts. Wait a moment and try again.")
    retry_after_seconds: int
