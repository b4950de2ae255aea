"""Small drawing tools: fonts, round pictures, soft shadows, wrapped text, the mascot."""

from functools import cache
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFilter, ImageFont, ImageOps

SMOOTH = 4
Box = tuple[int, int, int, int]
Points = list[tuple[float, float]]


@cache
def font(size: int, *, bold: bool = False, traditional: bool = False) -> ImageFont.FreeTypeFont:
    """The shop's typeface with all Chinese letters, from the front end's pinned font package."""
    family, name = ("noto-sans-tc", "NotoSansTC") if traditional else ("noto-sans-sc", "NotoSansSC")
    weight = "600SemiBold" if bold else "400Regular"
    folder = Path(settings.FRONTEND_MODULES) / "@expo-google-fonts" / family / weight
    return ImageFont.truetype(str(folder / f"{name}_{weight}.ttf"), size)


def round_mask(size: tuple[int, int], radius: int) -> Image.Image:
    """A mask with smooth round corners."""
    large = Image.new("L", (size[0] * SMOOTH, size[1] * SMOOTH), 0)
    ImageDraw.Draw(large).rounded_rectangle((0, 0, large.width - 1, large.height - 1), radius * SMOOTH, fill=255)
    return large.resize(size, Image.Resampling.LANCZOS)


def panel(sheet: Image.Image, box: Box, *, radius: int, fill: str, shadow: int = 0) -> None:
    """A filled shape with round corners, on a soft shadow if asked for."""
    size = (box[2] - box[0], box[3] - box[1])
    mask = round_mask(size, radius)
    if shadow:
        cloud = Image.new("L", sheet.size, 0)
        cloud.paste(mask, (box[0], box[1] + shadow // 3))
        cloud = cloud.filter(ImageFilter.GaussianBlur(shadow)).point(lambda value: value * 0.16)
        sheet.paste("#60361C", (0, 0), cloud)
    sheet.paste(fill, (box[0], box[1]), mask)


def cover(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Fill a size with a picture, cut at its edges."""
    return ImageOps.fit(picture.convert("RGB"), size, Image.Resampling.LANCZOS)


def face(sheet: Image.Image, picture: Image.Image | None, centre: tuple[int, int], diameter: int, *, ring: str) -> None:
    """A round face with a ring around it."""
    left, top = centre[0] - diameter // 2, centre[1] - diameter // 2
    panel(sheet, (left - 5, top - 5, left + diameter + 5, top + diameter + 5), radius=diameter, fill=ring)
    panel(sheet, (left - 2, top - 2, left + diameter + 2, top + diameter + 2), radius=diameter, fill="#FFFFFF")
    if picture is None:
        panel(sheet, (left, top, left + diameter, top + diameter), radius=diameter, fill="#DDF1E4")
        return
    ground = Image.new("RGB", picture.size, "#FFE6D8")
    ground.paste(picture, (0, 0), picture if picture.mode == "RGBA" else None)
    sheet.paste(cover(ground, (diameter, diameter)), (left, top), round_mask((diameter, diameter), diameter))


def brand(sheet: Image.Image, name: str, *, corner: tuple[int, int], traditional: bool, fill: str = "#FFFDFB") -> None:
    """The mascot and the shop's name on a pill."""
    left, top = corner
    typeface = font(30, bold=True, traditional=traditional)
    width = round(typeface.getlength(name))
    panel(sheet, (left, top, left + 76 + width + 26, top + 66), radius=33, fill=fill, shadow=10)
    picture = mascot(50)
    sheet.paste(picture, (left + 14, top + 6), picture)
    ImageDraw.Draw(sheet).text((left + 74, top + 33), name, font=typeface, fill="#1E1916", anchor="lm")


def free_seat(sheet: Image.Image, centre: tuple[int, int], diameter: int) -> None:
    """An empty seat: a dashed circle with a plus."""
    large = Image.new("L", (diameter * SMOOTH, diameter * SMOOTH), 0)
    draw = ImageDraw.Draw(large)
    edge = large.width - 1
    for start in range(0, 360, 20):
        draw.arc((0, 0, edge, edge), start, start + 12, fill=255, width=3 * SMOOTH)
    middle, arm, width = edge // 2, diameter * SMOOTH // 7, 3 * SMOOTH
    draw.line((middle - arm, middle, middle + arm, middle), fill=255, width=width)
    draw.line((middle, middle - arm, middle, middle + arm), fill=255, width=width)
    mask = large.resize((diameter, diameter), Image.Resampling.LANCZOS)
    corner = (centre[0] - diameter // 2, centre[1] - diameter // 2)
    ground = round_mask((diameter, diameter), diameter)
    sheet.paste("#FFF2EC", corner, ground)
    sheet.paste("#EE5A32", corner, mask)


def wrap(text: str, *, face_: ImageFont.FreeTypeFont, width: int, most: int) -> list[str]:
    """Break a text into lines; words and phrases stay whole, and what does not fit ends with an ellipsis."""
    lines, line = [], ""
    for piece in _pieces(text):
        if face_.getlength(line + piece) <= width or not line:
            line += piece
            continue
        kept, space, rest = line.rpartition(" ")
        at_phrase = bool(space) and len(kept) > len(rest)
        lines.append((kept if at_phrase else line).strip())
        line = rest + piece if at_phrase else piece.lstrip()
    lines.append(line.strip())
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while face_.getlength(last + "…") > width:
        last = last[:-1]
    return [*lines[: most - 1], last + "…"]


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for letter in text:
        joins = pieces and letter.isascii() and letter != " " and pieces[-1][-1].isascii() and pieces[-1][-1] != " "
        if joins:
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def mascot(size: int) -> Image.Image:
    """The dumpling with its leaf, as the front end's mascot is drawn, on a square of 120 units."""
    unit = size * SMOOTH / 120
    sheet = Image.new("RGBA", (size * SMOOTH, size * SMOOTH), (0, 0, 0, 0))
    draw = ImageDraw.Draw(sheet)

    def at(points: Points) -> Points:
        return [(x * unit, y * unit) for x, y in points]

    def disc(x: float, y: float, across: float, down: float, colour: str) -> None:
        draw.ellipse(at([(x - across, y - down), (x + across, y + down)]), fill=colour)

    body = curve([(60, 34), (88, 34), (108, 52), (108, 77)]) + curve([(108, 77), (108, 99), (88, 109), (60, 109)])
    body += curve([(60, 109), (32, 109), (12, 99), (12, 77)]) + curve([(12, 77), (12, 52), (32, 34), (60, 34)])
    draw.polygon(at(body), fill="#FFF3E8", outline="#EDB896", width=round(2 * unit))
    leaf = curve([(59, 38), (55, 22), (42, 15), (29, 19)]) + curve([(29, 19), (32, 33), (45, 41), (59, 38)])
    draw.polygon(at(leaf), fill="#2C7A4B")
    leaf = curve([(60, 38), (61, 20), (75, 8), (95, 11)]) + curve([(95, 11), (93, 29), (78, 40), (60, 38)])
    draw.polygon(at(leaf), fill="#5DB377")
    for x in (33, 87):
        disc(x, 83, 7.5, 5, "#FFC2A8")
    for x in (44, 76):
        disc(x, 73, 4.2, 4.2, "#3A231A")
        disc(x + 1.5, 71.5, 1.4, 1.4, "#FFFFFF")
    draw.line(at(curve([(54, 80), (56, 84.5), (64, 84.5), (66, 80)])), fill="#3A231A", width=round(3 * unit))
    return sheet.resize((size, size), Image.Resampling.LANCZOS)


def curve(controls: Points, steps: int = 24) -> Points:
    """Points along a cubic Bézier curve."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = controls
    points = []
    for step in range(steps + 1):
        t = step / steps
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3
        points.append((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))
    return points
