"""Reads about people."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from backend.accounts.models import Address, Block, ConfirmChoice, Follow, Passkey, Profile, RoleGrant, User
from backend.core.errors import NotFound
from backend.core.pictures import picture_urls
from backend.core.pictures.models import Picture

_ROLES = f"""
SELECT held.role FROM {RoleGrant._meta.db_table} held JOIN {User._meta.db_table} person ON person.id = held.user_id
WHERE held.user_id = %s AND person.is_active
"""  # noqa: S608 - the names of our own tables


class PublicPerson(TypedDict):
    """What anybody may know of a person at a glance."""

    id: UUID
    name: str
    face_url: str


class PublicProfile(PublicPerson):
    """What anybody may read on a person's page."""

    face_key: str
    bio: str
    joined_at: datetime
    is_followed: bool
    followers_count: int
    following_count: int


class OwnAccount(TypedDict):
    """What only the person may read of their account."""

    id: UUID
    email: str | None
    phone: str | None
    has_password: bool
    roles: list[str]
    locale: str


def public_people(ids: Iterable[UUID]) -> dict[UUID, PublicPerson]:
    """Names and faces of people, in one query; unknown ids are left out."""
    wanted = set(ids)
    if not wanted:
        return {}
    profiles = Profile.objects.filter(pk__in=wanted).select_related("avatar")
    return {profile.pk: _public(profile) for profile in profiles}


def face_url(*, face: str, avatar: Picture | None) -> str:
    """The picture that stands for a person: their own, or the face they chose."""
    return str(picture_urls(avatar)["src"]) if avatar else default_storage.url(face_file(face))


def face_file(face: str) -> str:
    """The name in Django's storage under which the picture of a face lies."""
    return f"faces/{face}.webp"


def public_profile(*, person_id: UUID, viewer_id: UUID | None) -> PublicProfile:
    """The page of one person as the viewer may see it.

    Raises: NotFound.
    """
    seen = Profile.objects.filter(pk=person_id, user__is_active=True).select_related("user", "avatar")
    if viewer_id != person_id:
        seen = seen.filter(is_listed=True)
    followers, following = (
        Follow.objects.filter(followee=OuterRef("pk")),
        Follow.objects.filter(follower=OuterRef("pk")),
    )
    profile = seen.annotate(
        followers_count=_count_of(followers, "followee"),
        following_count=_count_of(following, "follower"),
        is_followed=Exists(followers.filter(follower=viewer_id)),
    ).first()
    if profile is None or (viewer_id is not None and is_blocked_between(viewer_id, person_id)):
        raise NotFound
    return {
        **_public(profile),
        "face_key": profile.face,
        "bio": profile.bio,
        "joined_at": profile.user.date_joined,
        "is_followed": profile.is_followed,
        "followers_count": profile.followers_count,
        "following_count": profile.following_count,
    }


def own_account(user_id: UUID) -> OwnAccount | None:
    """A person's own account, None when it is closed."""
    profile = Profile.objects.filter(pk=user_id, user__is_active=True).select_related("user").first()
    if profile is None:
        return None
    return {
        "id": profile.pk,
        "email": profile.user.email,
        "phone": profile.user.phone,
        "has_password": profile.user.has_usable_password(),
        "roles": sorted(roles_of(user_id)),
        "locale": profile.locale,
    }


def visible_person(*, person_id: UUID, viewer_id: UUID) -> User:
    """A person with whom the viewer may have to do.

    Raises: NotFound.
    """
    person = User.objects.filter(pk=person_id, is_active=True).first()
    if person is None or is_blocked_between(person_id, viewer_id):
        raise NotFound
    return person


def is_blocked_between(one_id: UUID, other_id: UUID) -> bool:
    """Whether either of two people has blocked the other."""
    return Block.objects.filter(
        Q(blocker_id=one_id, blocked_id=other_id) | Q(blocker_id=other_id, blocked_id=one_id)
    ).exists()


def blocked_either_way(user_id: UUID) -> set[UUID]:
    """Everybody whom a person has blocked or who has blocked that person."""
    pairs = Block.objects.filter(Q(blocker_id=user_id) | Q(blocked_id=user_id)).values_list("blocker_id", "blocked_id")
    return {person for pair in pairs for person in pair} - {user_id}


def follows(*, follower_id: UUID, followee_id: UUID) -> bool:
    """Whether one person follows another."""
    return Follow.objects.filter(follower_id=follower_id, followee_id=followee_id).exists()


def follow_each_other(one_id: UUID, other_id: UUID) -> bool:
    """Whether two people follow one another."""
    pair = Q(follower_id=one_id, followee_id=other_id) | Q(follower_id=other_id, followee_id=one_id)
    return Follow.objects.filter(pair).count() == 2


def followees_of(user_id: UUID) -> set[UUID]:
    """Whom a person follows."""
    return set(Follow.objects.filter(follower_id=user_id).values_list("followee_id", flat=True))


def followers_of(user_id: UUID) -> set[UUID]:
    """Who follows a person."""
    return set(Follow.objects.filter(followee_id=user_id).values_list("follower_id", flat=True))


def roles_of(user_id: UUID) -> frozenset[str]:
    """The roles of a person beyond shopper, none when the account is closed."""
    with connection.cursor() as cursor:
        cursor.execute(_ROLES, [user_id])
        return frozenset(role for (role,) in cursor.fetchall())


def people_with_role(*roles: str) -> list[UUID]:
    """Everybody who holds one of the roles."""
    held = RoleGrant.objects.filter(role__in=roles, user__is_active=True)
    return list(held.values_list("user_id", flat=True).distinct())


def locale_of_person(user_id: UUID) -> str:
    """The language in which a person reads."""
    return Profile.objects.filter(pk=user_id).values_list("locale", flat=True).first() or "zh-Hans"


def addresses_of(user_id: UUID) -> list[Address]:
    """A person's addresses, the default one first."""
    return list(Address.objects.filter(user_id=user_id).order_by("-is_default", "-saved_at", "pk"))


def home_province(user_id: UUID) -> str:
    """The province of a person's usual address, or nothing."""
    found = Address.objects.filter(user_id=user_id, is_default=True)
    return found.values_list("province", flat=True).first() or ""


def visible_address(*, address_id: UUID, user_id: UUID) -> Address:
    """One of the person's own addresses.

    Raises: NotFound.
    """
    address = Address.objects.filter(pk=address_id, user_id=user_id).first()
    if address is None:
        raise NotFound
    return address


def address_snapshot(address: Address) -> Mapping[str, str]:
    """The copy of an address that an order keeps."""
    names = ("name", "phone", "province", "city", "district", "line", "region_code")
    return {name: str(getattr(address, name)) for name in names}


def person_by_phone(phone: str) -> User | None:
    """The account that a normal phone number belongs to."""
    return User.objects.filter(phone=phone).first()


def person_by_email(email: str) -> User | None:
    """The account that an email belongs to."""
    return User.objects.filter(email=email.lower()).first()


def _public(profile: Profile) -> PublicPerson:
    return {
        "id": profile.pk,
        "name": profile.display_name,
        "face_url": face_url(face=profile.face, avatar=profile.avatar),
    }


def _count_of(rows: QuerySet[Follow], column: str) -> Coalesce:
    counted = rows.order_by().values(column).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def passkeys_of(user_id: UUID) -> list[Passkey]:
    """The passkeys of a person, the oldest first."""
    return list(Passkey.objects.filter(user_id=user_id).order_by("made_at", "pk"))


def confirm_from(user_id: UUID) -> int | None:
    """From which amount on a person confirms what store credit pays; None for who has no passkey."""
    if not Passkey.objects.filter(user_id=user_id).exists():
        return None
    chosen = ConfirmChoice.objects.filter(pk=user_id).values_list("from_minor", flat=True).first()
    return settings.CONFIRM_CREDIT_FROM_MINOR if chosen is None else chosen
