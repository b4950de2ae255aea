"""What a carrier must be able to do, and the carriers that the shop works with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from django.utils.functional import Promise
from django.utils.module_loading import import_string

from backend.core.webhooks.messages import NoticeRefused as NoticeRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What a carrier needs to know to take one parcel. `key` is the same in every try."""

    key: str
    order_number: str
    address: Mapping[str, str]
    pieces: int
    is_fragile: bool
    wish: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackingNotice:
    """One authentic step of a parcel, read into the shop's words; `code` is one of `rules.STATE_OF` or unknown."""

    carrier: str
    event_id: str
    tracking_number: str
    code: str
    at: datetime
    place: str = ""
    text: str = ""
    body: bytes = field(repr=False, default=b"")


class CarrierUnavailable(Exception):
    """The carrier gave no answer; whether it took the parcel is not known."""


class CarrierRefused(Exception):
    """The carrier will not take the parcel; asking again changes nothing."""


class Carrier(Protocol):
    """A carrier. Only `accept` and `track` talk to it over the network."""

    @property
    def code(self) -> str:
        """The name by which the shop keeps it."""

    @property
    def name(self) -> str | Promise:
        """Its name in the reader's language."""

    @property
    def gives_numbers(self) -> bool:
        """Whether it can be asked for tracking numbers and tells of its parcels."""

    def accept(self, parcel: Parcel) -> str:
        """Hand a parcel's facts over and answer its tracking number; the same key answers the same number.

        Raises: CarrierUnavailable, CarrierRefused.
        """

    def verify(self, *, headers: Mapping[str, str], body: bytes, now: datetime) -> TrackingNotice:
        """Read a message that claims to come from the carrier.

        Raises: NoticeRefused.
        """

    def track(self, *, tracking_number: str) -> Sequence[TrackingNotice]:
        """Ask for all steps of a parcel so far.

        Raises: CarrierUnavailable, CarrierRefused.
        """


_carriers: dict[str, Carrier] = {}


def register_carrier(carrier: Carrier) -> None:
    """Make a carrier known under its code."""
    _carriers[carrier.code] = carrier


def carrier_named(code: str) -> Carrier | None:
    """Find a carrier, or None when the shop does not work with it."""
    return _carriers.get(code)


def carriers() -> list[Carrier]:
    """Every carrier, in the order in which they were registered."""
    return list(_carriers.values())


_standings: list[str] = []


def use_standings(path: str) -> None:
    """Let an app above say which carriers people take first or not at all, by the dotted path of a selector."""
    _standings[:] = [path]


def carrier_standings() -> Mapping[tuple[str, str], str]:
    """What people decided, by carrier and region: PREFERRED or PAUSED."""
    found: Mapping[tuple[str, str], str] = import_string(_standings[0])() if _standings else {}
    return found
