"""Making an account and proving how it is reached."""

from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction

from backend.accounts.errors import ContactTaken
from backend.accounts.events import PersonSignedUp
from backend.accounts.models import Profile, User
from backend.accounts.rules import normal_phone, welcome_face, welcome_name
from backend.accounts.selectors import person_by_email, person_by_phone
from backend.core.errors import InvalidInput
from backend.core.ids import new_id
from backend.core.locks import advisory_lock, lock_one
from backend.core.outbox import emit

VISITOR_LENGTH = 200


@transaction.atomic
def sign_up(
    *,
    now: datetime,
    locale: str,
    email: str | None = None,
    phone: str | None = None,
    password: str | None = None,
    display_name: str | None = None,
    face: str | None = None,
    visitor: str = "",
) -> User:
    """Make an account for a contact that its owner has proven, with a welcome name and face.

    Raises: InvalidInput, ContactTaken.
    Emits: PersonSignedUp.
    """
    email = email.strip().lower() if email else None
    phone = _normal(phone)
    if not email and not phone:
        raise InvalidInput("email")
    for contact in filter(None, (email, phone)):
        advisory_lock("accounts.contact", contact)
    if (email and person_by_email(email)) or (phone and person_by_phone(phone)):
        raise ContactTaken

    user = User(id=new_id(), email=email, phone=phone, phone_verified_at=now if phone else None, date_joined=now)
    user.set_password(password)
    user.save(force_insert=True)
    if email:
        EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    welcome(user=user, locale=locale, display_name=display_name, face=face, visitor=visitor, now=now)
    return user


@transaction.atomic
def welcome(
    *,
    user: User,
    locale: str,
    now: datetime,
    display_name: str | None = None,
    face: str | None = None,
    visitor: str = "",
) -> Profile:
    """Give a new account its public part.

    Emits: PersonSignedUp.
    """
    profile = Profile.objects.create(
        user=user,
        display_name=display_name or welcome_name(user.id, locale),
        face=face or welcome_face(user.id),
        locale=locale,
    )
    emit(PersonSignedUp(user_id=user.id, visitor=visitor[:VISITOR_LENGTH], locale=locale, at=now))
    return profile


@transaction.atomic
def set_phone(*, user_id: UUID, phone: str, is_verified: bool, now: datetime) -> User:
    """Write down a person's phone number.

    Raises: NotFound, InvalidInput, ContactTaken.
    """
    number = _normal(phone)
    advisory_lock("accounts.contact", number)
    user = lock_one(User, user_id)
    owner = person_by_phone(number or "")
    if owner is not None and owner.id != user_id:
        raise ContactTaken
    user.phone = number
    user.phone_verified_at = now if is_verified else None
    user.save(update_fields=["phone", "phone_verified_at"])
    return user


@transaction.atomic
def confirm_contact(*, user_id: UUID, phone: str, now: datetime) -> User:
    """Note that a person has shown to own the phone number written down.

    Raises: NotFound, InvalidInput.
    """
    user = lock_one(User, user_id)
    if user.phone != _normal(phone):
        raise InvalidInput("phone")
    if user.phone_verified_at is None:
        user.phone_verified_at = now
        user.save(update_fields=["phone_verified_at"])
    return user


def _normal(phone: str | None) -> str | None:
    if not phone:
        return None
    if number := normal_phone(phone):
        return number
    raise InvalidInput("phone")
