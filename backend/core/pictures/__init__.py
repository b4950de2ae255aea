"""Pictures that people send: checked before they are decoded, made anew, stored in a few widths."""

from backend.core.pictures.errors import PictureRefused
from backend.core.pictures.models import Picture
from backend.core.pictures.storing import picture_urls, store_picture, take_picture

__all__ = ["Picture", "PictureRefused", "picture_urls", "store_picture", "take_picture"]
