"""Makes the samples that are no plain text (DOCX, PDF, XLSX) from ``sources/``: ``python samples/make.py``.

Run it after a change to a source. The same source gives the same bytes, but for the PDF, whose fonts are the machine's.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from gongkai import reading
from gongkai.rendering import render
from gongkai.rendering.package import packed

HERE = Path(__file__).parent
SAMPLES = {
    "2023/water-bureau.pdf": "water-bureau-2023.md",
    "2024/township-numbered.docx": "township-2024.md",
    "2024/education-bureau.xlsx": "education-bureau-2024.md",
}
# Numbers as Word gives them by itself: they stand in word/numbering.xml, not in the text.
_FORMAT = "chineseCountingThousand"
_LEVELS = {"Heading1": (81, "%1、", r"[一二三四五六]、"), "Heading2": (82, "（%1）", r"（[一二三四五]）")}


def numbered(docx: bytes) -> bytes:
    """``docx`` with its typed heading numbers turned into automatic ones, as most offices' templates have them."""
    with ZipFile(BytesIO(docx)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    document, numbering = parts["word/document.xml"].decode(), parts["word/numbering.xml"].decode()
    abstract = uses = ""
    for style, (number, text, typed) in _LEVELS.items():
        heading = rf'(<w:pStyle w:val="{style}"/>)(.*?<w:t xml:space="preserve">){typed}'
        automatic = rf'\1<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>\2'
        document, count = re.subn(heading, automatic, document)
        assert count >= 5, f"{style}: only {count} numbered headings found"
        level = f'<w:start w:val="1"/><w:numFmt w:val="{_FORMAT}"/><w:suff w:val="nothing"/><w:lvlText w:val="{text}"/>'
        abstract += f'<w:abstractNum w:abstractNumId="{number}"><w:lvl w:ilvl="0">{level}</w:lvl></w:abstractNum>'
        uses += f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
    # The schema wants every abstractNum before the first num.
    numbering = re.sub(r"(?=<w:num [^>]*>)", lambda _: abstract, numbering, count=1)
    parts["word/document.xml"] = document.encode()
    parts["word/numbering.xml"] = numbering.replace("</w:numbering>", f"{uses}</w:numbering>").encode()
    return packed(parts)


def make(name: str) -> bytes:
    """The bytes of the sample called ``name``."""
    kind = name.rpartition(".")[2]
    data = render(reading.open(HERE / "sources" / SAMPLES[name]), kind)
    return numbered(data) if kind == "docx" else data


if __name__ == "__main__":
    for sample in SAMPLES:
        (HERE / sample).write_bytes(make(sample))
