"""Where the photos and the 3-D renders come from: two pinned packages of the front end, checked before use."""

import hashlib
from pathlib import Path

from backend.config.demo.composing import Kitchen

PHOTOS = Path("@vendure/create/assets/images")
RENDERS = Path("@lobehub/fluent-emoji-3d/assets")
KNOWN = {
    PHOTOS: "8e247af411d1c52543e7897ab1e7e1bdeeb6d2a790fa48285d42fd7261b30634",
    RENDERS: "6f9289f45690fb5cc41d39034ff82182e93b9ada70b7e22be0a9cee3764cbea6",
}


class PicturesMissing(Exception):
    """The packages are not there, or hold other files than those we know."""


def open_kitchen(modules: Path) -> Kitchen:
    """Check both packages and give the maker of pictures.

    Raises: PicturesMissing.
    """
    for folder, known in KNOWN.items():
        place = modules / folder
        if not place.is_dir():
            raise PicturesMissing(f"{place} is not there. Run `npm ci` in the folder frontend, then try again.")
        if sum_of(place) != known:
            raise PicturesMissing(f"{place} holds other files than expected. Remove it, run `npm ci`, then try again.")
    return Kitchen(photos=modules / PHOTOS, renders=modules / RENDERS)


def sum_of(folder: Path) -> str:
    """One sum over the names and the contents of all files of a folder."""
    whole = hashlib.sha256()
    for file in sorted(path for path in folder.iterdir() if path.is_file()):
        whole.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()
