"""Gather what a poster shows of a link's target, in the reader's language."""

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from PIL import Image

from backend.accounts.models import Profile
from backend.accounts.selectors import face_file
from backend.catalogue.models import Product, ProductPicture
from backend.core.languages import Locale, translate
from backend.core.pictures import Picture
from backend.core.pictures.storing import file_name
from groupbuy.models import Group, GroupState, Seat, SeatState
from referrals.invites.models import LinkKind, ShareLink
from referrals.invites.poster.wording import PosterText

SEATED = (SeatState.PAID, SeatState.CONFIRMED)


def compose(link: ShareLink, *, address: str, locale: Locale, now: datetime) -> PosterText:
    """Say in words and pictures what a link leads to; call it with the reader's language active."""
    group = Group.objects.filter(pk=link.target_id).first() if link.kind == LinkKind.GROUP else None
    product_id = group.product_id if group else link.target_id
    product = Product.objects.filter(pk=product_id).first() if group or link.kind == LinkKind.PRODUCT else None
    owner = Profile.objects.select_related("avatar").get(pk=link.owner_id)
    words: dict[str, Any] = {
        "brand": "Tuanzi" if locale == "en" else _("Tuanzi"),
        "invitation": _("%(name)s invites you to buy together") % {"name": owner.display_name},
        "address": address,
        "is_traditional": locale == "zh-Hant",
        "owner_face": face_of(owner),
        "hints": (_("Press and hold, or scan the code."),),
        **_shop_words(),
    }
    if product:
        words |= _product_words(product, locale=locale)
    if group and product:
        words |= _group_words(group, product=product, now=now)
    return PosterText(**words)


def _shop_words() -> Mapping[str, Any]:
    return {
        "title": _("Buy together, and everybody pays less"),
        "price": "",
        "tag": "",
        "single_price": "",
        "seats_left_label": "",
        "seats_left": "",
        "seats_count": 0,
        "closing": _("A shop for neighbours and friends"),
    }


def _product_words(product: Product, *, locale: Locale) -> Mapping[str, Any]:
    return {
        "title": translate(product.title, locale),
        "price": plain_yuan(product.price_minor),
        "picture": picture_of(product.id),
        "closing": _("Take a look together"),
    }


def _group_words(group: Group, *, product: Product, now: datetime) -> Mapping[str, Any]:
    # A seat that is only held may come free again: a poster counts those that are paid.
    left = group.size - Seat.objects.filter(group_id=group.id, state__in=SEATED).count()
    is_open = group.state == GroupState.FORMING and now < group.deadline_at
    closing = localtime(group.deadline_at)
    return {
        "price": plain_yuan(min(int(price) for price in group.prices.values())),
        "tag": _("for %(size)s together") % {"size": group.size},
        "single_price": _("alone ¥%(price)s") % {"price": plain_yuan(product.price_minor)},
        "seats_count": group.size,
        "seat_faces": seated_faces(group.id),
        "seats_left_label": _("still missing") if is_open else _("this group"),
        "seats_left": ngettext("%(left)s person", "%(left)s people", left) % {"left": left}
        if is_open
        else _("is over"),
        "closing": _("until %(day)s %(time)s")
        % {"day": date_format(closing, "MONTH_DAY_FORMAT"), "time": f"{closing:%H:%M}"},
        "hints": (
            _("Press and hold, or scan to take a seat. %(size)s people make the group.") % {"size": group.size},
            _("If it does not fill, everybody gets the money back."),
        ),
    }


def plain_yuan(minor: int) -> str:
    """Write an amount as a poster does: 39.9, 58, 12.05."""
    text = f"{minor / 100:.2f}" if minor % 10 else f"{minor / 100:.1f}"
    return text.removesuffix(".0")


def seated_faces(group_id: UUID) -> tuple[Image.Image, ...]:
    """The faces of the first people with a paid seat."""
    buyers = Seat.objects.filter(group_id=group_id, state__in=SEATED).order_by("number").values_list("buyer_id")[:5]
    profiles = {each.pk: each for each in Profile.objects.filter(pk__in=buyers).select_related("avatar")}
    found = [face_of(profiles[buyer_id]) for (buyer_id,) in buyers if buyer_id in profiles]
    return tuple(face for face in found if face is not None)


def face_of(profile: Profile) -> Image.Image | None:
    """The picture of a person, or None when its file is missing."""
    if profile.avatar:
        return read_picture(profile.avatar)
    return read_file(face_file(profile.face))


def picture_of(product_id: UUID) -> Image.Image | None:
    """The first picture of a product."""
    first = ProductPicture.objects.filter(product_id=product_id).select_related("picture").order_by("position").first()
    return read_picture(first.picture) if first else None


def read_picture(picture: Picture) -> Image.Image | None:
    """The largest rendition of a picture."""
    return read_file(file_name(picture.sha256, picture.widths[-1], "webp"))


def read_file(name: str) -> Image.Image | None:
    """Read one of our own files; a missing one leaves a gap and is no failure."""
    try:
        with default_storage.open(name) as file:
            picture = Image.open(io.BytesIO(file.read()), formats=("WEBP", "PNG", "JPEG"))
            picture.load()
            return picture
    except FileNotFoundError:
        return None
