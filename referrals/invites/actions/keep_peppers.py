"""The secrets under which digests are made; with them gone, a digest says nothing."""

import hashlib
import hmac
import secrets
from datetime import datetime

from django.conf import settings

from referrals.invites.models import Pepper


def key_of_period(period: int, *, now: datetime) -> bytes:
    """The key of ninety days: half of it is in the database and dies with its row, half is the shop's secret."""
    pepper, _is_new = Pepper.objects.get_or_create(
        period=period, defaults={"secret": secrets.token_bytes(32), "created_at": now}
    )
    return hmac.new(settings.SECRET_KEY.encode(), bytes(pepper.secret), hashlib.sha256).digest()
