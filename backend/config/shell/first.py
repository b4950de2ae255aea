"""The first answer of a page, asked here so that the browser need not ask again before it can draw."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from backend.accounts.selectors import roles_of
from backend.config.shell.build import document_named
from backend.core.graphql import Viewer, run_trusted
from backend.core.languages import Locale

log = logging.getLogger(__name__)

# Inside a script element these would end it or start another.
_UNSAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@dataclass(frozen=True)
class Sharing:
    """What a messenger shows of an address, and what a browser calls the page."""

    title: str
    description: str = ""
    picture: str = ""
    facts: SafeString = field(default_factory=SafeString)


@dataclass(frozen=True)
class Hero:
    """The picture that the first screen is about, to be fetched before any script."""

    srcset: str
    sizes: str


@dataclass(frozen=True)
class First:
    """A page's first answer in the forms in which the page uses it."""

    json: SafeString = field(default_factory=SafeString)
    data: Mapping[str, Any] = field(default_factory=dict)
    is_missing: bool = False


def viewer_of_page(request: HttpRequest, locale: Locale) -> Viewer:
    """Give the person whose page this is."""
    if not request.user.is_authenticated:
        return Viewer(locale=locale)
    person = request.user.pk
    return Viewer(user_id=person, roles=frozenset(roles_of(person)), locale=locale)


def first_answer(operation: str, variables: Mapping[str, Any], viewer: Viewer, *, root: str) -> First:
    """Run the page's first document. Whatever goes wrong, the page comes without it and asks by itself."""
    document_id = document_named(operation)
    if document_id is None:
        return First()
    try:
        answer = run_trusted(document_id, variables, viewer)
    except Exception:
        log.exception("the first answer of %s could not be made", operation)
        return First()
    data = answer.get("data")
    if not data or "errors" in answer:
        return First()
    inlined = [{"documentId": document_id, "variables": dict(variables), "data": data}]
    return First(json=_script_safe(inlined), data=data, is_missing=data.get(root) is None)


def product_sharing(data: Mapping[str, Any], words: Callable[[str], str]) -> Sharing | None:
    """What is shown of a product's address."""
    product = data.get("product")
    if not product or "title" not in product:
        return None
    return Sharing(
        title=product["title"],
        description=product.get("subtitle") or words("slogan"),
        picture=_source(product.get("picture") or first_of(product.get("pictures"))),
        facts=_script_safe(product_facts(product)),
    )


def product_facts(product: Mapping[str, Any]) -> dict[str, Any]:
    """A product in the words that search engines read (schema.org/Product): what it costs and how it is liked."""
    variants = product.get("variants") or []
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": product["title"],
        "description": product.get("description") or product.get("subtitle") or "",
    }
    if prices := [each["price"] for each in variants]:
        in_stock = any(each["available"] > 0 for each in variants)
        facts["offers"] = {
            "@type": "AggregateOffer",
            "offerCount": len(prices),
            "lowPrice": _in_units(min(price["minor"] for price in prices)),
            "highPrice": _in_units(max(price["minor"] for price in prices)),
            "priceCurrency": prices[0]["currency"],
            "availability": f"https://schema.org/{'InStock' if in_stock else 'OutOfStock'}",
        }
    if count := product.get("ratingCount"):
        average = product["ratingAverage"]
        facts["aggregateRating"] = {"@type": "AggregateRating", "ratingValue": average, "reviewCount": count}
    return facts


def _in_units(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02d}"


def group_sharing(data: Mapping[str, Any], words: Callable[[str], str]) -> Sharing | None:
    """What is shown of a group's address: what is bought and how many seats are free."""
    group = data.get("group") or {}
    product = group.get("product")
    if not product or "title" not in product:
        return None
    left = group.get("seatsLeft")
    return Sharing(
        title=product["title"],
        description=words("seats_left") % {"count": left} if left else words("slogan"),
        picture=_source(product.get("picture")),
    )


def hero_of(data: Mapping[str, Any]) -> Hero | None:
    """The large picture on the first screen of home or of a product."""
    banner = first_of((data.get("home") or {}).get("hero"))
    picture = (banner or {}).get("picture") or first_of((data.get("product") or {}).get("pictures"))
    if not picture or not picture.get("avif"):
        return None
    return Hero(srcset=picture["avif"], sizes="(max-width: 430px) 100vw, 430px")


def first_of(items: Any) -> Any:
    """The first of a list that may be missing."""
    return items[0] if items else None


def _source(picture: Mapping[str, Any] | None) -> str:
    return str((picture or {}).get("src") or "")


def _script_safe(value: Any) -> SafeString:
    return mark_safe(orjson.dumps(value).decode().translate(_UNSAFE))  # noqa: S308 - no mark of HTML is left in it
