"""Doors of the shell: one page per face, the shop's with what its address is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from backend.config.shell.build import NotBuilt, parts_of
from backend.config.shell.first import (
    First,
    Sharing,
    first_answer,
    group_sharing,
    hero_of,
    product_sharing,
    viewer_of_page,
)
from backend.config.shell.words import word
from backend.core.languages import Locale, locale_of

Describe = Callable[[Mapping[str, Any], Callable[[str], str]], Sharing | None]


@dataclass(frozen=True)
class ShopPage:
    """A page of the shop whose first answer comes with its HTML."""

    source: str
    texts: tuple[str, ...]
    operation: str = ""
    root: str = ""
    describe: Describe | None = None


HOME = ShopPage("HomePage", ("catalogue", "groupbuy"), "HomePage", "home")
PRODUCT = ShopPage("ProductPage", ("catalogue", "groupbuy"), "ProductPage", "product", product_sharing)
GROUP = ShopPage("GroupPage", ("groupbuy",), "GroupPage", "group", group_sharing)


@require_safe
@gzip_page
def home(request: HttpRequest) -> HttpResponse:
    """The shop's front page."""
    return shop_page(request, HOME, {})


@require_safe
@gzip_page
def product(request: HttpRequest, slug: str) -> HttpResponse:
    """A product's page; 404 when there is none of this name."""
    return shop_page(request, PRODUCT, {"slug": slug})


@require_safe
@gzip_page
def group(request: HttpRequest, group_id: str) -> HttpResponse:
    """A group's page, as its member or as a visitor."""
    return shop_page(request, GROUP, {"id": group_id})


@require_safe
@gzip_page
def shop(request: HttpRequest, **_parts: str) -> HttpResponse:
    """Any other page of the shop."""
    return face_page(request, "shop")


@require_safe
@gzip_page
def missing(request: HttpRequest) -> HttpResponse:
    """An address that the shop does not have: the shop says so in its own words."""
    return face_page(request, "shop", status=404)


@require_safe
@gzip_page
def moderation(request: HttpRequest) -> HttpResponse:
    """The moderators' console."""
    return face_page(request, "moderation")


@require_safe
@gzip_page
def growth(request: HttpRequest) -> HttpResponse:
    """The growth team's console."""
    return face_page(request, "growth")


def shop_page(request: HttpRequest, page: ShopPage, variables: Mapping[str, Any]) -> HttpResponse:
    """A page with its first answer, its large picture and what a messenger shows of it."""
    locale = page_locale(request)
    first = first_answer(page.operation, variables, viewer_of_page(request, locale), root=page.root)
    sharing = page.describe(first.data, lambda key: word(key, locale)) if page.describe else None
    texts = tuple(f"features/{name}/locales/{locale}.json" for name in page.texts)
    return face_page(
        request,
        "shop",
        sources=(f"apps/shop/routes/{page.source}.vue", *texts),
        first=first,
        sharing=sharing,
        status=404 if first.is_missing else 200,
    )


def face_page(
    request: HttpRequest,
    face: str,
    *,
    sources: tuple[str, ...] = (),
    first: First | None = None,
    sharing: Sharing | None = None,
    status: int = 200,
) -> HttpResponse:
    """The HTML of a face."""
    locale = page_locale(request)
    try:
        parts = parts_of(face, f"shared/i18n/locales/{locale}.json", *sources)
    except NotBuilt as reason:
        return HttpResponse(str(reason), status=503, content_type="text/plain; charset=utf-8")
    get_token(request)
    title = word(f"title.{face}", locale)
    context = {
        "face": face,
        "locale": locale,
        "parts": parts,
        "first": first or First(),
        "hero": hero_of(first.data) if first else None,
        "sharing": sharing or Sharing(title=title, description=word("slogan", locale)),
        "title": f"{sharing.title} · {word('brand', locale)}" if sharing else title,
        "site": request.build_absolute_uri("/").rstrip("/"),
        "address": request.build_absolute_uri(request.path),
        "theme": request.COOKIES.get("tz_theme", "auto"),
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "is_signed_in": request.user.is_authenticated,
        "brand": word("brand", locale),
        "no_script": word("no_script", locale),
    }
    response = render(request, "shell/face.html", context, status=status)
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Cookie, Accept-Language"
    return response


def page_locale(request: HttpRequest) -> Locale:
    """The language of the page: the reader's own choice first, then the browser's."""
    return locale_of(
        cookie=request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME),
        accept_language=request.headers.get("Accept-Language"),
    )
