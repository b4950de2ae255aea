"""Small real files for the demo: a test report as a PDF of one page, and a stool as a 3-D model."""

import json
import struct
from collections.abc import Sequence

Corner = tuple[float, float, float]
# The six sides of a box: the outward direction, and the corners counter-clockwise as seen from outside.
SIDES = (
    ((0, 0, 1), ((0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1))),
    ((0, 0, -1), ((1, 0, 0), (0, 0, 0), (0, 1, 0), (1, 1, 0))),
    ((1, 0, 0), ((1, 0, 1), (1, 0, 0), (1, 1, 0), (1, 1, 1))),
    ((-1, 0, 0), ((0, 0, 0), (0, 0, 1), (0, 1, 1), (0, 1, 0))),
    ((0, 1, 0), ((0, 1, 1), (1, 1, 1), (1, 1, 0), (0, 1, 0))),
    ((0, -1, 0), ((0, 0, 0), (1, 0, 0), (1, 0, 1), (0, 0, 1))),
)
# A seat on four legs and two rungs, in metres: the low corner and the size of each beam.
STOOL = (
    ((-0.17, 0.42, -0.17), (0.34, 0.03, 0.34)),
    ((-0.15, 0.0, -0.15), (0.04, 0.42, 0.04)),
    ((0.11, 0.0, -0.15), (0.04, 0.42, 0.04)),
    ((-0.15, 0.0, 0.11), (0.04, 0.42, 0.04)),
    ((0.11, 0.0, 0.11), (0.04, 0.42, 0.04)),
    ((-0.15, 0.12, -0.01), (0.3, 0.02, 0.02)),
)
RESOURCES = "/Resources << /Font << /F1 5 0 R >> >>"
BEECH = (0.80, 0.60, 0.40, 1.0)


def test_report(*, lines: Sequence[str]) -> bytes:
    """A PDF of one page with these lines; the first is the headline."""
    words = "".join(
        f"BT /F1 {20 if place == 0 else 11} Tf 56 {770 - place * 24} Td ({_escaped(line)}) Tj ET\n"
        for place, line in enumerate(lines)
    )
    stream = f"0.79 0.23 0.09 rg 56 800 483 4 re f 0 g\n{words}"
    return _document(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R {RESOURCES} >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
    )


def stool_model() -> bytes:
    """A beech stool as a binary glTF file."""
    places: list[Corner] = []
    outwards: list[Corner] = []
    order: list[int] = []
    for low, size in STOOL:
        for outward, corners in SIDES:
            first = len(places)
            for corner in corners:
                places.append(
                    (low[0] + corner[0] * size[0], low[1] + corner[1] * size[1], low[2] + corner[2] * size[2])
                )
                outwards.append(outward)
            order += [first, first + 1, first + 2, first, first + 2, first + 3]
    return _packed(places, outwards, order)


def _packed(places: Sequence[Corner], outwards: Sequence[Corner], order: Sequence[int]) -> bytes:
    parts = [
        struct.pack(f"<{len(order)}H", *order),
        b"".join(struct.pack("<3f", *each) for each in places),
        b"".join(struct.pack("<3f", *each) for each in outwards),
    ]
    views, start = [], 0
    for place, part in enumerate(parts):
        views.append(
            {"buffer": 0, "byteOffset": start, "byteLength": len(part), "target": 34963 if place == 0 else 34962}
        )
        start += len(part)
    low = [min(each[axis] for each in places) for axis in range(3)]
    high = [max(each[axis] for each in places) for axis in range(3)]
    scene = {
        "asset": {"version": "2.0"},
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 1, "NORMAL": 2}, "indices": 0, "material": 0}]}],
        "materials": [
            {"pbrMetallicRoughness": {"baseColorFactor": BEECH, "metallicFactor": 0.0, "roughnessFactor": 0.7}}
        ],
        "accessors": [
            {"bufferView": 0, "componentType": 5123, "count": len(order), "type": "SCALAR"},
            {"bufferView": 1, "componentType": 5126, "count": len(places), "type": "VEC3", "min": low, "max": high},
            {"bufferView": 2, "componentType": 5126, "count": len(places), "type": "VEC3"},
        ],
        "bufferViews": views,
        "buffers": [{"byteLength": start}],
    }
    words = json.dumps(scene, separators=(",", ":")).encode()
    words += b" " * (-len(words) % 4)
    body = b"".join(parts)
    body += b"\x00" * (-len(body) % 4)
    whole = 12 + 8 + len(words) + 8 + len(body)
    head = struct.pack("<4sII", b"glTF", 2, whole)
    return head + struct.pack("<I4s", len(words), b"JSON") + words + struct.pack("<I4s", len(body), b"BIN\x00") + body


def _document(objects: Sequence[str]) -> bytes:
    """Number the objects and say where each begins, as readers of PDF want it."""
    whole, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(whole))
        whole += f"{number} 0 obj\n{each}\nendobj\n".encode("latin-1")
    start = len(whole)
    lines = "".join(f"{place:010d} 00000 n \n" for place in places)
    whole += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{lines}".encode()
    return whole + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
