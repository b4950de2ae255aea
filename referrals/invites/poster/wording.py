"""What a poster says."""

from dataclasses import dataclass, field

from PIL import Image


@dataclass(frozen=True)
class PosterText:
    """The words and pictures of one poster, already in the reader's language."""

    brand: str
    title: str
    price: str
    tag: str
    single_price: str
    seats_left_label: str
    seats_left: str
    seats_count: int
    invitation: str
    closing: str
    hints: tuple[str, ...]
    address: str
    is_traditional: bool = False
    picture: Image.Image | None = field(default=None, compare=False)
    owner_face: Image.Image | None = field(default=None, compare=False)
    seat_faces: tuple[Image.Image, ...] = field(default=(), compare=False)
