"""The picture that people pass on: product, price, seats left, closing time and a QR code, drawn with Pillow."""

from referrals.invites.poster.drawing import draw_poster
from referrals.invites.poster.wording import PosterText

__all__ = ["PosterText", "draw_poster"]
