"""A public installation behind an edge proxy that speaks HTTPS. Everything secret comes from the environment."""

from __future__ import annotations

import os

from django.core.exceptions import ImproperlyConfigured

from backend.config.settings.base import *
from backend.config.settings.base import ALLOWED_HOSTS, SECRET_KEY

if len(SECRET_KEY) < 40:
    raise ImproperlyConfigured("SECRET_KEY is missing or too short: set it to 40 or more random characters.")
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is empty: set it to the host names of the shop, separated by commas.")
for engine in ("DATABASE_URL", "REDIS_URL"):
    if engine not in os.environ:
        raise ImproperlyConfigured(f"{engine} is missing: a public installation needs its own engines.")

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXY_COUNT", "1"))
