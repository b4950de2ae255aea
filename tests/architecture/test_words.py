"""Every refusal is said in all three languages."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils import translation

from backend.core.errors import DomainError
from tests.architecture.code import product_files


def refusals() -> list[type[DomainError]]:
    for file in product_files():
        if file.layer == "errors" and file.app in settings.OUR_APPS:
            importlib.import_module(file.name.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
    return sorted(subclasses(DomainError), key=lambda refusal: (refusal.__module__, refusal.__name__))


def subclasses(kind: type[DomainError]) -> Iterator[type[DomainError]]:
    for below in kind.__subclasses__():
        if not below.__module__.startswith("tests."):
            yield below
        yield from subclasses(below)


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_every_refusal_has_its_sentence_in(language):
    missing = []
    for refusal in refusals():
        sentence = getattr(refusal, "message", None)
        if sentence is None:
            continue
        with translation.override("en"):
            english = str(sentence)
        with translation.override(language):
            if str(sentence) == english:
                missing.append(f"{refusal.__module__}.{refusal.__name__}: {english}")

    assert missing == []
