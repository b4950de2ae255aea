"""One poster of 750 by 1200: picture above, seats on the fold, words and QR code below."""

import io

from PIL import Image, ImageDraw

from referrals.invites.poster import canvas
from referrals.invites.poster.codes import INK, code_picture
from referrals.invites.poster.wording import PosterText

WIDTH, HEIGHT = 750, 1200
PICTURE_HEIGHT = 604
MARGIN = 40
PAPER, INK_SOFT, PERSIMMON, RING = "#FFFAF5", "#675D56", "#C93A17", "#EE5A32"
MOST_SEATS_SHOWN = 5


def draw_poster(text: PosterText) -> bytes:
    """Draw a poster and give it as PNG."""
    sheet = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    _picture(sheet, text)
    canvas.brand(sheet, text.brand, corner=(30, 28), traditional=text.is_traditional)
    _seats(sheet, text)
    below = _title(sheet, text)
    _price(sheet, text, top=below + 14)
    _invitation(sheet, text)
    _code(sheet, text)
    out = io.BytesIO()
    sheet.save(out, "PNG", optimize=True)
    return out.getvalue()


def _picture(sheet: Image.Image, text: PosterText) -> None:
    ground = text.picture or Image.new("RGB", (WIDTH, PICTURE_HEIGHT), "#FFE6D8")
    sheet.paste(canvas.cover(ground, (WIDTH, PICTURE_HEIGHT)), (0, 0))
    if text.picture is None and text.owner_face is not None:
        canvas.face(sheet, text.owner_face, (WIDTH // 2, PICTURE_HEIGHT // 2 + 20), 300, ring=RING)


def _seats(sheet: Image.Image, text: PosterText) -> None:
    if not text.seats_count:
        return
    top, bottom = PICTURE_HEIGHT - 68, PICTURE_HEIGHT + 68
    canvas.panel(sheet, (34, top, WIDTH - 34, bottom), radius=68, fill="#FFFFFF", shadow=18)
    shown = min(text.seats_count, MOST_SEATS_SHOWN)
    for seat in range(shown):
        centre = (100 + seat * 98, PICTURE_HEIGHT)
        if seat < len(text.seat_faces):
            canvas.face(sheet, text.seat_faces[seat], centre, 80, ring=RING)
        else:
            canvas.free_seat(sheet, centre, 88)
    draw = ImageDraw.Draw(sheet)
    small = canvas.font(24, traditional=text.is_traditional)
    large = canvas.font(36, bold=True, traditional=text.is_traditional)
    draw.text((WIDTH - 118, PICTURE_HEIGHT - 24), text.seats_left_label, font=small, fill=INK, anchor="mm")
    draw.text((WIDTH - 118, PICTURE_HEIGHT + 20), text.seats_left, font=large, fill=PERSIMMON, anchor="mm")


def _title(sheet: Image.Image, text: PosterText) -> int:
    face = canvas.font(38, bold=True, traditional=text.is_traditional)
    top = PICTURE_HEIGHT + (96 if text.seats_count else 40)
    for line in canvas.wrap(text.title, face_=face, width=WIDTH - 2 * MARGIN, most=2):
        ImageDraw.Draw(sheet).text((MARGIN, top), line, font=face, fill=INK)
        top += 54
    return top


def _price(sheet: Image.Image, text: PosterText, *, top: int) -> None:
    draw = ImageDraw.Draw(sheet)
    base = top + 56
    yuan, _, fen = text.price.partition(".")
    left = float(MARGIN)
    for part, size in (("¥", 34), (yuan, 60), (f".{fen}" if fen else "", 38)):
        face = canvas.font(size, bold=True)
        draw.text((left, base), part, font=face, fill=PERSIMMON, anchor="ls")
        left += face.getlength(part)
    small = canvas.font(26, traditional=text.is_traditional)
    left += 16
    if text.tag:
        width = small.getlength(text.tag)
        canvas.panel(sheet, (round(left), base - 36, round(left + width + 24), base + 6), radius=10, fill="#FFF2EC")
        draw.text((left + 12, base - 15), text.tag, font=small, fill=PERSIMMON, anchor="lm")
        left += width + 40
    draw.text((left, base - 15), text.single_price, font=small, fill=INK_SOFT, anchor="lm")


def _invitation(sheet: Image.Image, text: PosterText) -> None:
    draw = ImageDraw.Draw(sheet)
    canvas.face(sheet, text.owner_face, (MARGIN + 38, 1020), 70, ring="#DDF1E4")
    bold = canvas.font(28, bold=True, traditional=text.is_traditional)
    small = canvas.font(24, traditional=text.is_traditional)
    for line in canvas.wrap(text.invitation, face_=bold, width=WIDTH - 350 - 2 * MARGIN, most=1):
        draw.text((MARGIN + 96, 1004), line, font=bold, fill=INK, anchor="lm")
    draw.text((MARGIN + 96, 1042), text.closing, font=small, fill=INK_SOFT, anchor="lm")
    top = 1082
    for hint in text.hints:
        for line in canvas.wrap(hint, face_=small, width=WIDTH - 270 - 2 * MARGIN, most=2):
            draw.text((MARGIN, top), line, font=small, fill=INK_SOFT)
            top += 36


def _code(sheet: Image.Image, text: PosterText) -> None:
    picture = code_picture(text.address, most=190)
    side = picture.width
    left, top = WIDTH - MARGIN - side - 12, HEIGHT - 46 - side
    canvas.panel(sheet, (left - 14, top - 14, left + side + 14, top + side + 14), radius=16, fill="#FFFFFF", shadow=8)
    sheet.paste(picture, (left, top))
