"""What moderation needs of a content: to see it, and to show or hide it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Protocol
from uuid import UUID

from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Subject:
    """A content as it is now."""

    author_id: UUID
    title: str
    body: str
    picture_ids: tuple[UUID, ...]
    url: str
    visibility: str
    video_id: UUID | None = None


class Moderatable(Protocol):
    """One kind of content that can be reported."""

    kind: str

    def subject(self, target_id: UUID) -> Subject | None:
        """See the content, whoever may see it."""

    def visibilities(self, target_ids: Collection[UUID]) -> dict[UUID, str]:
        """Say who sees each of some contents now."""

    def is_visible_to(self, target_id: UUID, viewer_id: UUID) -> bool:
        """Say whether a reporter can see it at all."""

    def change_visibility(self, target_id: UUID, visibility: str, now: datetime) -> str:
        """Set who sees it, in the caller's transaction, and answer who saw it before."""

    def evidence(self, target_ids: Collection[UUID]) -> Mapping[UUID, list[str]]:
        """Say in the reader's language what the rules of its app found against some contents."""


_kinds: dict[str, str] = {}


def register_moderatable(kind: str, path: str) -> None:
    """Make a kind of content known by the dotted path of its class; call it in `AppConfig.ready()`."""
    _kinds[kind] = path


def known_kinds() -> list[str]:
    """Every kind of content that can be reported."""
    return sorted(_kinds)


@cache
def moderatable(kind: str) -> Moderatable:
    """Find a kind of content."""
    found: Moderatable = import_string(_kinds[kind])()
    return found
