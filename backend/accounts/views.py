"""The list of places that parcels can be sent to, for the form that asks for an address."""

import hashlib
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import etag, require_safe

from backend.accounts.regions import FILE


@cache
def _content() -> bytes:
    return FILE.read_bytes()


@cache
def _digest() -> str:
    return f'"{hashlib.sha256(_content()).hexdigest()[:20]}"'


@require_safe
@cache_control(public=True, max_age=24 * 3600)
@gzip_page
@etag(lambda request: _digest())
def regions(request: HttpRequest) -> HttpResponse:
    """Provinces, cities and districts with their codes."""
    return HttpResponse(_content(), content_type="application/json")
