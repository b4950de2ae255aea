"""People for tests, made by the actions that the shop uses."""

from datetime import UTC, datetime, timedelta
from itertools import count

from backend.accounts.actions import AddressText, grant_role, save_address, sign_up
from backend.accounts.models import Address, Role, User

LONG_AGO = datetime(2026, 1, 5, 4, 0, tzinfo=UTC)
_numbers = count(1)


def make_person(
    name: str | None = None,
    *,
    email: str | None = None,
    phone: str | None = None,
    password: str | None = None,
    roles: tuple[str, ...] = (),
    locale: str = "zh-Hans",
    now: datetime = LONG_AGO,
) -> User:
    """Somebody with an account that is proven and not new."""
    number = next(_numbers)
    if email is None and phone is None:
        email = f"{(name or 'person').lower()}-{number}@example.com"
    user = sign_up(email=email, phone=phone, password=password, display_name=name, locale=locale, now=now)
    for role in roles:
        grant_role(user_id=user.id, role=role, now=now)
    return user


def make_moderator(name: str = "Mo", *, now: datetime = LONG_AGO) -> User:
    """Somebody who moderates."""
    return make_person(name, roles=(Role.MODERATOR,), now=now)


def make_grower(name: str = "Grace", *, now: datetime = LONG_AGO) -> User:
    """Somebody of the growth team."""
    return make_person(name, roles=(Role.GROWTH,), now=now)


def address_text(**other: str) -> AddressText:
    """An address as somebody would write it."""
    written = {
        "name": "王小满",
        "phone": "138 0013 8000",
        "province": "浙江省",
        "city": "杭州市",
        "district": "西湖区",
        "line": "文三路 100 号 3 幢 502 室",
    }
    return AddressText(**(written | other))


def make_address(user: User, *, is_default: bool = False, now: datetime = LONG_AGO, **other: str) -> Address:
    """An address of somebody; each call is saved a minute later than the one before."""
    saved_at = now + timedelta(minutes=next(_numbers))
    return save_address(user_id=user.id, text=address_text(**other), is_default=is_default, now=saved_at)
