"""A developer's machine and the demo: `make run`, and `manage.py` by default."""

from __future__ import annotations

import contextlib
import secrets
import tempfile

from backend.config.settings.base import *
from backend.config.settings.base import (
    CARRIER_SECRETS,
    DATA_DIR,
    GRAPHQL,
    INSTALLED_APPS,
    PROVIDER_SECRETS,
    SECRET_KEY,
)
from backend.config.settings.first_release import FIRST_RELEASE

DEMO = True
INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]
MIGRATION_LINTER_OPTIONS = {
    "no_cache": True,
    "ignore_name": FIRST_RELEASE,
    "exclude_apps": ["account", "mfa", "usersessions", "auth", "contenttypes", "sessions"],
}
ALLOWED_HOSTS = ["*"]


def kept_secret(name: str) -> str:
    """A secret made once for this copy and kept beside its data."""
    kept = DATA_DIR / name
    if not kept.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        # Whole or not at all, and the first of several processes wins.
        with tempfile.NamedTemporaryFile("w", dir=DATA_DIR) as made:
            made.write(secrets.token_urlsafe(48))
            made.flush()
            with contextlib.suppress(FileExistsError):
                kept.hardlink_to(made.name)
    return kept.read_text()


SECRET_KEY = SECRET_KEY or kept_secret("secret-key")
PROVIDER_SECRETS = PROVIDER_SECRETS or [kept_secret("provider-secret")]
CARRIER_SECRETS = CARRIER_SECRETS or [kept_secret("carrier-secret")]
# The carriers of the demo live faster than life.
CARRIER_SILENCE_SECONDS = 60

# A developer may send the text of a document and read the schema; in production only known documents run.
GRAPHQL |= {"allow_text": True, "allow_introspection": True}
