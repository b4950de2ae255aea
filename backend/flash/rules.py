"""Pure decisions and sums of flash sales. No database, no clock."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, Signer

PAY_WITHIN = timedelta(minutes=5)
TOKEN_LIFE = timedelta(minutes=10)
WARM_UP = timedelta(minutes=30)
REMIND_BEFORE = timedelta(minutes=5)
OFFER_LIFE = timedelta(minutes=3)
TOKENS_A_MINUTE = 6
TOKENS_OF_PLACE_A_MINUTE = 60
MINUTE = timedelta(minutes=1)
MOST_BUCKETS = 64
SALT = "backend.flash.token"

SCHEDULED, WARMING, LIVE, SOLD_OUT, ENDED, ABORTED = "SCHEDULED", "WARMING", "LIVE", "SOLD_OUT", "ENDED", "ABORTED"
STATES = (SCHEDULED, WARMING, LIVE, SOLD_OUT, ENDED, ABORTED)


@dataclass(frozen=True, slots=True)
class ItemTerms:
    """One variant of a sale, as its rule says."""

    variant_id: UUID
    price_minor: int
    quota: int


@dataclass(frozen=True, slots=True)
class FlashTerms:
    """The parameters of a flash price rule, read and sound."""

    items: tuple[ItemTerms, ...]
    per_person: int
    early_hours: Mapping[str, int]
    flags_households: bool


@dataclass(frozen=True, slots=True)
class ReadToken:
    """What a signed token says."""

    id: UUID
    item_id: UUID
    buyer_id: UUID
    expires_at: datetime


def read_terms(params: Mapping[str, Any]) -> FlashTerms:
    """Read sound parameters; the rule kind says beforehand whether they are."""
    return FlashTerms(
        items=tuple(
            ItemTerms(UUID(str(each["variantId"])), each["priceMinor"], each["quota"]) for each in params["items"]
        ),
        per_person=params.get("perPerson", 1),
        early_hours={tier: hours for tier, hours in (params.get("earlyAccessHours") or {}).items() if hours},
        flags_households=params.get("flagHouseholds", True),
    )


def opens_at(starts_at: datetime, early_hours: Mapping[str, int]) -> datetime:
    """The moment the pieces are put ready: half an hour before, or when the first tier may buy."""
    return starts_at - max([WARM_UP, *(timedelta(hours=hours) for hours in early_hours.values())])


def opens_for(starts_at: datetime, early_hours: Mapping[str, int], *, tier: str) -> datetime:
    """The moment a member of this tier may buy."""
    return starts_at - timedelta(hours=early_hours.get(tier, 0))


def shown_state(
    *,
    starts_at: datetime,
    opens_at: datetime,
    ends_at: datetime,
    is_aborted: bool,
    is_closed: bool,
    left: int | None,
    now: datetime,
) -> str:
    """Judge the window at this moment. `left` is None while the pieces have not been counted out."""
    if is_aborted:
        return ABORTED
    if is_closed or now >= ends_at:
        return ENDED
    if now < opens_at:
        return SCHEDULED
    if now < starts_at:
        return WARMING
    return SOLD_OUT if left == 0 else LIVE


def bucket_shares(quota: int) -> list[int]:
    """Part the pieces into as even shares as possible: as many as buyers we expect at once, none of them empty."""
    count = min(MOST_BUCKETS, quota)
    return [quota // count + (number < quota % count) for number in range(count)] if count else []


def level(available: Iterable[int], *, wanted: int) -> list[int]:
    """Spread what is left evenly, after the first share has been filled up to what one buyer wants.

    Raises: ValueError, when fewer are left than wanted.
    """
    shares = list(available)
    rest = sum(shares) - wanted
    if rest < 0:
        raise ValueError("fewer are left than wanted")
    count = len(shares)
    return [rest // count + (number < rest % count) + (wanted if number == 0 else 0) for number in range(count)]


def sign_token(token: ReadToken) -> str:
    """Write a token that only we can write."""
    facts = {
        "t": token.id.hex,
        "i": token.item_id.hex,
        "b": token.buyer_id.hex,
        "e": int(token.expires_at.timestamp()),
    }
    return Signer(salt=SALT).sign_object(facts)


def read_token(text: str) -> ReadToken | None:
    """Read a token; None when it is not one of ours."""
    try:
        facts = Signer(salt=SALT).unsign_object(text[:400])
        return ReadToken(
            id=UUID(facts["t"]),
            item_id=UUID(facts["i"]),
            buyer_id=UUID(facts["b"]),
            expires_at=datetime.fromtimestamp(facts["e"], UTC),
        )
    except (BadSignature, ValueError, KeyError, TypeError):
        return None


def household_of(address: Mapping[str, Any]) -> str:
    """A digest by which the same address is known again, without keeping it."""
    names = ("province", "city", "district", "line")
    text = "|".join("".join(str(address.get(name, "")).split()).lower() for name in names)
    return hashlib.sha256(text.encode()).hexdigest() if text.strip("|") else ""


def place_digest(address: str) -> str:
    """A digest of where a request came from, for counting only."""
    return hashlib.sha256(f"{SALT}:{address}".encode()).hexdigest() if address else ""
