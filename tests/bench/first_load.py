"""What the first screen of the shop needs: compressed bytes of JavaScript and CSS."""

import gzip
from collections.abc import Iterable

from django.conf import settings

from backend.config.shell import views
from backend.config.shell.build import parts_of
from tests.bench.figure import Figure

BUDGET_BYTES = 80_000 + 6_000


def figures() -> Iterable[Figure]:
    """Bytes over the wire for the home page, against the budget for scripts and styles together."""
    texts = [f"features/{name}/locales/zh-Hans.json" for name in views.HOME.texts]
    route = f"apps/shop/routes/{views.HOME.source}.vue"
    parts = parts_of("shop", "shared/i18n/locales/zh-Hans.json", route, *texts)
    scripts = [settings.FRONTEND_DIST / name.removeprefix("/static/") for name in (parts.entry, *parts.preloads)]
    total = sum(len(gzip.compress(script.read_bytes(), 9)) for script in scripts)
    total += len(gzip.compress(parts.style_text.encode(), 9))
    yield Figure("first_load", total, "bytes gz", BUDGET_BYTES)
