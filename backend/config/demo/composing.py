"""Pictures of goods, people and shelves, composed from photos and 3-D renders on soft grounds.

A picture is named by a short recipe: `"🍓3 rose"` is three strawberries on the rose tile, `"☕+🫘 peach"` a cup
with beans beside it, `"@cactus:tall"` a photo cut upright. The same recipe gives the same bytes.
"""

import functools
import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageOps

SIDE = 640
PHOTO_WIDTH = 720
OVERSAMPLING = 4
TILES = {
    "peach": "#FFE6D8",
    "mint": "#DDF1E4",
    "sky": "#E1EDFB",
    "butter": "#FFF0C7",
    "lilac": "#ECE5FA",
    "rose": "#FDE2E8",
    "sand": "#F2E7DA",
}
SHADOW = (96, 54, 28)
# Where each render stands: centre and width as shares of the picture, and how far it is turned.
Place = tuple[float, float, float, float]
ONE: tuple[Place, ...] = ((0.5, 0.51, 0.60, 0.0),)
THREE: tuple[Place, ...] = ((0.5, 0.36, 0.38, 0.0), (0.335, 0.62, 0.38, 8.0), (0.665, 0.63, 0.38, -8.0))
PAIR: tuple[Place, ...] = ((0.44, 0.50, 0.52, 0.0), (0.72, 0.69, 0.27, -8.0))
# How much of a photo is kept: width to height, share of the longest possible cut, and its centre.
CUTS: dict[str, tuple[float, float, float, float]] = {
    "square": (1.0, 1.0, 0.5, 0.5),
    "tall": (0.8, 1.0, 0.5, 0.5),
    "wide": (1.25, 1.0, 0.5, 0.5),
    "zoom": (1.0, 0.62, 0.5, 0.55),
    "top": (1.0, 0.8, 0.5, 0.2),
}
PHOTOS = {
    "aloe": ("silvia-agrasar-227575", 0.62, 0.5),
    "armchair": ("kari-shea-398668", 0.5, 0.55),
    "basket": ("tommy-bebo-600358", 0.5, 0.66),
    "bedside": ("benjamin-voros-310026", 0.6, 0.55),
    "bike": ("mikkel-bech-748940", 0.5, 0.5),
    "bonsai": ("mark-tegethoff-667351", 0.5, 0.5),
    "cable": ("adam-birkett-239153", 0.5, 0.5),
    "cactus": ("charles-deluvio-695736", 0.5, 0.62),
    "cactustall": ("caleb-george-536388", 0.5, 0.55),
    "chairyellow": ("jean-philippe-delberghe-1400011", 0.42, 0.68),
    "ethernet": ("thomas-q-1229169", 0.6, 0.5),
    "hanging": ("alex-rodriguez-santibanez-200278", 0.5, 0.5),
    "keys": ("juan-gomez-674574", 0.5, 0.5),
    "lamp": ("pierre-chatel-innocenti-483198", 0.3, 0.5),
    "lens": ("brandi-redd-104140", 0.38, 0.45),
    "mouse": ("oscar-ivan-esquivel-arteaga-687447", 0.5, 0.5),
    "orchid": ("zoltan-kovacs-642412", 0.5, 0.45),
    "rope": ("stoica-ionela-530966", 0.5, 0.5),
    "runner": ("nikolai-chernichenko-1299748", 0.55, 0.5),
    "runnergrey": ("imani-clovis-234736", 0.55, 0.6),
    "skate": ("max-tarkhov-737999", 0.5, 0.5),
    "soil": ("neslihan-gunaydin-3493", 0.5, 0.5),
    "spider": ("abel-y-costa-716024", 0.53, 0.6),
    "stool": ("ruslan-bardash-351288", 0.45, 0.6),
    "succ": ("annie-spratt-78044", 0.5, 0.55),
    "tablet": ("kelly-sikkema-685291", 0.5, 0.5),
    "tennis": ("ben-hershey-574483", 0.4, 0.45),
    "tent": ("michael-guite-571169", 0.65, 0.62),
    "tulip": ("natalia-y-345738", 0.5, 0.5),
}


class Kitchen:
    """Makes pictures from the folders of photos and renders."""

    def __init__(self, *, photos: Path, renders: Path) -> None:
        self.photos = photos
        self.renders = renders

    def picture(self, recipe: str) -> bytes:
        """Make the picture that a recipe names."""
        if recipe.startswith("@"):
            name, _, cut = recipe[1:].partition(":")
            return encoded(self._photo(name, cut or "square"))
        things, _, tile = recipe.partition(" ")
        return encoded(self._scene(things, tile))

    def face(self, render: str, tile: str, *, side: int = 320) -> bytes:
        """Make a person's face: a head that fills a soft tile, cut round by whoever shows it."""
        canvas = _ground(tile, plate=False).resize((side, side), Image.Resampling.LANCZOS)
        self._put(canvas, render, (0.5, 0.56, 0.80, 0.0))
        out = io.BytesIO()
        canvas.save(out, "WEBP", quality=88, method=4)
        return out.getvalue()

    def banner(self, recipe: str, *, width: int = 1280, height: int = 640) -> bytes:
        """Make a wide picture whose left half is calm enough to carry words."""
        things, _, tile = recipe.partition(" ")
        canvas = Image.new("RGB", (width, height), TILES[tile])
        _glow(canvas, centre=(0.76, 0.52), radius=0.30)
        places = ((0.76, 0.50, 0.27, 0.0), (0.60, 0.70, 0.13, -10.0), (0.91, 0.28, 0.11, 12.0))
        for render, place in zip(things.split("+"), places, strict=False):
            self._put(canvas, render, place)
        return encoded(canvas)

    def _photo(self, name: str, cut: str) -> Image.Image:
        stem, x, y = PHOTOS[name]
        ratio, share, centre_x, centre_y = CUTS[cut]
        with Image.open(self.photos / f"{stem}-unsplash.jpg") as opened:
            opened.draft("RGB", (PHOTO_WIDTH, PHOTO_WIDTH))
            photo = ImageOps.exif_transpose(opened).convert("RGB")
        width = min(photo.width, photo.height * ratio) * share
        height = width / ratio
        if cut in ("square", "tall", "wide", "zoom"):
            centre_x, centre_y = x, y
        left = min(max(photo.width * centre_x - width / 2, 0), photo.width - width)
        top = min(max(photo.height * centre_y - height / 2, 0), photo.height - height)
        box = (left, top, left + width, top + height)
        size = (PHOTO_WIDTH, round(PHOTO_WIDTH / ratio))
        return photo.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=2.0)

    def _scene(self, things: str, tile: str) -> Image.Image:
        canvas = _ground(tile, plate=True).copy()
        if things.endswith("3"):
            renders, places = [things[:-1]] * 3, THREE
        else:
            renders = things.split("+")
            places = PAIR if len(renders) > 1 else ONE
        for render, place in zip(renders, places, strict=True):
            self._put(canvas, render, place)
        return canvas

    def _put(self, canvas: Image.Image, render: str, place: Place) -> None:
        """Set a render down with a soft shadow below it."""
        x, y, share, turned = place
        side = round(canvas.width * share)
        thing = self._render(render, side)
        if turned:
            thing = thing.rotate(turned, Image.Resampling.BICUBIC, expand=True)
        left, top = round(canvas.width * x - thing.width / 2), round(canvas.height * y - thing.height / 2)
        shadow = _shadow(thing.getchannel("A"), side)
        canvas.paste(SHADOW, (left - side // 6, top + side // 14 - side // 6), shadow)
        canvas.paste(thing, (left, top), thing)

    def _render(self, render: str, side: int) -> Image.Image:
        with Image.open(self._file_of(render)) as opened:
            thing = opened.convert("RGBA").resize((side, side), Image.Resampling.LANCZOS)
        return thing.filter(ImageFilter.UnsharpMask(radius=max(1, side // 200), percent=60, threshold=2))

    def _file_of(self, render: str) -> Path:
        bare = render.replace("\ufe0f", "")
        for spelling in (render, bare, bare + "\ufe0f"):
            found = self.renders / ("-".join(f"{ord(letter):04x}" for letter in spelling) + ".webp")
            if found.exists():
                return found
        raise FileNotFoundError(f"There is no 3-D picture of {render}.")


def encoded(image: Image.Image) -> bytes:
    """A picture as JPEG, good enough to be made anew from."""
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=92, subsampling=0)
    return out.getvalue()


def _shadow(alpha: Image.Image, side: int) -> Image.Image:
    """The outline of a thing, blurred and faint, with room for the blur. Blurred small, because nobody sees it."""
    margin = side // 6
    wide = Image.new("L", (alpha.width + 2 * margin, alpha.height + 2 * margin))
    wide.paste(alpha, (margin, margin))
    small = wide.resize((max(1, wide.width // 8), max(1, wide.height // 8)), Image.Resampling.BOX)
    soft = small.filter(ImageFilter.GaussianBlur(max(1.0, side / 160)))
    return soft.resize(wide.size, Image.Resampling.BICUBIC).point(lambda value: round(value * 0.20))


@functools.cache
def _ground(tile: str, *, plate: bool) -> Image.Image:
    """A tile with light from above and, for goods, a round plate; drawn four times as large for a smooth edge."""
    side = SIDE * OVERSAMPLING
    canvas = Image.new("RGB", (side, side), TILES[tile])
    _glow(canvas, centre=(0.5, 0.32), radius=0.55)
    if plate:
        layer = Image.new("L", (side, side))
        ImageDraw.Draw(layer).ellipse((side * 0.12, side * 0.14, side * 0.88, side * 0.90), fill=110)
        canvas.paste((255, 255, 255), (0, 0), layer)
    return canvas.resize((SIDE, SIDE), Image.Resampling.LANCZOS)


def _glow(canvas: Image.Image, *, centre: tuple[float, float], radius: float) -> None:
    """Lighten a round place with a soft edge."""
    width, height = canvas.size
    small = Image.new("L", (width // 16, height // 16))
    x, y, reach = small.width * centre[0], small.height * centre[1], small.width * radius * 0.7
    ImageDraw.Draw(small).ellipse((x - reach, y - reach, x + reach, y + reach), fill=150)
    soft = small.filter(ImageFilter.GaussianBlur(small.width * 0.08)).resize(canvas.size, Image.Resampling.BICUBIC)
    canvas.paste((255, 255, 255), (0, 0), soft)
