"""The three languages of the shop and how a translated column is read.

A translated column holds `{"zh-Hans": "…", "zh-Hant": "…", "en": "…"}`.
"""

from collections.abc import Mapping
from typing import Literal, get_args

from django.utils.translation.trans_real import parse_accept_lang_header

Locale = Literal["zh-Hans", "zh-Hant", "en"]
LOCALES: tuple[Locale, ...] = get_args(Locale)
DEFAULT_LOCALE: Locale = "zh-Hans"

_FALLBACKS: dict[str, tuple[Locale, ...]] = {
    "zh-Hans": ("zh-Hans", "zh-Hant", "en"),
    "zh-Hant": ("zh-Hant", "zh-Hans", "en"),
    "en": ("en", "zh-Hans", "zh-Hant"),
}
_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")


def translate(texts: Mapping[str, str] | None, locale: str) -> str:
    """Give the text in the asked language, or in the nearest one that has it."""
    if not texts:
        return ""
    for candidate in _FALLBACKS.get(locale, LOCALES):
        if text := texts.get(candidate):
            return text
    return ""


def django_language(locale: str) -> str:
    """Give the name by which Django knows the locale."""
    return locale.lower()


def locale_of(*, cookie: str | None, accept_language: str | None) -> Locale:
    """Choose the locale: the shopper's own choice first, then what the browser asks for."""
    if cookie in LOCALES:
        return cookie
    for name, _weight in parse_accept_lang_header(accept_language or ""):
        if found := _nearest(name.lower()):
            return found
    return DEFAULT_LOCALE


def _nearest(name: str) -> Locale | None:
    if name.startswith(_TRADITIONAL):
        return "zh-Hant"
    if name.startswith("zh"):
        return "zh-Hans"
    if name == "en" or name.startswith("en-"):
        return "en"
    return None
