"""Who is shown in a group: members see one another, strangers see faces only."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.files.storage import default_storage

from backend.accounts.selectors import face_file
from backend.core.pictures import picture_urls

STRANGERS = uuid.UUID("6f6b0f0e-7d0a-4b7e-8f25-5d2a3c9b1e44")


def person_of(seat: dict[str, Any], info: Any) -> dict[str, Any]:
    """The person on a seat, as the viewer may see them."""
    return _shown(seat["person"], seat["group"])


def leader_of(row: dict[str, Any], info: Any) -> dict[str, Any]:
    """The leader of a group, as the viewer may see them."""
    return _shown(row["leader"], row)


def _shown(person: dict[str, Any], group: dict[str, Any]) -> dict[str, Any]:
    face = _face_url(person)
    if group["my_seat"] is not None:
        return {"id": uuid.UUID(str(person["id"])), "name": person["name"], "face_url": face}
    hidden = uuid.uuid5(STRANGERS, f"{group['id']}:{person['id']}")
    return {"id": hidden, "name": f"{person['name'][:1]}**", "face_url": face}


def _face_url(person: dict[str, Any]) -> str:
    avatar = person["avatar"]
    return str(picture_urls(avatar)["src"]) if avatar else str(default_storage.url(face_file(person["face"])))
