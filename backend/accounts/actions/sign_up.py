"""Making an account and proving how it is reached."""

from datetime import datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Exists, OuterRef

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
UNPROVEN_FOR = timedelta(days=1)


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
    if user.phone == number and user.phone_verified_at is not None:
        return user
    user.phone = number
    user.phone_verified_at = now if is_verified else None
    user.save(update_fields=["phone", "phone_verified_at"])
    return user


@transaction.atomic
def welcome_if_new(*, user_id: UUID, locale: str, now: datetime, visitor: str = "") -> Profile:
    """Give an account its public part the first time its owner proves a contact.

    Raises: NotFound.
    Emits: PersonSignedUp.
    """
    user = lock_one(User, user_id)
    known = Profile.objects.filter(pk=user_id).first()
    return known or welcome(user=user, locale=locale, visitor=visitor, now=now)


@transaction.atomic
def enter_with_contact(*, email: str | None, phone: str | None, locale: str, now: datetime, visitor: str = "") -> User:
    """Find or make the account of an email or a phone number that somebody has just proven.

    An account that wrote the contact down without ever proving it loses its password: it may be another's.

    Raises: InvalidInput.
    Emits: PersonSignedUp.
    """
    email, phone = email.lower() if email else None, _normal(phone)
    advisory_lock("accounts.contact", email or phone)
    user = person_by_email(email) if email else person_by_phone(phone or "")
    if user is None:
        return sign_up(email=email, phone=phone, locale=locale, visitor=visitor, now=now)
    proven = EmailAddress.objects.filter(user=user, email=email, verified=True).exists() if email else False
    if proven or (phone and user.phone_verified_at is not None):
        return user
    user.set_unusable_password()
    user.phone_verified_at = now if phone else user.phone_verified_at
    user.save(update_fields=["password", "phone_verified_at"])
    if email:
        EmailAddress.objects.update_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    welcome_if_new(user_id=user.pk, locale=locale, visitor=visitor, now=now)
    return user


@transaction.atomic
def forget_unproven(*, now: datetime) -> int:
    """Delete accounts that a day after sign-up have proven nothing, so that their contacts are free; say how many."""
    silent = User.objects.filter(date_joined__lt=now - UNPROVEN_FOR, last_login=None, phone_verified_at=None)
    proven = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    welcomed = Profile.objects.filter(pk=OuterRef("pk"))
    ids = list(silent.exclude(Exists(proven)).exclude(Exists(welcomed)).values_list("pk", flat=True))
    EmailAddress.objects.filter(user__in=ids).delete()
    User.objects.filter(pk__in=ids).delete()
    return len(ids)


def _normal(phone: str | None) -> str | None:
    if not phone:
        return None
    if number := normal_phone(phone):
        return number
    raise InvalidInput("phone")
