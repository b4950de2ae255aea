"""What creators publish. The app that keeps posts stands above and fills this."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A post as its readers see it."""

    post_id: UUID
    author_id: UUID
    product_id: UUID | None
    title: str
    body: str
    is_public: bool


class Publications(Protocol):
    """The app that keeps what creators publish."""

    def find(self, post_ids: Iterable[UUID]) -> Mapping[UUID, Publication]:
        """Posts by their ids; those that do not exist are left out."""
        ...

    def latest_of(self, author_id: UUID, *, product_id: UUID) -> list[Publication]:
        """The newest posts of a person about a product, at most twenty."""
        ...


_path: list[str] = []


def use_publications(path: str) -> None:
    """Say who keeps posts, by the dotted path of its class; call it in `AppConfig.ready()`."""
    _path[:] = [path]


def publications() -> Publications:
    """Who keeps posts. Without anybody it is a mistake of ours."""
    source: Publications = import_string(_path[0])()
    return source
