"""Every address of the shop that Django answers; `/graphql` and the sockets are in `routing`."""

from __future__ import annotations

from django.conf import settings
from django.contrib.sitemaps.views import index, sitemap
from django.urls import include, path

from backend.config.crawlers import SITEMAPS, robots

urlpatterns = [
    path("_allauth/", include("backend.accounts.sign_in.urls")),
    path("_allauth/", include("allauth.headless.urls")),
    path("robots.txt", robots),
    path("sitemap.xml", index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap"}),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    *[path("", include(module)) for module in settings.PAGE_MODULES],
]
if settings.SHELL_URLS:
    # Last: the shell answers every remaining address with the page of its face.
    urlpatterns.append(path("", include(settings.SHELL_URLS)))
