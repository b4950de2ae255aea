"""Everything that is said is said in all three languages, and one sentence in one way."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation

from backend.config.run.translations import translation_files
from backend.core.embedded.places import PROJECT
from backend.core.errors import DomainError
from tests.architecture.code import product_files

SAID_BY = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
Said = tuple[str | None, str]


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


def sentences() -> set[Said]:
    """Every sentence of the code with its context; the words of the demo are of one language on purpose."""
    said = set()
    for file in product_files():
        if "/demo/" not in file.name:
            for _line, words, _notes, context in extract_from_file("python", PROJECT / file.name, keywords=SAID_BY):
                said.add((context, words if isinstance(words, str) else words[0]))
    return said


def translations(language: str) -> dict[Said, dict[str, str]]:
    """What each app says for a sentence."""
    known: dict[Said, dict[str, str]] = {}
    for path in translation_files():
        if path.parts[-3] == language:
            with path.open("rb") as file:
                for each in read_po(file):
                    words = each.id if isinstance(each.id, str) else each.id[0]
                    if words and each.string:
                        known.setdefault((each.context, words), {})[path.parts[-5]] = str(each.string)
    return known


@pytest.mark.parametrize("language", ["zh_Hans", "zh_Hant"])
def test_every_sentence_of_the_code_is_translated_into(language):
    assert sorted(sentences() - translations(language).keys(), key=str) == []


@pytest.mark.parametrize("language", ["zh_Hans", "zh_Hant"])
def test_apps_do_not_translate_one_sentence_in_two_ways_into(language):
    """All catalogues are one at runtime: without a context of its own a sentence has the words of who comes last."""
    ambiguous = {said: ways for said, ways in translations(language).items() if len(set(ways.values())) > 1}

    assert ambiguous == {}
