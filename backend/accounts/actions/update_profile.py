"""Changing the public part of a person."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.accounts.errors import PictureNotYours
from backend.accounts.events import ProfileChanged
from backend.accounts.models import Profile
from backend.accounts.rules import BIO_LENGTH, FACES, NAME_LENGTH, has_letter, tidy
from backend.core.errors import InvalidInput
from backend.core.languages import LOCALES
from backend.core.locks import lock_one
from backend.core.outbox import emit
from backend.core.pictures.models import Picture


@dataclass(frozen=True, kw_only=True, slots=True)
class ProfileChange:
    """What shall be different; what is None stays as it is."""

    name: str | None = None
    bio: str | None = None
    face: str | None = None
    picture_id: UUID | None = None
    locale: str | None = None
    is_listed: bool | None = None


@transaction.atomic
def update_profile(*, user_id: UUID, change: ProfileChange, now: datetime) -> Profile:
    """Change name, introduction, face, picture or language.

    A face takes the picture's place and a picture takes the face's.

    Raises: NotFound, InvalidInput, PictureNotYours.
    Emits: ProfileChanged.
    """
    profile = lock_one(Profile, user_id)
    wanted = _checked(change, user_id=user_id)
    changed = [field for field, value in wanted.items() if getattr(profile, field) != value]
    if not changed:
        return profile
    for field in changed:
        setattr(profile, field, wanted[field])
    profile.save(update_fields=changed)
    emit(ProfileChanged(user_id=user_id, at=now))
    return profile


def _checked(change: ProfileChange, *, user_id: UUID) -> dict[str, object]:
    wanted: dict[str, object] = {}
    if change.name is not None:
        wanted["display_name"] = _name(change.name)
    if change.bio is not None:
        wanted["bio"] = _bio(change.bio)
    if change.face is not None:
        if change.face not in FACES:
            raise InvalidInput("face", _("This face is not in the list. Choose one of the faces shown."))
        wanted |= {"face": change.face, "avatar_id": None}
    if change.picture_id is not None:
        if not Picture.objects.filter(pk=change.picture_id, owner_id=user_id).exists():
            raise PictureNotYours(field="pictureId")
        wanted["avatar_id"] = change.picture_id
    if change.locale is not None:
        if change.locale not in LOCALES:
            raise InvalidInput("locale", _("Choose one of the three languages."))
        wanted["locale"] = change.locale
    if change.is_listed is not None:
        wanted["is_listed"] = change.is_listed
    return wanted


def _name(text: str) -> str:
    name = tidy(text)
    if not 2 <= len(name) <= NAME_LENGTH or not has_letter(name):
        raise InvalidInput("name", _("A name has 2 to 24 characters and at least one letter or digit."))
    return name


def _bio(text: str) -> str:
    bio = tidy(text)
    if len(bio) > BIO_LENGTH:
        raise InvalidInput("bio", _("An introduction has at most 160 characters. Shorten it."))
    return bio
