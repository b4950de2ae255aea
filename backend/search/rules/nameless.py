"""Somebody as a keyed hash of one week, so that people can be counted and not followed."""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings

from backend.core.clock import business_day

_HASH_CHARACTERS = 32


def name_of(who: object, *, at: datetime) -> str:
    """How somebody is called in the week of this moment."""
    year, week, _day = business_day(at).isocalendar()
    message = f"search {year} {week} {who}".encode()
    return hmac.digest(settings.SECRET_KEY.encode(), message, hashlib.sha256).hex()[:_HASH_CHARACTERS]


def names_of(who: object, *, since: datetime, now: datetime) -> list[str]:
    """How somebody was called in the weeks from then until now."""
    days = (now - since) // timedelta(days=1)
    return sorted({name_of(who, at=now - timedelta(days=day)) for day in range(days + 1)})
