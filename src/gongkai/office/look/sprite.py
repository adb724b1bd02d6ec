"""One SVG file of the icons in use: a page names them by ``<use href="sprite.svg#name">`` and loads the file once."""

from __future__ import annotations

import re
from pathlib import Path

_SVG = re.compile(r"<svg\b[^>]*>(.*)</svg>", re.S)
_FRAME = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>')


def sprite(names: list[str], outlines: Path) -> str:
    """The symbols of ``names``, read from ``outlines/<name>.svg`` (24 × 24 outlines, drawn in the colour of the text).

    Raises ``FileNotFoundError`` for an icon that the set does not have, ``ValueError`` for a file that is no such SVG.
    """
    symbols = [_symbol(name, outlines / f"{name}.svg") for name in names]
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def _symbol(name: str, path: Path) -> str:
    match = _SVG.search(path.read_text(encoding="utf-8"))
    if match is None:
        raise ValueError(f"{path.name}: not an SVG")
    lines = " ".join(_FRAME.sub("", match[1]).split())
    return (
        f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"'
        f' stroke-linecap="round" stroke-linejoin="round">{lines}</symbol>'
    )
