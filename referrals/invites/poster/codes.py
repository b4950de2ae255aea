"""QR codes: a picture for a page, and one with the mascot in its middle for a poster."""

import io

import segno
from PIL import Image

from referrals.invites.poster import canvas

INK = "#1E1916"


def code_svg(address: str) -> bytes:
    """The QR code of an address as SVG, of any size."""
    stream = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        stream, kind="svg", border=1, xmldecl=False, dark=INK, light="#fff", omitsize=True
    )
    return stream.getvalue()


def code_picture(address: str, *, most: int) -> Image.Image:
    """A code of at most so many pixels, with a quarter of its squares to spare, so that the mascot does no harm."""
    code = segno.make(address, error="q", micro=False)
    stream = io.BytesIO()
    code.save(stream, kind="png", scale=most // code.symbol_size(border=0)[0], border=0, dark=INK, light="#FFFFFF")
    stream.seek(0)
    picture = Image.open(stream).convert("RGB")
    side, badge = picture.width, picture.width // 5
    corner = (side - badge) // 2
    canvas.panel(picture, (corner, corner, corner + badge, corner + badge), radius=8, fill="#FFFFFF")
    mascot = canvas.mascot(badge - 4)
    place = (side - mascot.width) // 2
    picture.paste(mascot, (place, place), mascot)
    return picture
