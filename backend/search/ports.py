"""What upper apps may add: things to find, what interests a person, and how he rated it.

Products are filled in by search itself, because the catalogue stands below and knows nothing of search.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol
from uuid import UUID

from django.utils.module_loading import import_string

from backend.search.documents import Document


class SearchSource(Protocol):
    """An app that has things to find. It gives only what everybody may see."""

    kind: str

    def everything(self) -> Iterator[UUID]:
        """The ids of all that everybody may see, in a steady order."""
        ...

    def documents(self, ids: Sequence[UUID]) -> Iterable[Document]:
        """These as documents; what is left out is taken out of the index."""
        ...


_sources: dict[str, str] = {}
_interests: list[str] = []
_opinions: list[str] = []


def register_source(kind: str, path: str) -> None:
    """Let search find the things of an app. `path` names a `SearchSource` class; it is imported when first asked."""
    _sources[kind] = path


def source_of(kind: str) -> SearchSource:
    """The source of one kind."""
    source: SearchSource = import_string(_sources[kind])()
    return source


def sources() -> list[SearchSource]:
    """All sources in the order of their kinds."""
    return [source_of(kind) for kind in sorted(_sources)]


def add_interest(path: str) -> None:
    """Say which products a person showed interest in, such as those he bought.

    `path` names a function from the person's id to product ids, the latest first.
    """
    if path not in _interests:
        _interests.append(path)


def products_of_interest(person_id: UUID) -> list[UUID]:
    """The products in which the person showed interest in other apps."""
    return [product_id for path in _interests for product_id in import_string(path)(person_id)]


def add_opinion(path: str) -> None:
    """Say how a person rated products.

    `path` names a function from the person's id to product ids with stars from one to five, the latest first.
    """
    if path not in _opinions:
        _opinions.append(path)


def opinions_of(person_id: UUID) -> list[tuple[UUID, int]]:
    """How the person rated products in other apps."""
    return [opinion for path in _opinions for opinion in import_string(path)(person_id)]
