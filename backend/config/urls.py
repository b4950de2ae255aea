"""Every address of the shop that Django answers; `/graphql` and the sockets are in `routing`."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("_allauth/", include("backend.accounts.sign_in.urls")),
    path("_allauth/", include("allauth.headless.urls")),
    *[path("", include(module)) for module in settings.PAGE_MODULES],
]
if settings.SHELL_URLS:
    # Last: the shell answers every remaining address with the page of its face.
    urlpatterns.append(path("", include(settings.SHELL_URLS)))
