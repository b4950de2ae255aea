"""Saving and deleting the addresses of a person."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.accounts.errors import AddressLimitReached
from backend.accounts.models import Address, Profile
from backend.accounts.regions import Region, RegionUnknown, region_of_code, region_of_names
from backend.accounts.rules import MOST_ADDRESSES, has_letter, normal_phone, tidy
from backend.accounts.selectors import visible_address
from backend.core.errors import InvalidInput
from backend.core.locks import lock_one

# Taiwan, Hong Kong and Macau have places without a district.
_LENGTHS = {"name": (1, 40), "province": (2, 40), "city": (2, 40), "district": (0, 40), "line": (4, 120)}
_PROBLEMS = {
    "name": _("Write the name of the person who receives the parcel, up to 40 characters."),
    "province": _("Choose a province."),
    "city": _("Choose a city."),
    "district": _("Choose a district."),
    "line": _("Write street, house and door, 4 to 120 characters."),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class AddressText:
    """An address as its owner wrote it. A region code stands above the names of province, city and district."""

    name: str
    phone: str
    province: str
    city: str
    district: str
    line: str
    region_code: str = ""


@transaction.atomic
def save_address(
    *, user_id: UUID, text: AddressText, now: datetime, address_id: UUID | None = None, is_default: bool = False
) -> Address:
    """Keep a new address or change one; the first address is the default one.

    Raises: NotFound, InvalidInput, AddressLimitReached.
    """
    lock_one(Profile, user_id)
    fields = _checked(text)
    if address_id is None:
        kept = Address.objects.filter(user_id=user_id).count()
        if kept >= MOST_ADDRESSES:
            raise AddressLimitReached(limit=MOST_ADDRESSES)
        address = Address(user_id=user_id)
        is_default = is_default or kept == 0
    else:
        address = visible_address(address_id=address_id, user_id=user_id)
        is_default = is_default or address.is_default
    if is_default:
        Address.objects.filter(user_id=user_id, is_default=True).exclude(pk=address.pk).update(is_default=False)
    for name, value in fields.items():
        setattr(address, name, value)
    address.is_default = is_default
    address.saved_at = now
    if address_id is None:
        address.save(force_insert=True)
    else:
        address.save(update_fields=[*fields, "is_default", "saved_at"])
    return address


@transaction.atomic
def delete_address(*, user_id: UUID, address_id: UUID) -> UUID:
    """Forget an address; the one saved last becomes the default if the default goes.

    Raises: NotFound.
    """
    lock_one(Profile, user_id)
    address = visible_address(address_id=address_id, user_id=user_id)
    was_default = address.is_default
    address.delete()
    if was_default:
        heir = Address.objects.filter(user_id=user_id).order_by("-saved_at", "-pk").first()
        if heir is not None:
            heir.is_default = True
            heir.save(update_fields=["is_default"])
    return address_id


def _checked(text: AddressText) -> dict[str, str]:
    fields = {name: tidy(getattr(text, name)) for name in _LENGTHS}
    needed = ("name", "line") if text.region_code else tuple(_LENGTHS)
    for name, (shortest, longest) in _LENGTHS.items():
        value = fields[name]
        if name in needed and (not shortest <= len(value) <= longest or (value and not has_letter(value))):
            raise InvalidInput(name, _PROBLEMS[name])
    phone = normal_phone(text.phone)
    if phone is None:
        raise InvalidInput("phone", _("Write a phone number, such as 138 0013 8000 or +852 6123 4567."))
    region = _region(text.region_code, fields)
    names = {"province": region.province, "city": region.city, "district": region.district}
    return fields | names | {"phone": phone, "region_code": region.code}


def _region(code: str, fields: dict[str, str]) -> Region:
    try:
        if code:
            return region_of_code(code)
        return region_of_names(province=fields["province"], city=fields["city"], district=fields["district"])
    except RegionUnknown as unknown:
        if unknown.part == "region_code":
            raise InvalidInput("region_code", _("Choose province, city and district from the list.")) from unknown
        raise InvalidInput(unknown.part, _PROBLEMS[unknown.part]) from unknown
