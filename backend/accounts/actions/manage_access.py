"""Roles, and ending access."""

from datetime import datetime
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.cached_db import SessionStore
from django.db import transaction

from backend.accounts.events import RoleGranted, RoleWithdrawn, SessionsEnded
from backend.accounts.models import Role, RoleGrant, User
from backend.core.errors import InvalidInput
from backend.core.locks import lock_one
from backend.core.outbox import emit


@transaction.atomic
def grant_role(*, user_id: UUID, role: str, now: datetime, granted_by_id: UUID | None = None) -> RoleGrant:
    """Let a person work for the shop in a role; granting twice is granting once.

    Raises: NotFound, InvalidInput.
    Emits: RoleGranted.
    """
    lock_one(User, user_id)
    if role not in Role.values:
        raise InvalidInput("role")
    if held := RoleGrant.objects.filter(user_id=user_id, role=role).first():
        return held
    grant = RoleGrant.objects.create(user_id=user_id, role=role, granted_by_id=granted_by_id, granted_at=now)
    emit(RoleGranted(user_id=user_id, role=role, granted_by_id=granted_by_id, at=now))
    return grant


@transaction.atomic
def withdraw_role(*, user_id: UUID, role: str, now: datetime) -> bool:
    """Take a role back; say whether it was held.

    Raises: NotFound.
    Emits: RoleWithdrawn.
    """
    lock_one(User, user_id)
    gone, _ = RoleGrant.objects.filter(user_id=user_id, role=role).delete()
    if gone:
        emit(RoleWithdrawn(user_id=user_id, role=role, at=now))
    return bool(gone)


@transaction.atomic
def end_sessions(*, user_id: UUID, now: datetime, except_key: str | None = None) -> int:
    """End every sign-in of a person, but perhaps the one in use; say how many ended.

    Emits: SessionsEnded.
    """
    ended = UserSession.objects.filter(user_id=user_id).exclude(session_key=except_key or "")
    keys = list(ended.values_list("session_key", flat=True))
    for key in keys:
        SessionStore(key).delete()
    ended.delete()
    emit(SessionsEnded(user_id=user_id, at=now))
    return len(keys)


@transaction.atomic
def close_account(*, user_id: UUID, now: datetime) -> User:
    """Close an account: it can no longer be signed in to, and every sign-in ends.

    Raises: NotFound.
    Emits: SessionsEnded.
    """
    user = lock_one(User, user_id)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user_id=user_id, now=now)
    return user
