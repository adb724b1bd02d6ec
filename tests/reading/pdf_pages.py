"""PDF files written for tests: words and lines at exact places, no fonts needed on the machine.

Coordinates are points from the upper left corner of the page, as in ``gongkai.figures.Place``. The font is one of
those every PDF reader knows by name: Chinese characters are one em wide, ASCII half an em. Where the
machine has no Chinese font pdfium leaves out Chinese text of a single character: write two or more.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

HEIGHT = 842.0
WIDTH = 595.0

FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
    b"/DW 1000/W[1 95 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4"
    b"/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 80>>>>]>>"
)
PIXEL = (
    b"<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>"
    b"stream\n\x80\nendstream"
)


@dataclass
class Sheet:
    """One page. ``attributes`` go into its dictionary (``/Rotate 90``, ``/CropBox[…]``)."""

    attributes: str = f"/MediaBox[0 0 {WIDTH} {HEIGHT}]"
    operators: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, words: str, size: float = 10) -> Sheet:
        """``words`` with the upper left corner of their box at (x, y)."""
        code = words.encode("utf-16-be").hex()
        self.operators.append(f"BT /F {size} Tf {x} {_y(y + 0.88 * size)} Td <{code}> Tj ET")
        return self

    def upright(self, x: float, y: float, words: str, size: float = 10) -> Sheet:
        """``words`` turned by a quarter, read from the bottom up; (x, y) is where they begin."""
        code = words.encode("utf-16-be").hex()
        self.operators.append(f"BT /F {size} Tf 0 1 -1 0 {x} {_y(y)} Tm <{code}> Tj ET")
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        """A stroked line."""
        self.operators.append(f"0.5 w {x0} {_y(y0)} m {x1} {_y(y1)} l S")
        return self

    def bar(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        """A line drawn as a filled rectangle half a point thick."""
        across, down = max(x1 - x0, 0.5), max(y1 - y0, 0.5)
        self.operators.append(f"{x0} {_y(y0 + down)} {across} {down} re f")
        return self

    def box(self, x0: float, y0: float, x1: float, y1: float, paint: str = "S") -> Sheet:
        """A rectangle; ``paint`` is the operator that draws it (``S`` stroke, ``f`` fill)."""
        self.operators.append(f"0.5 w {x0} {_y(y1)} {x1 - x0} {y1 - y0} re {paint}")
        return self

    def image(self) -> Sheet:
        """A picture over the whole page, as a scanner makes it."""
        self.operators.append(f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /I Do Q")
        return self

    def table(
        self, x: float, y: float, rows: list[str], *, across: float = 60, down: float = 20, how: str = "line"
    ) -> Sheet:
        """A ruled table, every cell with its own four lines, drawn as ``line``, ``bar`` or ``box``.

        Each row names its cells, apart by spaces: ``>`` goes on with the cell at its left, ``^`` with the one above,
        ``_`` is blank.
        """
        grid = [row.split() for row in rows]
        for i, row in enumerate(grid):
            for j, word in enumerate(row):
                if word in (">", "^"):
                    continue
                right, below = j + 1, i + 1
                while right < len(row) and row[right] == ">":
                    right += 1
                while below < len(grid) and grid[below][j] == "^":
                    below += 1
                edges = (x + j * across, y + i * down, x + right * across, y + below * down)
                self._frame(edges, how)
                if word != "_":
                    self.text(edges[0] + 4, (edges[1] + edges[3]) / 2 - 5, word)
        return self

    def _frame(self, edges: tuple[float, float, float, float], how: str) -> None:
        x0, y0, x1, y1 = edges
        if how == "box":
            self.box(x0, y0, x1, y1)
            return
        draw = self.line if how == "line" else self.bar
        draw(x0, y0, x1, y0)
        draw(x0, y1, x1, y1)
        draw(x0, y0, x0, y1)
        draw(x1, y0, x1, y1)


def _y(y: float) -> float:
    return round(HEIGHT - y, 3)


def pdf(*sheets: Sheet, info: str = "", forms: dict[str, bytes] | None = None, packed: bool = False) -> bytes:
    """The file. ``info`` is the inside of its information dictionary; ``forms`` are form XObjects by name, which every
    page and form can draw; ``packed`` deflates the pages."""
    names = "".join(f"/{name} {5 + k} 0 R" for k, name in enumerate(forms or {}))
    resources = f"/Resources<</Font<</F 3 0 R>>/XObject<</I 4 0 R{names}>>>>".encode()
    bodies = [b"", b"", FONT, PIXEL]
    for content in (forms or {}).values():
        head = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]" + resources
        bodies.append(_stream(content, head, packed))
    kids = []
    for sheet in sheets:
        bodies.append(_stream("\n".join(sheet.operators).encode(), b"", packed))
        page = f"<</Type/Page/Parent 2 0 R{sheet.attributes}/Contents {len(bodies)} 0 R".encode()
        bodies.append(page + resources + b">>")
        kids.append(f"{len(bodies)} 0 R")
    bodies[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    bodies[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    bodies.append(f"<<{info}>>".encode("latin-1"))
    return _file(bodies)


def _stream(content: bytes, head: bytes, packed: bool) -> bytes:
    data = zlib.compress(content) if packed else content
    filtered = b"/Filter/FlateDecode" if packed else b""
    return b"<<%s%s/Length %d>>stream\n%s\nendstream" % (head, filtered, len(data), data)


def _file(bodies: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer<</Size %d/Root 1 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(bodies) + 1, len(bodies), start)
    return bytes(out)
