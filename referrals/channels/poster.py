"""The poster of a channel for stands, shops and doors: the shop's name, a headline, and a large QR code."""

import io
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from PIL import Image, ImageDraw

from backend.catalogue.models import Product
from backend.core.languages import Locale, translate
from referrals.channels.models import Channel, TargetKind
from referrals.invites.poster import canvas
from referrals.invites.poster.codes import INK, code_picture
from referrals.invites.poster.composing import picture_of

# A sheet of A5 with 210 dots to the inch.
WIDTH, HEIGHT = 1240, 1748
PICTURE_HEIGHT = 640
PAPER, INK_SOFT, PEACH = "#FFFAF5", "#675D56", "#FFE6D8"
CODE_MOST = 620


@dataclass(frozen=True)
class ChannelPoster:
    """The words and the picture of one poster, already in the reader's language."""

    brand: str
    headline: str
    hint: str
    address: str
    is_traditional: bool = False
    picture: Image.Image | None = field(default=None, compare=False)


def compose_poster(channel: Channel, *, address: str, locale: Locale) -> ChannelPoster:
    """Say what a channel's poster says; call it with the reader's language active."""
    product = Product.objects.filter(slug=channel.target_slug).first() if channel.target == TargetKind.PRODUCT else None
    title = translate(product.title, locale) if product else _("Buy together, and everybody pays less")
    return ChannelPoster(
        brand="Tuanzi" if locale == "en" else _("Tuanzi"),
        headline=channel.headline or title,
        hint=_("Scan the code to have a look"),
        address=address,
        is_traditional=locale == "zh-Hant",
        picture=picture_of(product.pk) if product else None,
    )


def draw_channel_poster(text: ChannelPoster) -> bytes:
    """Draw a poster and give it as PNG, with its size on paper."""
    sheet = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    _picture(sheet, text)
    canvas.brand(sheet, text.brand, corner=(56, 56), traditional=text.is_traditional)
    below = _headline(sheet, text)
    _code(sheet, text, top=below)
    out = io.BytesIO()
    sheet.save(out, "PNG", optimize=True, dpi=(210, 210))
    return out.getvalue()


def _picture(sheet: Image.Image, text: ChannelPoster) -> None:
    if text.picture is not None:
        sheet.paste(canvas.cover(text.picture, (WIDTH, PICTURE_HEIGHT)), (0, 0))
        return
    sheet.paste(PEACH, (0, 0, WIDTH, PICTURE_HEIGHT))
    mascot = canvas.mascot(420)
    sheet.paste(mascot, ((WIDTH - mascot.width) // 2, PICTURE_HEIGHT - mascot.height - 50), mascot)


def _headline(sheet: Image.Image, text: ChannelPoster) -> int:
    typeface = canvas.font(72, bold=True, traditional=text.is_traditional)
    top = PICTURE_HEIGHT + 104
    draw = ImageDraw.Draw(sheet)
    for line in canvas.wrap(text.headline, face_=typeface, width=WIDTH - 160, most=2):
        draw.text((WIDTH // 2, top), line, font=typeface, fill=INK, anchor="mm")
        top += 96
    return top


def _code(sheet: Image.Image, text: ChannelPoster, *, top: int) -> None:
    picture = code_picture(text.address, most=min(CODE_MOST, HEIGHT - top - 220))
    side, edge = picture.width, 36
    left = (WIDTH - side) // 2
    top += (HEIGHT - 150 - top - side) // 2 - 10
    frame = (left - edge, top - edge, left + side + edge, top + side + edge)
    canvas.panel(sheet, frame, radius=36, fill="#FFFFFF", shadow=24)
    sheet.paste(picture, (left, top))
    draw = ImageDraw.Draw(sheet)
    hint = canvas.font(40, bold=True, traditional=text.is_traditional)
    small = canvas.font(30)
    draw.text((WIDTH // 2, HEIGHT - 112), text.hint, font=hint, fill=INK, anchor="mm")
    draw.text((WIDTH // 2, HEIGHT - 60), text.address.partition("://")[2], font=small, fill=INK_SOFT, anchor="mm")
