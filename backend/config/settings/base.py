"""What is true everywhere. Anything that another place decides comes from the environment."""

from __future__ import annotations

import importlib.util
import os
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF

from backend.config.settings.engines import celery_broker, database_settings, database_url, redis_url
from backend.config.settings.notifications import *
from backend.config.settings.sign_in import *
from backend.config.settings.storage import picture_sources, storages_from
from backend.core.embedded.places import PROJECT, data_folder

BASE_DIR = PROJECT
DATA_DIR = data_folder()
PORT = int(os.environ.get("PORT", "8000"))
SECRET_KEY = os.environ.get("SECRET_KEY", "")
DEBUG = False
DEMO = False
ALLOWED_HOSTS = [host for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host]

# The apps, lowest floor first: what stands below may not know what stands above.
SHOP_APPS = [
    "backend.core",
    "backend.accounts",
    "backend.messaging",
    "backend.ledger",
    "backend.experiments",
    "backend.insights",
    "backend.catalogue",
    "backend.search",
    "backend.inventory",
    "backend.promotions",
    "backend.cart",
    "backend.flash",
    "backend.orders",
    "backend.payments",
    "backend.fulfilment",
    "backend.checkout",
    "backend.aftersales",
    "backend.support",
    "backend.protection",
    "backend.tradein",
    "backend.recommendations",
    "backend.surveys",
    "backend.quality",
]
SOCIAL_APPS = [
    "membership",
    "groupbuy",
    "referrals.invites",
    "referrals.channels",
    "referrals.influencers",
    "community.forum",
    "community.contests",
    "community.reviews",
    "community.moderation",
]
OUR_APPS = [*SHOP_APPS, *SOCIAL_APPS]
INSTALLED_APPS = [
    "daphne",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "channels",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "allauth.mfa",
    "allauth.usersessions",
    *OUR_APPS,
    "backend.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "backend.config.urls"
ASGI_APPLICATION = "backend.config.asgi.application"
APPEND_SLASH = False
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
            ]
        },
    }
]

# Engines
DATABASES = {"default": database_settings(database_url(), pool_size=int(os.environ.get("DATABASE_POOL", "20")))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = redis_url()
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": "tuanzi"}
}
CHANNEL_LAYERS: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        # Without these two an idle socket dies after five seconds and 200 readers use up the pool.
        "CONFIG": {
            "hosts": [{"address": REDIS_URL, "socket_timeout": None, "max_connections": 2000}],
            "prefix": "tuanzi",
        },
    }
}

# The API: what a document may cost and who may send its text is in `backend.core.graphql.settings`.
GRAPHQL: dict[str, Any] = {
    "manifests": (BASE_DIR / "frontend" / "dist" / "documents.json",),
    "roles_of": "backend.accounts.selectors.roles_of",
}

# Celery: nothing of the business travels only in the broker, so a task may be lost or run twice.
CELERY_BROKER_URL = celery_broker(REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 270
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = int(os.environ.get("WORKER_CONCURRENCY", "2"))
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 5
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TIMEZONE = "UTC"
# More than twice the longest task; a task of a killed worker is looked for every second.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 1,
    "unacked_restore_throttle": 1,
    "global_keyprefix": "tuanzi:celery:",
    # A broker that does not answer costs a request a moment, not seconds: the sweep delivers what it missed.
    "max_retries": 0,
    "interval_start": 0,
    "interval_step": 0,
    "socket_connect_timeout": 0.5,
}
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
# Packages with a `tasks` module; each may hold a `SCHEDULE` for the beat.
TASK_PACKAGES = OUR_APPS

# People; how they sign in is in `sign_in`.
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("TRUSTED_ORIGINS", "").split(",") if origin]

# Languages and time
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "tz_locale"
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# Files
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = storages_from(os.environ, data=DATA_DIR)
FRONTEND_DIST = BASE_DIR / "frontend" / "dist"
FRONTEND_MODULES = BASE_DIR / "frontend" / "node_modules"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# Headers
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, "'unsafe-inline'"],
        "img-src": [SELF, "data:", "blob:", *picture_sources(os.environ)],
        "media-src": [SELF, "blob:", *picture_sources(os.environ)],
        "font-src": [SELF, "data:"],
        "connect-src": [SELF, "blob:"],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

# Companions: the payment provider, the mail and text message gateway. Sandboxes unless told otherwise.
PROVIDER_PORT = int(os.environ.get("PROVIDER_PORT", str(PORT + 1)))
GATEWAY_PORT = int(os.environ.get("GATEWAY_PORT", str(PORT + 2)))
GATEWAY_MAIL_PORT = int(os.environ.get("GATEWAY_MAIL_PORT", str(PORT + 3)))
CARRIER_PORT = int(os.environ.get("CARRIER_PORT", str(PORT + 4)))
SITE_URL = os.environ.get("SITE_URL", f"http://127.0.0.1:{PORT}")
# Passkeys belong to the host of the shop; nothing that another address signed is taken. Above the amount, in fen,
# who has one confirms what store credit pays.
PASSKEY_HOST = os.environ.get("PASSKEY_HOST", urlsplit(SITE_URL).hostname or "localhost")
PASSKEY_ORIGINS = os.environ.get("PASSKEY_ORIGINS", SITE_URL).split(",")
CONFIRM_CREDIT_FROM_MINOR = int(os.environ.get("CONFIRM_CREDIT_FROM_MINOR", "20000"))
PROVIDER_URL = os.environ.get("PROVIDER_URL", f"http://127.0.0.1:{PROVIDER_PORT}")
GATEWAY_URL = os.environ.get("GATEWAY_URL", f"http://127.0.0.1:{GATEWAY_PORT}")
# Where browsers reach the provider; if empty, at the host under which they reach the shop.
PROVIDER_PUBLIC_URL = os.environ.get("PROVIDER_PUBLIC_URL", "")
# The ways to pay, in the order in which buyers see them, and the one for buyers who never chose. A provider without
# its keys is not offered. Keys of Alipay are the long lines that its tool gives, or PEM.
PAYMENT_PROVIDERS = os.environ.get("PAYMENT_PROVIDERS", "alipay,wechat,stripe,transfer,sandbox").split(",")
PAYMENT_PROVIDER = os.environ.get("PAYMENT_PROVIDER", "sandbox")
STRIPE_API_KEY = os.environ.get("STRIPE_API_KEY", "")
STRIPE_WEBHOOK_SECRETS = [secret for secret in os.environ.get("STRIPE_WEBHOOK_SECRETS", "").split(",") if secret]
STRIPE_API_URL = os.environ.get("STRIPE_API_URL", "https://api.stripe.com")
ALIPAY_APP_ID = os.environ.get("ALIPAY_APP_ID", "")
ALIPAY_PRIVATE_KEY = os.environ.get("ALIPAY_PRIVATE_KEY", "")
ALIPAY_PUBLIC_KEY = os.environ.get("ALIPAY_PUBLIC_KEY", "")
ALIPAY_GATEWAY = os.environ.get("ALIPAY_GATEWAY", "https://openapi.alipay.com/gateway.do")
# WeChat Pay: the merchant's key with the serial of its certificate, the API v3 key, and WeChat's public keys by their
# serials, as `serial:key` with commas between. With the secret of the app it takes payments inside WeChat too.
WECHAT_PAY_APP_ID = os.environ.get("WECHAT_PAY_APP_ID", "")
WECHAT_PAY_APP_SECRET = os.environ.get("WECHAT_PAY_APP_SECRET", "")
WECHAT_PAY_MERCHANT_ID = os.environ.get("WECHAT_PAY_MERCHANT_ID", "")
WECHAT_PAY_PRIVATE_KEY = os.environ.get("WECHAT_PAY_PRIVATE_KEY", "")
WECHAT_PAY_SERIAL = os.environ.get("WECHAT_PAY_SERIAL", "")
WECHAT_PAY_API_KEY = os.environ.get("WECHAT_PAY_API_KEY", "")
WECHAT_PAY_PUBLIC_KEYS = [key for key in os.environ.get("WECHAT_PAY_PUBLIC_KEYS", "").split(",") if key]
WECHAT_PAY_API_URL = os.environ.get("WECHAT_PAY_API_URL", "https://api.mch.weixin.qq.com")
# Bank transfer: the shop's account, from which amount on an order may be paid so, and how many days it waits for it.
TRANSFER_HOLDER = os.environ.get("TRANSFER_HOLDER", "")
TRANSFER_NUMBER = os.environ.get("TRANSFER_NUMBER", "")
TRANSFER_BANK = os.environ.get("TRANSFER_BANK", "")
TRANSFER_BANK_CODE = os.environ.get("TRANSFER_BANK_CODE", "")
TRANSFER_FROM_MINOR = int(os.environ.get("TRANSFER_FROM_MINOR", "50000"))
TRANSFER_WITHIN_DAYS = int(os.environ.get("TRANSFER_WITHIN_DAYS", "3"))
# The carriers: where their API is, what they sign with, and after how long without news they are asked.
CARRIER_URL = os.environ.get("CARRIER_URL", f"http://127.0.0.1:{CARRIER_PORT}")
CARRIER_SECRETS = [secret for secret in os.environ.get("CARRIER_SECRETS", "").split(",") if secret]
CARRIER_SILENCE_SECONDS = int(os.environ.get("CARRIER_SILENCE_SECONDS", str(12 * 60 * 60)))
PROVIDER_SECRETS = [secret for secret in os.environ.get("PROVIDER_SECRETS", "").split(",") if secret]
EMAIL_HOST = os.environ.get("EMAIL_HOST", "127.0.0.1")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", str(GATEWAY_MAIL_PORT)))
DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM", "Tuanzi <hello@tuanzi.example>")
EMAIL_TIMEOUT = 5

# Checkout: sending is free from this amount on, and how long an order waits for its payment. Amounts in fen.
FREE_SHIPPING_FROM_MINOR = int(os.environ.get("FREE_SHIPPING_FROM_MINOR", "4900"))
SHIPPING_MINOR = int(os.environ.get("SHIPPING_MINOR", "600"))
# Where sending costs something else: the first digits of the regions, the fee, and from which amount it is free.
SHIPPING_ZONES = (
    {"regions": ("15", "54", "62", "63", "64", "65"), "fee_minor": 1200, "free_from_minor": 9900},
    {"regions": ("71", "81", "82"), "fee_minor": 2800, "free_from_minor": 29900},
)
SHOP_LEGAL_NAME = os.environ.get("SHOP_LEGAL_NAME", "团子（杭州）电子商务有限公司")
# Shown on the page about protection when they are set: the licence to trade, and the record of the website.
SHOP_LICENCE_NUMBER = os.environ.get("SHOP_LICENCE_NUMBER", "")
SHOP_RECORD_NUMBER = os.environ.get("SHOP_RECORD_NUMBER", "")
PAY_WITHIN_MINUTES = int(os.environ.get("PAY_WITHIN_MINUTES", "15"))

# After-sales: up to what a case that nobody decided in time approves itself, and what people at the desk may give
# as compensation by themselves. Amounts in fen.
AFTER_SALES_AUTO_APPROVE_MINOR = int(os.environ.get("AFTER_SALES_AUTO_APPROVE_MINOR", "20000"))
COMPENSATION_AGENT_MINOR = int(os.environ.get("COMPENSATION_AGENT_MINOR", "5000"))
COMPENSATION_ADMIN_MINOR = int(os.environ.get("COMPENSATION_ADMIN_MINOR", "30000"))

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO")},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "daphne": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},
        "PIL": {"level": "WARNING"},
    },
}


def stands(module: str) -> bool:
    """Whether an optional module exists."""
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


# Pages of the apps: each may have a `urls` module.
PAGE_MODULES = [f"{app}.urls" for app in OUR_APPS if stands(f"{app}.urls")]
SHELL_URLS = "backend.config.shell.urls" if stands("backend.config.shell.urls") else ""
