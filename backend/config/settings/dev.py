"""A developer's machine and the demo: `make run`, and `manage.py` by default."""

from __future__ import annotations

from backend.config.settings.base import *
from backend.config.settings.base import (
    CARRIER_SECRETS,
    GRAPHQL,
    INSTALLED_APPS,
    PROVIDER_SECRETS,
    SECRET_KEY,
    SHOP_LEGAL_NAME,
    TRANSFER_BANK,
    TRANSFER_HOLDER,
    TRANSFER_NUMBER,
)
from backend.config.settings.first_release import FIRST_RELEASE
from backend.core.kept_secret import kept_secret

DEMO = True
INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]
MIGRATION_LINTER_OPTIONS = {
    "no_cache": True,
    "ignore_name": FIRST_RELEASE,
    "exclude_apps": ["account", "mfa", "usersessions", "auth", "contenttypes", "sessions"],
}
ALLOWED_HOSTS = ["*"]

SECRET_KEY = SECRET_KEY or kept_secret("secret-key")
PROVIDER_SECRETS = PROVIDER_SECRETS or [kept_secret("provider-secret")]
CARRIER_SECRETS = CARRIER_SECRETS or [kept_secret("carrier-secret")]
# The demo's bank account is nobody's.
TRANSFER_HOLDER = TRANSFER_HOLDER or SHOP_LEGAL_NAME
TRANSFER_NUMBER = TRANSFER_NUMBER or "0000 0000 0000 0000 000"
TRANSFER_BANK = TRANSFER_BANK or "演示银行杭州分行"
# The carriers of the demo live faster than life.
CARRIER_SILENCE_SECONDS = 60

# A developer may send the text of a document and read the schema; in production only known documents run.
GRAPHQL |= {"allow_text": True, "allow_introspection": True}
