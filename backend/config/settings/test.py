"""The tests: engines of their own in a temporary folder, fast hashing, nothing sent anywhere."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from backend.config.settings.base import *
from backend.config.settings.base import BASE_DIR, CACHES, CHANNEL_LAYERS, GRAPHQL, MIDDLEWARE
from backend.config.settings.engines import celery_broker, database_settings
from backend.config.settings.storage import storages_from
from backend.core.embedded.places import places_in

# The first process names the folder; the workers of a parallel run inherit the name.
ENGINES_DIR = Path(os.environ.setdefault("TEST_ENGINES", f"{tempfile.gettempdir()}/tuanzi-test-{os.getpid()}"))
ENGINES = places_in(ENGINES_DIR)
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
WORKER_NUMBER = int(WORKER.removeprefix("gw"))

SECRET_KEY = "a-key-that-only-the-tests-use"  # noqa: S105 - no secret: nothing but tests is signed with it
CARRIER_SECRETS = ["a-carrier-secret-that-only-the-tests-use"]
PROVIDER_SECRETS = ["a-secret-that-only-the-tests-use"]
DEMO = True
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
DATA_DIR = ENGINES_DIR / WORKER
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = storages_from({}, data=DATA_DIR)

DATABASES = {"default": database_settings(ENGINES.database_url(), pool_size=0)}
DATABASES["default"]["TEST"] = {"NAME": f"test_{WORKER}"}
REDIS_URL = ENGINES.redis_url(number=WORKER_NUMBER)
CACHES["default"]["LOCATION"] = REDIS_URL
CHANNEL_LAYERS["default"]["CONFIG"] = {
    "hosts": [{"address": REDIS_URL, "socket_timeout": None, "max_connections": 2000}],
    "prefix": f"test-{WORKER}",
}
CELERY_BROKER_URL = celery_broker(REDIS_URL)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]

# Tests send text, and know the documents of a small manifest of their own.
GRAPHQL |= {"allow_text": True, "manifests": (BASE_DIR / "tests" / "core" / "graphql" / "documents.json",)}
